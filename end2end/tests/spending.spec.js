// What Pupil Premium Plus could pay for: written down by whoever thinks of it, with or
// without a connection, and asked for on the page of money.
import { PEOPLE, cut, device, expect, open, restore, savedToPlan, status, stored, test } from "../pep.js";

const spending = (server) => `/plans/${server.plan("Amira")}/spending`;
const money = (server) => `/plans/${server.plan("Amira")}/money`;
const cell = (desk, column) => desk.locator(`[data-path^="ideas/"][data-path$="/${column}"]`);
const add = (desk) => desk.getByRole("button", { name: "Add an idea" }).click();

test("two people write down an idea at once, one of them without a connection, and both are there", async ({
  browser,
  server,
}) => {
  const tom = await device(browser, server, PEOPLE.tom);
  const ruth = await device(browser, server, PEOPLE.ruth);
  for (const desk of [tom, ruth]) await open(desk, server, spending(server));
  await cut(tom);
  for (const [desk, words] of [[tom, "Swimming lessons"], [ruth, "A laptop of her own"]]) {
    await add(desk);
    await cell(desk, "what").fill(words);
  }
  await expect(status(tom)).toHaveText(/^Offline\. \d+ changes? waiting to send$/);
  await savedToPlan(ruth);
  await restore(tom);
  await savedToPlan(tom);
  for (const desk of [tom, ruth]) {
    await expect(desk.locator("#ideas .cards > li")).toHaveCount(2);
    const written = () => cell(desk, "what").evaluateAll((all) => all.map((box) => box.value).sort());
    await expect.poll(written).toEqual(["A laptop of her own", "Swimming lessons"]);
  }
  // It may speak of prices, so it isn't for a carer.
  const jo = await device(browser, server, PEOPLE.jo);
  await open(jo, server, spending(server));
  await expect(jo.locator("main")).toContainText("This part of the plan isn't yours");
  for (const desk of [tom, ruth]) expect(desk.problems).toEqual([]);
});

test("an idea is asked for once, and what became of it stands beside it", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, spending(server));
  await add(ruth);
  for (const [column, words] of [["what", "Swimming lessons"], ["about", "120"], ["how-we-will-know", "Swims 25 metres"]]) {
    await cell(ruth, column).fill(words);
    await cell(ruth, column).blur();
  }
  await savedToPlan(ruth);

  const idea = (desk) => desk.locator(".ideas .lines > li").filter({ hasText: "Swimming lessons" });
  await open(ruth, server, money(server));
  await expect(idea(ruth)).toContainText("About £120");
  const box = (id) => ruth.locator(`#grant-${id}`);
  const ask = idea(ruth).getByRole("button", { name: /^Ask for this ?: Swimming lessons$/ });
  // Words for something else stay, also those of another visit to the page.
  await expect(ask).toBeEnabled();
  await box("item").fill("A laptop");
  await expect.poll(async () => (await stored(ruth)).keys.some((key) => key.includes("half/grant"))).toBe(true);
  await ruth.reload();
  await ask.click();
  await expect(ruth.getByText("The form has words for something else.")).toBeVisible();
  await expect(box("item")).toHaveValue("A laptop");
  const empty = ruth.getByRole("button", { name: "Empty the form" });
  await expect(empty).toBeFocused();
  await empty.click();
  await expect(box("target")).toBeFocused();
  await ask.click();
  await expect(box("target")).toBeFocused();
  const filled = { item: "Swimming lessons", units: "1", cost: "120", expected: "Swims 25 metres" };
  for (const [id, words] of Object.entries(filled)) await expect(box(id)).toHaveValue(words);
  await box("target").selectOption({ index: 1 });
  await box("provider").fill("The pool");
  const [year, month, day] = new Date().toISOString().slice(0, 10).split("-");
  for (const end of ["starts", "ends"]) {
    for (const [part, number] of Object.entries({ day, month, year })) await box(`${end}-${part}`).fill(number);
  }
  await ruth.locator(".ask").getByRole("button", { name: "Ask for this", exact: true }).click();
  await expect(ruth.getByText("Asked for. The virtual school sees it now.")).toBeVisible();
  await expect(idea(ruth)).toContainText(/Asked for, \d+ \p{L}+: not decided yet/u);
  await expect(idea(ruth).getByRole("button")).toHaveCount(0);

  const helen = await device(browser, server, PEOPLE.helen);
  await open(helen, server, money(server));
  await helen.getByRole("button", { name: /^Agree/ }).click();
  for (const desk of [ruth, helen]) await expect(idea(desk)).toContainText(/Asked for, \d+ \p{L}+: agreed/u);

  // A carer sees what it pays for, and neither the ideas nor a price.
  const jo = await device(browser, server, PEOPLE.jo);
  await open(jo, server, money(server));
  await expect(jo.locator("main")).toContainText("Swimming lessons");
  await expect(jo.locator(".ideas")).toHaveCount(0);
  await expect(jo.locator("main")).not.toContainText("120");
  for (const desk of [ruth, helen, jo]) expect(desk.problems).toEqual([]);
});
