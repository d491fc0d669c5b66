// What a meeting decides on is written where it is talked about: tables too.
import { found } from "../axe.js";
import { PEOPLE, cut, device, expect, live, open, restore, savedToPlan, test, typeIn } from "../pep.js";

const meeting = (server) => `/plans/${server.plan("Amira")}/meeting#targets`;
const main = (page) => page.locator(".meeting-main");
const cards = (page) => main(page).locator("#targets .cards > li");
const add = (page) => main(page).getByRole("button", { name: "Add a target" });
const write = (page) => main(page).getByText("Write here").first();

async function target(page, words) {
  const before = await cards(page).count();
  await add(page).click();
  await expect(cards(page)).toHaveCount(before + 1);
  await typeIn(cards(page).last().locator('[data-path$="/what"]'), words);
}

test("two write targets in the meeting at once, one without a network, and everybody reads both", async ({ browser, server }) => {
  const [ruth, tom] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.tom)];
  for (const page of [ruth, tom]) {
    await open(page, server, meeting(server));
    await live(page);
    await write(page).click();
    await expect(add(page)).toBeEnabled();
  }
  const before = await cards(tom).count();
  await cut(ruth);
  await target(ruth, "Reads to the kittens");
  await target(tom, "Draws a map of the school");
  await expect(main(ruth).getByText("Draws a map of the school")).toHaveCount(0);
  await restore(ruth);
  for (const page of [ruth, tom]) {
    await savedToPlan(page);
    await expect(cards(page)).toHaveCount(before + 2);
    for (const words of ["Reads to the kittens", "Draws a map of the school"]) {
      await expect(cards(page).filter({ hasText: words })).toHaveCount(1);
    }
  }
  // It is the plan's own table.
  await open(tom, server, `/plans/${server.plan("Amira")}/targets`);
  await expect(tom.locator("#targets .cards > li").filter({ hasText: "Reads to the kittens" })).toHaveCount(1);
  expect([...ruth.problems, ...tom.problems]).toEqual([]);
});

test("whoever writes a target isn’t led away by the meeting, by its own buttons or by a drag", async ({ browser, server }) => {
  const [ruth, tom] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.tom)];
  for (const page of [ruth, tom]) await open(page, server, meeting(server));
  await main(ruth).getByRole("button", { name: "We’re here" }).click();
  await tom.getByRole("button", { name: "Follow" }).click();
  await write(tom).click();
  await expect(add(tom)).toBeEnabled();
  await target(tom, "Asks for help");
  await ruth.getByRole("navigation", { name: "Agenda" }).getByRole("link", { name: "What we agreed" }).click();
  await main(ruth).getByRole("button", { name: "We’re here" }).click();
  await expect(tom.locator(".pointer")).toContainText("What we agreed");
  await cards(tom).last().locator('[data-path$="/what"]').pressSequentially(" in maths");
  await expect(cards(tom).last().locator(".called")).toHaveText("Asks for help in maths");
  expect(await found(tom)).toEqual([]);

  const mine = () => cards(tom).filter({ hasText: "Asks for help in maths" });
  const place = () => mine().locator(".place").innerText().then(Number);
  const last = await place();
  await mine().getByRole("button", { name: "Move up" }).click();
  await expect.poll(place).toBe(last - 1);
  await expect(mine().getByRole("button", { name: "Move up" })).toBeFocused();
  // Closed, all of them are in sight.
  await mine().locator("summary").click();
  await mine().scrollIntoViewIfNeeded();
  const [grip, first] = [await mine().locator(".grip").boundingBox(), await cards(tom).first().locator("summary").boundingBox()];
  await tom.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await tom.mouse.down();
  await tom.mouse.move(first.x + 40, first.y + 10, { steps: 4 });
  await tom.mouse.up();
  await expect.poll(place).toBe(1);
  await mine().locator("summary").click();
  await mine().getByRole("button", { name: "Remove this target" }).click();
  await expect(main(tom).getByRole("button", { name: "Bring it back" })).toBeFocused();
  await tom.keyboard.press("Enter");
  await expect(mine().locator("summary")).toBeFocused();
  await savedToPlan(tom);
  expect([...ruth.problems, ...tom.problems]).toEqual([]);
});

test("no price is shown or written in the meeting, where somebody may look over", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, meeting(server));
  const shown = async (table) => {
    await ruth.evaluate(() => document.querySelectorAll(".write").forEach((more) => (more.open = true)));
    await main(ruth).locator(`#${table}`).getByRole("button", { name: /^Add / }).click();
    const columns = main(ruth).locator(`#${table} .cards > li`).last().locator("[data-path], fieldset");
    await expect(columns.first()).toBeVisible();
    return (await columns.evaluateAll((all) => all.map((one) => (one.dataset.path ?? one.id).split(/[/-]/).pop()))).join(" ");
  };
  expect(await shown("ideas")).not.toMatch(/about/);
  await expect(main(ruth).getByText("pounds")).toHaveCount(0);
  expect(await shown("review")).not.toMatch(/money/);
  await ruth.getByRole("navigation", { name: "Agenda" }).getByRole("link", { name: "Special educational needs" }).click();
  expect(await shown("provision")).not.toMatch(/cost/);
  await expect(main(ruth).getByText("pounds")).toHaveCount(0);
  expect(ruth.problems).toEqual([]);
});
