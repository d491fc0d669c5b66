// Where the meeting is, when two say it at once.
import { PEOPLE, cut, device, expect, open, restore, test } from "../pep.js";

const agenda = (page, name) => page.getByRole("navigation", { name: "Agenda" }).getByRole("link", { name });
const here = (page) => page.locator(".meeting-main").getByRole("button", { name: "We’re here" });
// What the line says, without who moved it and from where one looks.
const meeting = async (page) => (await page.locator(".pointer p").innerText()).split(": ")[1];

test("two who say at once where the meeting is agree in the end, and so does everybody", async ({ browser, server }) => {
  const [ruth, tom, jo] = await Promise.all([PEOPLE.ruth, PEOPLE.tom, PEOPLE.jo].map((who) => device(browser, server, who)));
  for (const page of [ruth, tom, jo]) await open(page, server, `/plans/${server.plan("Amira")}/meeting`);
  const places = new Map([[ruth, "Attendance and punctuality"], [tom, "Special educational needs"]]);
  for (const page of places.keys()) await cut(page);
  for (const [page, place] of places) {
    await agenda(page, place).click();
    await here(page).click();
    await expect(page.locator(".pointer")).toContainText(`You moved the meeting here: ${place}`);
  }
  for (const page of places.keys()) await restore(page);
  await expect.poll(async () => new Set(await Promise.all([ruth, tom, jo].map(meeting))).size).toBe(1);
  expect([...places.values()]).toContain(await meeting(jo));
  // Of the two, one leads now; the other's own word is taken back.
  await expect.poll(async () => (await here(ruth).getAttribute("aria-pressed")) !== (await here(tom).getAttribute("aria-pressed"))).toBe(true);
  expect([...ruth.problems, ...tom.problems, ...jo.problems]).toEqual([]);
});
