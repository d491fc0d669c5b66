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

test("whoever writes a target isn't led away by the meeting, and no price is written there", async ({ browser, server }) => {
  const [ruth, tom] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.tom)];
  for (const page of [ruth, tom]) await open(page, server, meeting(server));
  await main(ruth).getByRole("button", { name: "We’re here" }).click();
  await tom.getByRole("button", { name: "Follow" }).click();
  await write(tom).click();
  await target(tom, "Asks for help");
  await ruth.getByRole("navigation", { name: "Agenda" }).getByRole("link", { name: "What we agreed" }).click();
  await main(ruth).getByRole("button", { name: "We’re here" }).click();
  await expect(tom.locator(".pointer")).toContainText("What we agreed");
  await cards(tom).last().locator('[data-path$="/what"]').pressSequentially(" in maths");
  await expect(cards(tom).last().locator(".called")).toHaveText("Asks for help in maths");
  expect(await found(tom)).toEqual([]);

  const spending = main(tom).locator(".meeting-part").filter({ has: tom.getByRole("heading", { level: 3 }).filter({ hasText: /Pupil Premium Plus/ }) });
  await expect(spending).toHaveCount(1);
  await expect(spending.getByRole("button", { name: /^Add an/ })).toHaveCount(0);
  expect([...ruth.problems, ...tom.problems]).toEqual([]);
});
