// How My voice looks: every choice at once, remembered for the child, readable in every
// palette, and done by keyboard alone; sorting cards; reading aloud, with its marks.
import { found, unreadable } from "../axe.js";
import { speaking, withVoice } from "../pages-list.js";
import { PEOPLE, cut, device, expect, handOver, live, open, readyForOffline, signIn, status, test } from "../pep.js";

const PALETTES = ["Paper", "Cream", "Dark", "Bold", "Soft blue"];
const LOOKS = ["Pictures", "Pictures and words", "Words"];
const root = (page) => page.locator(".voice");
const saved = (page) => expect(status(page)).toContainText(/Safe in your plan|Saved/);

async function tablet(browser, server, child = "Ellie-Mae", who = "gwen", options = {}) {
  const page = await device(browser, server, PEOPLE[who], options);
  await handOver(page, server, child);
  await live(page);
  return page;
}

const looks = (page) => page.getByRole("button", { name: "How it looks" });
const radio = (page, group, name) => page.getByRole("group", { name: group }).getByRole("radio", { name, exact: true });

test("each look is for everyone in each palette", async ({ browser, server }) => {
  // Thirty pages, each looked through by axe.
  test.setTimeout(300_000);
  const page = await tablet(browser, server);
  for (const look of LOOKS) {
    await looks(page).click();
    await page.getByRole("group", { name: "How would you like the questions?" }).getByRole("radio", { name: look, exact: true }).check({ force: true });
    for (const palette of PALETTES) {
      await radio(page, "Colours", palette).check({ force: true });
      await expect(root(page)).toHaveAttribute("data-palette", /./);
      expect(await unreadable(page), `${look}, ${palette}: how it looks`).toEqual([]);
    }
    expect(await found(page), `${look}: how it looks`).toEqual([]);
    await page.getByRole("button", { name: "Back to where I was" }).click();
    await page.getByRole("button", { name: /Start|Next/ }).click();
    expect(await found(page), `${look}: a question`).toEqual([]);
    for (const palette of PALETTES) {
      await looks(page).click();
      await radio(page, "Colours", palette).check({ force: true });
      await page.getByRole("button", { name: "Back", exact: true }).click();
      expect(await unreadable(page), `${look}, ${palette}: a question`).toEqual([]);
    }
  }
  expect(page.problems).toEqual([]);
});

test("a choice applies at once, is remembered for the child, and the place isn't lost", async ({ browser, server }) => {
  const page = await tablet(browser, server);
  const fonts = [];
  page.on("request", (request) => request.url().includes("/fonts/") && fonts.push(new URL(request.url()).pathname));
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  const asked = await page.locator("h1").innerText();
  expect(fonts.filter((font) => !font.includes("atkinson"))).toEqual([]);

  await looks(page).click();
  await radio(page, "Colours", "Cream").check({ force: true });
  await radio(page, "How big are the words?", "Biggest").check({ force: true });
  await radio(page, "Space between words", "More space").check({ force: true });
  await radio(page, "Shape of the letters", "Round and wide").check({ force: true });
  await page.getByRole("checkbox", { name: /Keep still/ }).check({ force: true });
  await page.getByRole("checkbox", { name: /Symbols beside words/ }).check({ force: true });
  const now = () => root(page).evaluate((one) => ({ ...one.dataset, font: getComputedStyle(one).fontFamily.split(",")[0], size: getComputedStyle(document.documentElement).fontSize }));
  const chosen = await now();
  expect(chosen).toMatchObject({ palette: "cream", spacing: "more", still: "yes", symbols: "yes", size: "22px" });
  expect(chosen.font).toContain("Lexend");
  await expect.poll(() => fonts).toContain("/fonts/lexend.woff2");
  expect(fonts.join()).not.toContain("dyslexic");
  await looks(page).click();
  await expect(page.locator("h1")).toHaveText(asked);
  await saved(page);

  // Another tablet, another day: as chosen from the first paint, with no jump.
  const other = await tablet(browser, server);
  const html = await (await other.request.get(`${server.url}/voice`)).text();
  expect(html).toContain('data-palette="cream"');
  await expect(root(other)).toHaveAttribute("data-spacing", "more");
  for (const one of [page, other]) expect(one.problems).toEqual([]);
});

test("letters that were chosen are there with no network", async ({ browser, server }) => {
  const page = await tablet(browser, server);
  await readyForOffline(page, "/sitting");
  await looks(page).click();
  await radio(page, "Shape of the letters", "Heavy at the foot").check({ force: true });
  await page.evaluate(() => document.fonts.ready);
  const kept = () => page.evaluate(async () => (await (await caches.open("fonts")).keys()).map(({ url }) => new URL(url).pathname));
  await expect.poll(kept).toContain("/fonts/opendyslexic.woff2");
  await saved(page);
  await cut(page);
  await page.reload();
  await expect(root(page)).toHaveAttribute("data-font", "dyslexic");
  await expect.poll(() => page.evaluate(() => [...document.fonts].some((font) => font.family.includes("OpenDyslexic") && font.status === "loaded"))).toBe(true);
});

test("cards are sorted by touch and by keyboard, and shared in words", async ({ browser, server }) => {
  const page = await tablet(browser, server, "Alfie");
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.locator("h1")).toHaveText("What is good at school? What is not?");
  const table = page.getByRole("group", { name: "Cards to sort" });
  const pile = (name) => page.locator(`.pile[data-pile=${name}]`);
  await table.getByRole("button", { name: "Playtime" }).click();
  await pile("good").locator(".pile-head").click();
  await expect(pile("good").getByRole("button", { name: "Playtime" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Playtime is in the pile Good" })).toBeVisible();

  await table.getByRole("button", { name: "The noise" }).focus();
  await page.keyboard.press("Enter");
  await pile("not-good").locator(".pile-head").focus();
  await page.keyboard.press("Space");
  await expect(pile("not-good").getByRole("button", { name: "The noise" })).toBeVisible();
  // The card has gone: the next one has the focus, and not the top of the page.
  await expect(table.getByRole("button").first()).toBeFocused();

  // Taken up again and put back.
  await pile("good").getByRole("button", { name: "Playtime" }).click();
  await page.getByRole("button", { name: "Put it back" }).click();
  await expect(table.getByRole("button", { name: "Playtime" })).toBeVisible();
  await table.getByRole("button", { name: "Maths" }).click();
  await pile("in-between").locator(".pile-head").click();
  await saved(page);

  await page.getByRole("button", { name: /Choose who/ }).click();
  const panel = page.getByRole("region", { name: "Who can see your answer?" });
  await panel.getByRole("checkbox", { name: /Gwen Pritchard/ }).check({ force: true });
  await panel.getByRole("button", { name: "Share", exact: true }).click();
  await saved(page);
  await expect.poll(() => server.sql("select pick from shared_answer where question = 'sort'").map(({ pick }) => pick)).toEqual(["maths=in-between,noise=not-good"]);
  const gwen = await device(browser, server, PEOPLE.gwen);
  await open(gwen, server, `/plans/${server.plan("Alfie")}`);
  await expect(gwen.locator("main")).toContainText("In between: Maths. Not good: The noise");
  for (const one of [page, gwen]) expect(one.problems).toEqual([]);
});

test("what is read is marked, word by word, and nothing speaks by itself", async ({ browser, server }) => {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  await withVoice(page);
  await speaking(page);
  await signIn(page, server, PEOPLE.gwen);
  await handOver(page, server, "Alfie");
  await live(page);
  await page.getByRole("button", { name: "Start" }).click();
  const said = () => page.evaluate(() => window.spoken.map(({ text }) => text));
  expect(await said()).toEqual([]);
  await page.getByRole("button", { name: "Read this aloud" }).first().click();
  expect((await said())[0]).toBe("How does school feel?");
  await expect(page.locator("[data-being-read]")).toHaveText("How does school feel?");
  const word = await page.evaluate(() => {
    window.spoken[0].onboundary({ charIndex: 9, charLength: 6 });
    return [...CSS.highlights.get("being-read")].map(String);
  });
  expect(word).toEqual(["school"]);
  await page.getByRole("button", { name: "Read this aloud" }).first().click();
  await expect(page.locator("[data-being-read]")).toHaveCount(0);
  expect(await said()).toEqual([]);

  // A picture speaks when touched, only once that was switched on.
  await page.getByRole("radio", { name: "Good", exact: true }).check({ force: true });
  expect(await said()).toEqual([]);
  await looks(page).click();
  await page.getByRole("checkbox", { name: /Say things when I touch them/ }).check({ force: true });
  await page.getByRole("button", { name: "Back to where I was" }).click();
  await page.getByRole("radio", { name: "In between", exact: true }).check({ force: true });
  expect(await said()).toEqual(["In between"]);
});

test("saying it instead of typing shows only where the device hears by itself", async ({ browser, server }) => {
  const page = await tablet(browser, server);
  await expect(page.locator("html")).not.toHaveClass(/hears/);
  const context = await browser.newContext({ locale: "en-GB" });
  const hearing = await context.newPage();
  await hearing.addInitScript(() => {
    window.SpeechRecognition = class {
      static available = async ({ langs, processLocally }) => (processLocally && langs[0] === "en-GB" ? "available" : "unavailable");
      processLocally = false;
      start() { window.heard = this; }
      stop() { this.onend(); }
    };
  });
  await signIn(hearing, server, PEOPLE.gwen);
  await handOver(hearing, server, "Ellie-Mae");
  await live(hearing);
  await hearing.getByRole("button", { name: "Start" }).click();
  const write = hearing.getByRole("button", { name: "Write it", exact: true });
  if (await write.isVisible()) await write.click();
  await hearing.getByRole("button", { name: "Say it and I'll write it" }).click();
  await expect(hearing.getByText("I'm listening")).toBeVisible();
  const local = await hearing.evaluate(() => {
    window.heard.onresult({ resultIndex: 0, results: [[{ transcript: "I like the farm" }]] });
    return window.heard.processLocally;
  });
  expect(local).toBe(true);
  await expect(hearing.locator("textarea")).toHaveValue(/I like the farm$/);
  await saved(hearing);
  // Pressed again it ends, and says no longer that it listens.
  const mine = hearing.getByRole("button", { name: "Say it and I'll write it" });
  const line = hearing.locator(".say-and-write [role=status]");
  await expect(mine).toHaveAttribute("aria-pressed", "true");
  await mine.click();
  await expect(mine).toHaveAttribute("aria-pressed", "false");
  await expect(line).toHaveText("What you say stays on this device.");
  // What wasn't heard stays said when it ends; a new try begins with listening.
  await mine.click();
  await expect(line).toContainText("I'm listening");
  await hearing.evaluate(() => {
    window.heard.onerror({ error: "no-speech" });
    window.heard.onend();
  });
  await expect(line).toHaveText("I couldn't hear that. You can try again.");
  await expect(mine).toHaveAttribute("aria-pressed", "false");
  await mine.click();
  await expect(line).toContainText("I'm listening");
  // At the next question nothing listens, and what is heard late is written nowhere.
  await hearing.getByRole("button", { name: "Next", exact: true }).click();
  await expect.poll(() => hearing.evaluate(() => window.heard.onresult)).toBe(null);
  await expect(hearing.getByText("I'm listening")).toHaveCount(0);
});
