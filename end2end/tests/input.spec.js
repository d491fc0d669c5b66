// Input that no page hopes for: each is answered in a sentence, stops nobody, and
// costs nothing of what was written before.
import { PEOPLE, device, expect, handOver, live, open, savedToPlan, signIn, test, typeIn } from "../pep.js";

const STRENGTHS = '[data-path="strengths"]';
const READING = '[data-path="reading-years"]';
const problem = (page, id) => page.locator(`#${id}-problem`);
const progress = (server) => `/plans/${server.plan("Amira")}/progress`;

test("a number that is none is answered in a sentence, stays in its box, and stops nothing", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, progress(server));
  const before = await ruth.locator(READING).inputValue();
  const box = ruth.locator(READING);
  for (const [typed, sentence] of [
    ["many", "Enter a number, using digits"],
    ["1e1", "Enter a number, using digits"],
    ["200", "Enter a number from 3 to 20"],
    ["-4", "Enter a number from 3 to 20"],
    ["9.5", "Enter a whole number"],
  ]) {
    await box.fill(typed);
    await box.blur();
    await expect(problem(ruth, "reading-years")).toHaveText(sentence);
    await expect(box).toHaveAttribute("aria-invalid", "true");
    await expect(box).toHaveValue(typed);
  }
  // The rest of the page goes on.
  await typeIn(ruth.locator(STRENGTHS), " Goes on.");
  await savedToPlan(ruth);
  await expect(box).toHaveValue("9.5");
  await box.fill("10");
  await box.blur();
  await expect(problem(ruth, "reading-years")).toHaveText("");
  await savedToPlan(ruth);
  await ruth.reload();
  await live(ruth);
  await expect(box).toHaveValue("10");
  const became = server.sql("select was, became from history where path = 'reading-years'");
  expect(became).toEqual([{ was: before, became: "10" }]);
});

test("half a date and a day that isn't are answered in a sentence", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, progress(server));
  const [day, month, year] = ["day", "month", "year"].map((part) => ruth.locator(`#reading-date-${part}`));
  for (const [typed, sentence] of [
    [["31", "2", "2026"], "Enter a real date, like 23 11 2026"],
    [["31", "", "2026"], "Enter the month too"],
    [["3", "2", "26"], "Enter the year with 4 digits, like 2026"],
  ]) {
    for (const [box, part] of [[day, typed[0]], [month, typed[1]], [year, typed[2]]]) await box.fill(part);
    await year.blur();
    await expect(problem(ruth, "reading-date")).toHaveText(sentence);
  }
  expect(server.sql("select became from history where path = 'reading-date'")).toEqual([]);
});

// Pastes as a person does, and answers how long the page stood still at the longest.
async function paste(box, text) {
  await box.evaluate(async (_, text) => {
    await navigator.clipboard.writeText(text[0].repeat(text[1]));
    window.stood = 0;
    let last = performance.now();
    const frame = (now) => {
      [window.stood, last] = [Math.max(window.stood, now - last), now];
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, text);
  await box.press("Control+End");
  await box.press("Control+v");
}

test("ten megabytes pasted into a box are refused at once and cost nothing that was there", async ({ browser, server }) => {
  test.setTimeout(180_000);
  const ruth = await device(browser, server, PEOPLE.ruth, { permissions: ["clipboard-read", "clipboard-write"] });
  await open(ruth, server, progress(server));
  const box = ruth.locator(STRENGTHS);
  await typeIn(box, " Before the paste.");
  await savedToPlan(ruth);
  const words = await box.inputValue();
  await paste(box, ["Ten megabytes of a book.\n", 420_000]);
  await expect(problem(ruth, "strengths")).not.toHaveText("", { timeout: 60_000 });
  expect(await ruth.evaluate(() => window.stood)).toBeLessThan(3_000);
  await typeIn(box, " And after.");
  await savedToPlan(ruth);
  const other = await device(browser, server, PEOPLE.ruth);
  await open(other, server, progress(server));
  await expect(other.locator(STRENGTHS)).toHaveValue(`${words} And after.`);
  expect(ruth.problems).toEqual([]);
});

test("a text a little too long stays in its box with a sentence until it is short enough to keep", async ({
  browser,
  server,
}) => {
  const ruth = await device(browser, server, PEOPLE.ruth, { permissions: ["clipboard-read", "clipboard-write"] });
  await open(ruth, server, progress(server));
  const box = ruth.locator(STRENGTHS);
  const words = await box.inputValue();
  await paste(box, ["x", 60_000]);
  await expect(problem(ruth, "strengths")).toHaveText(
    `This is ${words.length} characters too long. Shorten it, or put the rest in another box`,
  );
  await expect(box).toHaveAttribute("aria-invalid", "true");
  await typeIn(ruth.locator('[data-path="gaps"]'), " Still typing.");
  await savedToPlan(ruth);
  expect(await box.inputValue()).toBe(words + "x".repeat(60_000));
  // The plan has what was there, and gets the rest once it fits.
  const other = await device(browser, server, PEOPLE.ruth);
  await open(other, server, progress(server));
  await expect(other.locator(STRENGTHS)).toHaveValue(words);
  await box.fill(`${words} Shorter.`);
  await expect(problem(ruth, "strengths")).toHaveText("");
  await expect(other.locator(STRENGTHS)).toHaveValue(`${words} Shorter.`);
  expect(ruth.problems).toEqual([]);
});

const ODD = [
  "😀👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿 and é e\u0301",
  "مرحبا بالعالم, then English, then שלום",
  "</textarea><script>window.pwned = 1</script><img src=x onerror='window.pwned = 2'>",
  "'; drop table plan;-- \" & &amp; %s ${x} {{y}}",
  "\nbegins with a new line\n\nand ends with one\n",
  "a\u200Bb\uFEFFc\u2028d\u00ADe",
];

test("odd texts come back as they were typed, in the box, on the page and after a reload", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const tom = await device(browser, server, PEOPLE.tom);
  await open(ruth, server, progress(server));
  await open(tom, server, progress(server));
  for (const odd of ODD) {
    await ruth.locator(STRENGTHS).fill(odd);
    const typed = await ruth.locator(STRENGTHS).inputValue();
    await savedToPlan(ruth);
    await expect.poll(() => tom.locator(".words").allTextContents(), odd).toContain(typed);
    await ruth.reload();
    await expect(ruth.locator(STRENGTHS)).toHaveValue(typed);
    await live(ruth);
    await expect(ruth.locator(STRENGTHS)).toHaveValue(typed);
    for (const path of [`${progress(server)}/check`, `${progress(server).replace("progress", "print")}`, progress(server)]) {
      await open(ruth, server, path);
      expect(await ruth.evaluate(() => window.pwned), path).toBeUndefined();
    }
    await expect(ruth.locator(STRENGTHS)).toHaveValue(typed);
  }
  await ruth.locator('[data-path="reading-test"]').fill(ODD[2]);
  await savedToPlan(ruth);
  await ruth.reload();
  await expect(ruth.locator('[data-path="reading-test"]')).toHaveValue(ODD[2]);
  for (const page of [ruth, tom]) expect(await page.evaluate(() => window.pwned)).toBeUndefined();
  for (const page of [ruth, tom]) expect(page.problems).toEqual([]);
});

test("signs that no page can show do not change a text when somebody only opens it", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, progress(server));
  await ruth.locator(STRENGTHS).fill("from\u0000 a\u0001 scan\u001b");
  await savedToPlan(ruth);
  const edits = () => server.sql("select became from history where path = 'strengths'").length;
  const made = edits();
  for (const again of [1, 2]) {
    await open(ruth, server, progress(server));
    await typeIn(ruth.locator('[data-path="gaps"]'), `${again}`);
    await savedToPlan(ruth);
    expect(edits()).toBe(made);
  }
});

test("a young person's odd words show as words on the page of whom they were shared with", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.ruth);
  await handOver(tablet, server, "Yonas");
  await tablet.getByRole("button", { name: "Start", exact: true }).click();
  await tablet.getByLabel("Want to say more?").fill(ODD[2]);
  await tablet.getByRole("button", { name: "Share the new words" }).click();
  await tablet.getByRole("button", { name: "Share", exact: true }).click();
  await expect(tablet.getByRole("heading", { name: /^Shared with/ })).toBeVisible();
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Yonas")}`);
  await expect(ruth.locator(".voices")).toContainText(ODD[2]);
  expect(await ruth.evaluate(() => window.pwned)).toBeUndefined();
});

test("what a young person types to one question stays with it, whatever comes next", async ({ page, server }) => {
  await signIn(page, server, PEOPLE.ruth);
  await handOver(page, server, "Yonas");
  await live(page);
  await page.getByRole("button", { name: "Start" }).click();
  const title = page.locator("h1");
  const box = page.locator(".more .writing textarea");
  const next = page.getByRole("button", { name: "Next", exact: true });
  const asked = [];
  await expect(next).toBeVisible();
  while (await next.count()) {
    const question = await title.innerText();
    // What comes behind the question is there.
    await expect(page.locator(".audience").first()).toBeVisible();
    const write = page.locator(".more .way");
    if (await write.count()) await write.click();
    if (await box.count()) {
      expect(await box.inputValue(), question).not.toContain("Mine to ");
      await box.press("Control+End");
      await box.pressSequentially(`Mine to ${asked.length}.`);
      asked.push([question, await box.inputValue()]);
    }
    await next.click();
    await expect(title).not.toHaveText(question);
  }
  expect(asked.length).toBeGreaterThan(2);
  const back = page.getByRole("button", { name: "Back", exact: true });
  for (const [question, words] of asked.reverse()) {
    while ((await title.innerText()) !== question) {
      const before = await title.innerText();
      await back.click();
      await expect(title).not.toHaveText(before);
    }
    await expect(box).toHaveValue(words);
  }
});
