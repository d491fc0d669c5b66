// Reading aloud, everywhere: whoever can't read hears all that stands on a screen, from the
// buttons that are on it.
import { speaking, withVoice } from "../pages-list.js";
import { PEOPLE, device, expect, handOver, live, test } from "../pep.js";

const TABLET = { viewport: { width: 820, height: 1180 } };
const heading = (page) => page.getByRole("heading", { level: 1 });
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

// A tablet that speaks, in a child's hands.
async function tablet(browser, server, who, child) {
  const page = await device(browser, server, PEOPLE[who], TABLET);
  await withVoice(page);
  await speaking(page);
  await handOver(page, server, child);
  await live(page);
  await expect(page.locator("html")).toHaveAttribute("data-speaks", /en-GB/);
  return page;
}

// What a button reads, part by part. A second press ends it.
async function reads(page, button) {
  await button.click();
  const parts = await page.evaluate(() => window.spoken.map(({ text }) => text.trim()));
  expect(parts.join("")).not.toBe("");
  await button.click();
  return parts;
}

// The texts on a screen that none of its buttons reads. What a button is called need not
// be read by another, nor what a language is called in itself, nor that a pile is empty.
async function unheard(page, within) {
  const heard = [];
  for (const button of await page.locator(`${within} .read-aloud:visible`).all()) heard.push(...(await reads(page, button)));
  const shown = await page.locator(within).evaluate((screen) => {
    const others = ".visually-hidden, .button, textarea, .languages, .pile > .soft";
    const texts = [];
    const walk = document.createTreeWalker(screen, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const { parentElement: place, textContent: text } = walk.currentNode;
      if (text.trim() && place.checkVisibility({ checkVisibilityCSS: true }) && !place.closest(others)) texts.push(text.trim());
    }
    return texts;
  });
  expect(shown.length).toBeGreaterThan(1);
  return shown.filter((text) => !heard.some((part) => part.includes(text)));
}

// What comes a moment later may not be read yet.
const allIsHeard = (page, screen, within = "main") =>
  expect.poll(() => unheard(page, within), { message: screen, timeout: 30_000 }).toEqual([]);

// Goes on to the question with these words, and waits for what comes behind it.
async function to(page, words) {
  while (!words.test(await heading(page).innerText())) {
    const before = await heading(page).innerText();
    await page.getByRole("button", { name: /^(Next|Finish)$/ }).click();
    await expect(heading(page)).not.toHaveText(before);
  }
}
const behind = (page) => expect(page.locator(".audience").first()).toBeVisible();

test("whoever can't read hears every question and way, who sees an answer, and the end", async ({ browser, server }) => {
  test.setTimeout(180_000);
  const page = await tablet(browser, server, "gwen", "Alfie");
  await allIsHeard(page, "welcome");
  await press(page, "How it looks");
  await expect(heading(page)).toHaveText("How it looks");
  await allIsHeard(page, "how it looks");
  await press(page, "Back to where I was");
  await press(page, "I need help");
  await allIsHeard(page, "help", "dialog.help");
  await press(page, "Close");

  await press(page, "Start");
  await to(page, /feel/);
  await behind(page);
  const first = await reads(page, page.locator("main .asking .read-aloud").first());
  for (const words of ["How does school feel?", "In between", "Skip for now", "Want to say more?", "Write it", "Draw it", "Say it"]) {
    expect(first).toContain(words);
  }
  for (const way of ["Write it", "Draw it", "Say it"]) await press(page, way);
  await expect(page.locator("section.recording")).toBeVisible();
  await allIsHeard(page, "writing, drawing and saying it");
  expect(await reads(page, page.locator(".pad .read-aloud"))).toContain("Tell us about your picture");
  expect(await reads(page, page.locator(".recording .read-aloud"))).toContain("Start recording");

  await to(page, /good at school/);
  await behind(page);
  const table = page.getByRole("group", { name: "Cards to sort" });
  for (const [card, pile] of [["Playtime", "good"], ["Lunch", "good"], ["The noise", "not-good"]]) {
    await table.getByRole("button", { name: card }).click();
    await page.locator(`.pile[data-pile=${pile}] .pile-head`).click();
    await expect(table.getByRole("button", { name: card })).toHaveCount(0);
  }
  await table.getByRole("button", { name: "Maths" }).click();
  const hint = page.locator(".answering .asking .read-aloud");
  expect(await reads(page, hint)).toEqual(["Now tap a pile for Maths.", "Good", "In between", "Not good"]);
  await allIsHeard(page, "sorting");

  await press(page, "Choose who");
  await allIsHeard(page, "who can see it");
  await page.getByRole("checkbox", { name: /Gwen Pritchard/ }).check();
  await expect(page.getByRole("heading", { name: "This is what Gwen Pritchard will see" })).toBeVisible();
  await allIsHeard(page, "what they will see");
  expect(await reads(page, page.locator(".preview .read-aloud"))).toEqual([
    "This is what Gwen Pritchard will see",
    "What is good at school? What is not?",
    "Good: Playtime, Lunch",
    "Not good: The noise",
    "Who helped: Someone at school",
  ]);
  await press(page, "Share");
  await expect(page.locator(".audience.is-shared")).toBeVisible();
  expect(await reads(page, page.locator(".audience .read-aloud"))).toContain("Take it back");
  await allIsHeard(page, "shared");

  await to(page, /come to your meeting/);
  await behind(page);
  await press(page, "Who should be there?");
  await expect(page.getByRole("region", { name: "Who should be there?", exact: true })).toBeVisible();
  await allIsHeard(page, "who should be there");
  await to(page, /helping you/);
  await behind(page);
  await allIsHeard(page, "who helped");
  await to(page, /finished/);
  const recap = page.locator(".recap").filter({ hasText: "What is good at school? What is not?" });
  await expect(recap.locator(".picked")).toHaveText(["Good: Playtime, Lunch", "Not good: The noise"]);
  const drawn = (line) => line.locator("use").evaluateAll((all) => all.map((one) => one.getAttribute("href").split("#")[1]));
  expect(await drawn(recap.locator(".picked").first())).toEqual(["face-good", "pic-play", "pic-lunch"]);
  expect(await drawn(recap.locator(".picked").last())).toEqual(["face-not-good", "pic-noise"]);
  expect((await reads(page, recap.locator(".read-aloud"))).join(" ")).toMatch(/^What is good at school\?.*Good: Playtime.*Gwen Pritchard/);
  await allIsHeard(page, "the end");
  await press(page, "Back");
  await press(page, "Stop for now");
  await expect(heading(page)).toHaveText("You can stop now");
  await allIsHeard(page, "stopped");
  expect(page.problems).toEqual([]);
});

test("replies, the plan, what they say to both, and what others typed are heard", async ({ browser, server }) => {
  test.setTimeout(180_000);
  const page = await tablet(browser, server, "ruth", "Shan");
  await expect(heading(page)).toHaveText("You said, we did");
  const reply = page.locator(".came").filter({ hasText: "aunt Chi" });
  await allIsHeard(page, "what came of it");
  await reply.getByLabel("Not OK with me").check();
  await expect(reply.getByRole("button", { name: "Send it" })).toBeVisible();
  await allIsHeard(page, "answering back");
  await reply.getByRole("button", { name: "Send it" }).click();
  await expect(reply).toContainText("You said: Not OK with me");
  await allIsHeard(page, "what was answered");

  await press(page, "Next");
  await expect(heading(page)).toHaveText("Hello Shan");
  await press(page, "See your plan");
  await expect(heading(page)).toHaveText("Your plan");
  await allIsHeard(page, "the plan");
  await page.getByLabel("Partly").check();
  await expect(page.getByRole("button", { name: "Send it" })).toBeVisible();
  await allIsHeard(page, "what they say to the plan");
  await press(page, "Next");

  await press(page, "Start");
  await to(page, /change one thing/);
  await behind(page);
  await page.getByText("What I said last time").click();
  await allIsHeard(page, "last time");
  await to(page, /meeting/);
  await behind(page);
  await page.getByRole("button", { name: /Anyone who/ }).click();
  const wish = page.getByRole("region", { name: /Anyone who/ }).first();
  await wish.getByLabel("Want to say more?").fill("Not about Nan in front of everyone");
  await wish.getByRole("button", { name: "Someone typed this for me" }).click();
  await wish.getByLabel("Who typed it?").fill("Ms Osei");
  await wish.getByRole("button", { name: "Choose who" }).click();
  await page.getByRole("checkbox", { name: /Ruth Osei/ }).check();
  await page.getByRole("checkbox", { name: /Tobi Adeyemi/ }).check();
  await expect(page.locator(".preview")).toBeVisible();
  await allIsHeard(page, "wishes of the meeting");
  expect(page.problems).toEqual([]);
});

test("who comes back sees at once what they said, and keeps their place", async ({ browser, server }) => {
  const page = await tablet(browser, server, "gwen", "Ellie-Mae");
  await press(page, "Start");
  await to(page, /like best/);
  await behind(page);
  const asked = await heading(page).innerText();
  await page.reload();
  await expect(heading(page)).toHaveText("Hello Ellie-Mae");
  await live(page);
  await press(page, "What you said");
  await expect(heading(page)).toHaveText("What you said");
  const first = page.locator(".recap").filter({ hasText: "How does school feel right now?" });
  await expect(first.locator(".picked")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-speaks", /en-GB/);
  await allIsHeard(page, "what they said");
  // Having looked isn't having moved.
  await press(page, "Back");
  await expect(heading(page)).toHaveText("Hello Ellie-Mae");
  await press(page, "Carry on");
  await expect(heading(page)).toHaveText(asked);
  // An answer is changed where it was given.
  await page.reload();
  await live(page);
  await press(page, "What you said");
  await first.getByRole("button", { name: /^Change/ }).click();
  await expect(heading(page)).toHaveText("How does school feel right now?");
  expect(page.problems).toEqual([]);
});
