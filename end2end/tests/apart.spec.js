// Several people write apart, or at once: everyone's words stay, and where two
// values can't both be true a person chooses.
import { PEOPLE, closeMeeting, cut, device, expect, hydrated, open, restore, savedToPlan, status, test, typeIn } from "../pep.js";

const targets = (server) => `/plans/${server.plan("Amira")}/targets`;
const cards = (desk) => desk.locator("#targets .cards > li");

// Tom and Ruth, each on a device of their own, with the targets open.
async function atTargets(browser, server) {
  const desks = [await device(browser, server, PEOPLE.tom), await device(browser, server, PEOPLE.ruth)];
  for (const desk of desks) await open(desk, server, targets(server));
  return desks;
}

test("two devices offline: words merge, and of two values both stand until one press chooses", async ({
  browser,
  server,
}) => {
  const tom = await device(browser, server, PEOPLE.tom);
  const ruth = await device(browser, server, PEOPLE.ruth);
  const address = targets(server);
  const [words, hours] = ['[data-path="changes"]', '[data-path^="catch-up/"][data-path$="/hours"]'];
  for (const desk of [tom, ruth]) await open(desk, server, address);
  const area = (desk) => desk.getByRole("group", { name: "Area" }).first();
  const before = await tom.locator(words).inputValue();
  for (const desk of [tom, ruth]) await cut(desk);
  await typeIn(tom.locator(words), " By Tom.");
  await ruth.locator(words).press("Control+Home");
  await ruth.locator(words).pressSequentially("By Ruth. ");
  for (const [desk, number, pick] of [[tom, "3", "Another subject"], [ruth, "5", "A talent or an interest"]]) {
    await desk.locator(hours).first().fill(number);
    await desk.locator(hours).first().blur();
    await area(desk).getByLabel(pick).check();
    await expect(status(desk)).toHaveText("Offline. 3 changes waiting to send");
  }
  for (const desk of [tom, ruth]) await restore(desk);
  for (const desk of [tom, ruth]) await savedToPlan(desk);
  for (const desk of [tom, ruth]) {
    await expect(desk.locator(words)).toHaveValue(`By Ruth. ${before} By Tom.`);
    await expect(desk.getByRole("group", { name: "Two answers" })).toHaveCount(2);
  }
  const apart = (desk, value) => desk.getByRole("group", { name: "Two answers" }).filter({ hasText: value });
  await expect(apart(ruth, "5 hours")).toContainText("You and Tom Nowak both changed this while apart. Both are kept.");
  await expect(apart(tom, "5 hours")).toContainText("You and Ruth Osei both changed this while apart. Both are kept.");
  await expect(apart(ruth, "Another subject").getByRole("listitem")).toHaveCount(2);
  // Each value with whose it is and when it was written: the same on both devices.
  const at = String.raw`, \d{1,2} \p{L}+, \d{2}:\d{2}$`;
  for (const [desk, other, values] of [[ruth, "Tom Nowak", ["3 hours", "5 hours"]], [tom, "Ruth Osei", ["5 hours", "3 hours"]]]) {
    for (const [value, name] of [[values[0], other], [values[1], "You"]]) {
      const line = apart(desk, "5 hours").getByRole("listitem").filter({ hasText: value });
      await expect(line.locator(".by")).toHaveText(new RegExp(`^${name}${at}`, "u"));
    }
  }
  const times = (desk) => apart(desk, "5 hours").locator(".by").evaluateAll((all) => all.map((by) => by.textContent.replace(/^[^,]*, /, "")).sort());
  expect(await times(tom)).toEqual(await times(ruth));
  await apart(ruth, "5 hours").getByRole("button", { name: /^Use this ?: 3 hours$/ }).click();
  await apart(ruth, "Another subject").getByRole("button", { name: /^Use this ?: A talent or an interest$/ }).press("Enter");
  await expect(area(ruth).getByLabel("A talent or an interest")).toBeFocused();
  for (const desk of [tom, ruth]) {
    await expect(desk.getByRole("group", { name: "Two answers" })).toHaveCount(0);
    await expect(desk.locator(hours).first()).toHaveValue("3");
    await expect(area(desk).getByLabel("A talent or an interest")).toBeChecked();
  }
  for (const desk of [tom, ruth]) expect(desk.problems).toEqual([]);
});

test("a target removed by one while another changed it is kept, said, and can be let go or brought back", async ({
  browser,
  server,
}) => {
  const [tom, ruth] = await atTargets(browser, server);
  await expect(cards(ruth)).toHaveCount(3);
  for (const desk of [tom, ruth]) await cut(desk);
  await cards(tom).first().getByRole("button", { name: "Remove this target" }).click();
  await expect(cards(tom)).toHaveCount(2);
  await typeIn(cards(ruth).first().locator('[data-path$="/what"]'), " Still wanted.");
  for (const desk of [tom, ruth]) await restore(desk);
  for (const desk of [tom, ruth]) await savedToPlan(desk);
  for (const desk of [tom, ruth]) {
    await expect(cards(desk)).toHaveCount(3);
    await expect(cards(desk).first().locator('[data-path$="/what"]')).toHaveValue(/Still wanted\.$/);
  }
  await expect(cards(ruth).first()).toContainText("Tom Nowak removed this while it was being changed. It is kept.");
  await cards(ruth).first().getByRole("button", { name: "Keep it" }).click();
  await expect(cards(tom).getByText("removed this while")).toHaveCount(0);
  await ruth.locator('[data-path="changes"]').focus();

  // Removed where both see it, it goes, and a press brings it back with its words.
  await cards(tom).first().getByRole("button", { name: "Remove this target" }).click();
  await expect(cards(ruth)).toHaveCount(2);
  await expect(ruth.locator("#targets .gone")).toContainText("Tom Nowak removed");
  await ruth.getByRole("button", { name: "Bring it back" }).click();
  for (const desk of [tom, ruth]) {
    await expect(cards(desk)).toHaveCount(3);
    await expect(cards(desk).first().locator('[data-path$="/what"]')).toHaveValue(/Still wanted\.$/);
  }
  for (const desk of [tom, ruth]) expect(desk.problems).toEqual([]);
});

test("a row that somebody removes stays for whoever is typing in it, and a word more keeps it for everyone", async ({
  browser,
  server,
}) => {
  const [tom, ruth] = await atTargets(browser, server);
  await expect(cards(ruth)).toHaveCount(3);
  const box = cards(ruth).first().locator('[data-path$="/what"]');
  await box.press("Control+End");
  await box.pressSequentially(" One");
  // Also a card that is closed shows who is in it.
  await cards(tom).first().locator("summary").click();
  await expect(cards(tom).first().locator("summary")).toContainText(/Ruth Osei is (typing )?here/);
  await cards(tom).first().locator("summary").click();
  await cards(tom).first().getByRole("button", { name: "Remove this target" }).click();
  await expect(cards(tom)).toHaveCount(2);
  await expect(tom.getByRole("button", { name: "Bring it back" })).toBeFocused();

  await expect(cards(ruth).first()).toContainText("Tom Nowak has just removed this. Write on, and it is kept.");
  await expect(box).toBeFocused();
  await ruth.keyboard.type(" two.");
  await expect(box).toHaveValue(/ One two\.$/);
  await savedToPlan(ruth);
  await expect(cards(tom)).toHaveCount(3);
  await expect(cards(tom).first().locator('[data-path$="/what"]')).toHaveValue(/ One two\.$/);
  await expect(cards(tom).first()).toContainText("It is kept.");

  // Who is in it and writes nothing more lets it go when they leave.
  await cards(tom).first().getByRole("button", { name: "Keep it" }).click();
  await expect(cards(ruth).first()).not.toContainText("It is kept.");
  await cards(tom).first().getByRole("button", { name: "Remove this target" }).click();
  await expect(cards(ruth).first()).toContainText("Tom Nowak has just removed this.");
  await ruth.locator('[data-path="changes"]').focus();
  await expect(cards(ruth)).toHaveCount(2);
  await expect(ruth.locator("#targets .gone")).toContainText("Tom Nowak removed");
  for (const desk of [tom, ruth]) expect(desk.problems).toEqual([]);
});

test("nothing can be done to a row before its document is there", async ({ browser, server }) => {
  const tom = await device(browser, server, PEOPLE.tom);
  // Nothing comes over either way of the connection.
  await tom.routeWebSocket(/\/sync\?/, () => {});
  await tom.route("**/sync/http**", () => {});
  await tom.goto(`${server.url}${targets(server)}`);
  await hydrated(tom);
  const first = cards(tom).first();
  for (const name of ["Remove this target", "Move down"]) await expect(first.getByRole("button", { name })).toBeDisabled();
  expect(tom.problems).toEqual([]);
});

test("the caret stays by its character while others write before it", async ({ browser, server }) => {
  const [tom, ruth] = await atTargets(browser, server);
  const [mine, theirs] = [ruth, tom].map((desk) => desk.locator('[data-path="changes"]'));
  await mine.fill("one three");
  await expect(theirs).toHaveValue("one three");
  await mine.evaluate((box) => box.setSelectionRange(4, 4));
  await theirs.press("Control+Home");
  await theirs.pressSequentially("😀 zero ");
  await expect(mine).toHaveValue("😀 zero one three");
  await mine.pressSequentially("two ");
  for (const box of [mine, theirs]) await expect(box).toHaveValue("😀 zero one two three");
});

test("what another writes while a word is being composed waits for it, and both stay", async ({ browser, server }) => {
  const [tom, ruth] = await atTargets(browser, server);
  const [mine, theirs] = [ruth, tom].map((desk) => desk.locator('[data-path="changes"]'));
  await mine.fill("end");
  await expect(theirs).toHaveValue("end");
  await mine.press("Control+Home");
  const keys = await ruth.context().newCDPSession(ruth);
  await keys.send("Input.imeSetComposition", { text: "かん", selectionStart: 2, selectionEnd: 2 });
  await typeIn(theirs, " by Tom");
  await savedToPlan(tom);
  await keys.send("Input.imeSetComposition", { text: "かんじ", selectionStart: 3, selectionEnd: 3 });
  await keys.send("Input.insertText", { text: "漢字" });
  for (const box of [mine, theirs]) await expect(box).toHaveValue("漢字end by Tom");
});

test("what one does beside the words is on the others' pages at once", async ({ browser, server }) => {
  const tom = await device(browser, server, PEOPLE.tom);
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Amira")}`);
  await open(tom, server, `/plans/${server.plan("Amira")}`);
  await expect(ruth.getByRole("heading", { name: "Before the meeting" })).toBeVisible();
  await tom.getByRole("button", { name: "Open the meeting" }).click();
  for (const desk of [tom, ruth]) await expect(desk.getByRole("heading", { name: "The meeting is open" })).toBeVisible();
  // Opened twice, it is one meeting; and without a connection it says why not.
  await cut(ruth);
  await closeMeeting(ruth);
  await expect(ruth.getByText("This needs a connection, so that everyone sees it at once.")).toBeVisible();
});
