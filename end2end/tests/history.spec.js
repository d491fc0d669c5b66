// What was changed in a section, in words; using an earlier wording again; and what
// others wrote since somebody last looked.
import { PEOPLE, cut, device, expect, open, restore, savedToPlan, status, test, typeIn } from "../pep.js";

const targets = (server) => `/plans/${server.plan("Amira")}/targets`;
const [CHANGES, NOTHING] = ['[data-path="changes"]', "Nothing has been changed here yet."];
const stretch = (page, by) => page.locator(".stretches > li").filter({ has: page.getByRole("heading", { name: by }) });
const change = (page, label) => page.locator(".changes > li").filter({ has: page.getByRole("heading", { name: label }) });
const TEXT = "Changes of school or course ahead";

// Writes a box anew and waits until the plan has it.
async function rewrite(page, box, words) {
  await page.locator(box).fill(words);
  await savedToPlan(page);
}

test("a wording that somebody changed is told word by word, and can be used again and again", async ({ browser, server }) => {
  const tom = await device(browser, server, PEOPLE.tom);
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `${targets(server)}/history`);
  await expect(ruth.getByText(NOTHING)).toBeVisible();

  await open(tom, server, targets(server));
  const first = await tom.locator(CHANGES).inputValue();
  const second = first.replace("No change of school planned.", "A change of school is planned.");
  await rewrite(tom, CHANGES, second);

  await open(ruth, server, targets(server));
  await expect(ruth.locator(".since")).toContainText(`Tom Nowak wrote in “${TEXT}”`);
  await ruth.getByRole("link", { name: "See what was changed" }).click();
  await ruth.waitForURL("**/targets/history");
  const told = change(ruth, TEXT);
  await expect(stretch(ruth, "Tom Nowak")).toHaveCount(1);
  // The first sentence stayed, so it is neither among what came nor what went.
  await expect(told.locator("ins, del").filter({ hasText: "Options talk" })).toHaveCount(0);
  await expect(told.locator("ins").first()).toContainText("added: ");
  await expect(told.locator("del").first()).toContainText("removed: ");
  await expect(told.locator("ins").first()).toHaveCSS("text-decoration-line", "underline");
  await expect(told.locator("del").first()).toHaveCSS("text-decoration-line", "line-through");

  await told.getByText("Read it in plain words").click();
  await expect(told.locator(".kept-words")).toHaveText([second, first]);
  await expect(told.getByRole("button", { name: /^This is how it stands now/ })).toHaveAttribute("aria-disabled", "true");
  await told.getByRole("button", { name: /^Use this wording again/ }).click();
  await expect(ruth.locator(".told")).toHaveText("The earlier wording is back, as your own change.");
  await expect(tom.locator(CHANGES)).toHaveValue(first);
  await expect(stretch(ruth, "Ruth Osei")).toHaveCount(1);

  // Taking that back is the same again, from the history of what Ruth did.
  const hers = stretch(ruth, "Ruth Osei");
  await hers.getByText("Read it in plain words").click();
  await hers.getByRole("button", { name: /^Use this wording again/ }).click();
  await expect(tom.locator(CHANGES)).toHaveValue(second);
  for (const desk of [tom, ruth]) expect(desk.problems).toEqual([]);
});

test("an answer and a row are told as such, and brought back", async ({ browser, server }) => {
  const tom = await device(browser, server, PEOPLE.tom);
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(tom, server, targets(server));
  const hours = tom.locator('[data-path^="catch-up/"][data-path$="/hours"]').first();
  const before = await hours.inputValue();
  await hours.fill("7");
  await hours.blur();
  const cards = tom.locator("#targets .cards > li");
  await expect(cards).toHaveCount(3);
  await cards.first().getByRole("button", { name: "Remove this target" }).click();
  await expect(cards).toHaveCount(2);
  await savedToPlan(tom);

  await open(ruth, server, `${targets(server)}/history`);
  const answer = ruth.locator(".changes > li").filter({ hasText: "7 hours" });
  await expect(answer.locator(".words")).toHaveText(`From ${before} hours → to 7 hours`);
  const row = ruth.locator(".changes > li").filter({ hasText: /^Target.*: removed/ });
  await row.getByRole("button", { name: /^Bring it back/ }).click();
  await expect(cards).toHaveCount(3);
  await expect(ruth.locator(".changes > li").filter({ hasText: /^Target.*: brought back/ })).toHaveCount(1);
  await answer.getByRole("button", { name: /^Use .* again/ }).first().click();
  await expect(hours).toHaveValue(before);
  for (const desk of [tom, ruth]) expect(desk.problems).toEqual([]);
});

test("who may only read a section reads its history and puts nothing back", async ({ browser, server }) => {
  const address = `/plans/${server.plan("Amira")}/progress`;
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, address);
  await rewrite(ruth, '[data-path="gaps"]', "Fractions, from the term when she moved.");
  const jo = await device(browser, server, PEOPLE.jo);
  await open(jo, server, `${address}/history`);
  await expect(jo.getByText("The designated teacher writes this part. You can read what was changed.")).toBeVisible();
  await expect(jo.locator(".changes ins")).toContainText("Fractions");
  await jo.getByText("Read it in plain words").first().click();
  await expect(jo.getByRole("button", { name: /again/ })).toHaveCount(0);

  // And who may read none of it learns nothing.
  const gwen = await device(browser, server, PEOPLE.gwen);
  await gwen.goto(`${server.url}${address}/history`);
  await expect(gwen.getByRole("heading", { name: "Nothing here" })).toBeVisible();
  expect(await gwen.content()).not.toContain("Fractions");
});

test("what others wrote is summed up by part and name when a plan is opened again", async ({ browser, server }) => {
  const plan = `/plans/${server.plan("Amira")}`;
  const tom = await device(browser, server, PEOPLE.tom);
  const ruth = await device(browser, server, PEOPLE.ruth);
  const since = (page) => page.locator(".since");
  await open(tom, server, plan);
  await expect(since(tom)).toContainText("Nothing has changed");
  // The server knows that Tom has looked.
  await expect.poll(() => server.sql("select * from looked").length).toBe(1);
  await open(ruth, server, `${plan}/targets`);
  await rewrite(ruth, CHANGES, "Two visits in June.");
  await open(ruth, server, `${plan}/progress`);
  await rewrite(ruth, '[data-path="gaps"]', "Fractions.");
  await rewrite(ruth, '[data-path="helps"]', "A seat by the door.");
  await open(tom, server, plan);
  await expect(since(tom).getByRole("listitem")).toHaveCount(2);
  await expect(since(tom)).toContainText(/Ruth Osei wrote in “(Gaps|What helps in class)” and “(Gaps|What helps in class)”/);
  await expect(since(tom)).toContainText(`Ruth Osei wrote in “${TEXT}”`);
  await since(tom).getByRole("link", { name: "Progress in subjects" }).click();
  await tom.waitForURL("**/progress/history");
  await expect(stretch(tom, "Ruth Osei")).toHaveCount(1);

  await open(tom, server, plan);
  await expect(since(tom)).toContainText("Nothing has changed");
  for (const desk of [tom, ruth]) expect(desk.problems).toEqual([]);
});

test("of two answers given apart both can stay, with who said so", async ({ browser, server }) => {
  const tom = await device(browser, server, PEOPLE.tom);
  const ruth = await device(browser, server, PEOPLE.ruth);
  const hours = '[data-path^="catch-up/"][data-path$="/hours"]';
  for (const desk of [tom, ruth]) await open(desk, server, targets(server));
  for (const desk of [tom, ruth]) await cut(desk);
  for (const [desk, number] of [[tom, "3"], [ruth, "5"]]) {
    await desk.locator(hours).first().fill(number);
    await desk.locator(hours).first().blur();
    await expect(status(desk)).toHaveText("Offline. 1 change waiting to send");
  }
  for (const desk of [tom, ruth]) await restore(desk);
  const apart = (desk) => desk.getByRole("group", { name: "Two answers" });
  await apart(ruth).getByRole("button", { name: "Keep both" }).click();
  await expect(apart(ruth)).toContainText("You and Tom Nowak answered this. You said that both stay as the answer.");
  await expect(apart(tom)).toContainText("You and Ruth Osei answered this. Ruth Osei said that both stay as the answer.");
  await expect(apart(tom).getByRole("listitem")).toHaveCount(2);
  await expect(apart(tom).getByRole("button", { name: "Keep both" })).toHaveCount(0);
  // Whoever knows better later still chooses one.
  await savedToPlan(ruth);
  await apart(tom).getByRole("button", { name: /^Use this ?: 3 hours$/ }).click();
  for (const desk of [tom, ruth]) await expect(apart(desk)).toHaveCount(0);
  await expect(ruth.locator(hours).first()).toHaveValue("3");
  for (const desk of [tom, ruth]) expect(desk.problems).toEqual([]);
});

test("a target is moved by buttons, which is said, and by dragging", async ({ browser, server }) => {
  const tom = await device(browser, server, PEOPLE.tom);
  const ruth = await device(browser, server, PEOPLE.ruth);
  for (const desk of [tom, ruth]) await open(desk, server, targets(server));
  const titles = (desk) => desk.locator("#targets .cards .called");
  const [a, b, c] = await titles(tom).allInnerTexts();
  const card = (at) => tom.locator("#targets .cards > li").nth(at);
  await card(0).getByRole("button", { name: "Move down" }).click();
  await expect(tom.locator("#targets > [role=status]")).toHaveText("Target 1 moved to place 2");
  for (const desk of [tom, ruth]) await expect(titles(desk)).toHaveText([b, a, c]);

  await card(2).locator(".grip").scrollIntoViewIfNeeded();
  const [from, to] = [await card(2).locator(".grip").boundingBox(), await card(1).locator("summary").boundingBox()];
  await tom.mouse.move(from.x + 20, from.y + 20);
  await tom.mouse.down();
  await tom.mouse.move(to.x + 20, to.y + 10, { steps: 4 });
  await tom.mouse.up();
  await expect(tom.locator("#targets > [role=status]")).toHaveText("Target 3 moved to place 2");
  for (const desk of [tom, ruth]) await expect(titles(desk)).toHaveText([b, c, a]);
  for (const desk of [tom, ruth]) expect(desk.problems).toEqual([]);
});

test("whoever types in a target keeps their place while somebody else moves it", async ({ browser, server }) => {
  const tom = await device(browser, server, PEOPLE.tom);
  const ruth = await device(browser, server, PEOPLE.ruth);
  for (const desk of [tom, ruth]) await open(desk, server, targets(server));
  const titles = (desk) => desk.locator("#targets .cards .called");
  const [a, b, c] = await titles(tom).allInnerTexts();
  const first = (desk) => desk.locator("#targets .cards > li").filter({ hasText: a });
  const box = first(ruth).locator('[data-path$="/strategy"]');
  await box.press("Control+End");
  await ruth.keyboard.type(" We began, ");
  const top = await box.evaluate((box) => box.getBoundingClientRect().top);
  await first(tom).getByRole("button", { name: "Move down" }).click();
  await expect(titles(tom)).toHaveText([b, a, c]);
  await typeIn(first(tom).locator('[data-path$="/why"]'), " Seen.");
  await expect(first(ruth).locator('[data-path$="/why"]')).toHaveValue(/ Seen\.$/);
  await ruth.keyboard.type("and go on.");
  await expect(box).toHaveValue(/ We began, and go on\.$/);
  expect(await box.evaluate((box) => box.getBoundingClientRect().top)).toBe(top);
  // Once she has left it, each row is where it is for everybody.
  await ruth.getByRole("heading", { level: 1 }).click();
  await expect(titles(ruth)).toHaveText([b, a, c]);
  for (const desk of [tom, ruth]) expect(desk.problems).toEqual([]);
});

test("targets that two people add apart keep one order, and each can still be moved", async ({ browser, server }) => {
  const tom = await device(browser, server, PEOPLE.tom);
  const ruth = await device(browser, server, PEOPLE.ruth);
  for (const desk of [tom, ruth]) await open(desk, server, targets(server));
  for (const desk of [tom, ruth]) await cut(desk);
  const cards = (desk) => desk.locator("#targets .cards > li");
  for (const [desk, words] of [[tom, "Tom’s target"], [ruth, "Ruth’s target"]]) {
    await desk.getByRole("button", { name: "Add a target" }).click();
    await typeIn(cards(desk).nth(3).locator('[data-path$="/what"]'), words);
  }
  for (const desk of [tom, ruth]) await restore(desk);
  for (const desk of [tom, ruth]) await savedToPlan(desk);
  for (const desk of [tom, ruth]) await expect(cards(desk)).toHaveCount(5);
  const titles = (desk) => desk.locator("#targets .cards .called");
  // Rows move for whoever is in none of them.
  for (const desk of [tom, ruth]) await desk.getByRole("heading", { level: 1 }).click();
  const order = await titles(tom).allInnerTexts();
  await expect(titles(ruth)).toHaveText(order);
  if (!(await cards(tom).nth(3).locator("details").evaluate((card) => card.open))) {
    await cards(tom).nth(3).locator("summary").click();
  }
  await cards(tom).nth(3).getByRole("button", { name: "Move down" }).click();
  const moved = [order[0], order[1], order[2], order[4], order[3]];
  for (const desk of [tom, ruth]) await expect(titles(desk)).toHaveText(moved);
  for (const desk of [tom, ruth]) expect(desk.problems).toEqual([]);
});
