// A whole year: a child comes into care on 14 December 2026; a first plan, a spring plan
// with a move of school before it, a summer plan; each agreed, locked and carried over.
// The server's clock is the test's.
import { test as base } from "@playwright/test";
import { Server, closeMeeting, device, expect, open, savedToPlan, scoreAll } from "../pep.js";
import { teachers, workers } from "../whole-plan.js";
import { write } from "../writer.js";

const test = base.extend({
  server: async ({}, use) => {
    const server = await Server.empty("2026-12-14T09:00");
    await use(server);
    await server.stop();
  },
});

const WHO = {
  nora: "nora@fictional.example", // designated teacher, until the move of school
  ivan: "ivan@birch.example", // designated teacher after it
  dan: "dan@county.example", // social worker
  sam: "sam@carers.example", // carer
  head: "head@county.example", // virtual school
};

const only = (server, query) => Object.values(server.sql(query)[0])[0];
const latest = (server) => only(server, "select id from plan order by number desc limit 1");

async function fill(server, plan, email, parts) {
  for (const [section, said] of Object.entries(parts)) await write(server, email, `${plan}/${section}`, said);
}

async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).click();
}

// The page goes on once the server has closed it: whoever leaves before may take it back.
async function meetingClosed(page) {
  await closeMeeting(page);
  await expect(page.getByText("Close the meeting …")).toHaveCount(0);
}

// From an open plan that is full to an agreed one.
async function agree(server, plan, teacher, worker, head) {
  await open(teacher, server, `/plans/${plan}`);
  await press(teacher, "Open the meeting");
  await meetingClosed(teacher);
  for (const [page, signed] of [[teacher, "Signed by the designated teacher"], [worker, "With the virtual school"]]) {
    await open(page, server, `/plans/${plan}/agree`);
    await press(page, "Sign the plan");
    await expect(page.getByRole("heading", { name: signed })).toBeVisible();
  }
  await open(head, server, `/plans/${plan}/agree`);
  await scoreAll(head, plan);
  await press(head, "Agree the plan");
  await expect(head.getByRole("heading", { name: "Agreed", exact: true })).toBeVisible();
}

test("a year of plans, from the first day in care", async ({ browser, server }) => {
  test.setTimeout(300_000);
  for (const [name, email] of Object.entries(WHO)) server.add(email, `${name[0].toUpperCase()}${name.slice(1)} Fable`);
  const child = server
    .run("child", "add", "--name", "Robin", "--full-name", "Robin Made-Up", "--born", "2014-06-02", "--school", "Fictional Road School", "--year-group", "Year 7")
    .trim();
  const join = (email, role, since, ...until) =>
    server.run("user", "join", "--email", email, "--child", child, "--role", role, "--since", since, ...until);
  join(WHO.nora, "designated-teacher", "2026-12-14");
  join(WHO.dan, "social-worker", "2026-12-14");
  join(WHO.sam, "carer", "2026-12-14");
  join(WHO.head, "virtual-school", "2026-12-14");
  server.run("plan", "add", "--child", child, "--year", "2026", "--term", "autumn");
  const first = latest(server);

  // The first plan says by when it has to be there, and says it to no carer.
  await write(server, WHO.dan, `${first}/care-details`, { facts: { "into-care": "2026-12-14" } });
  const dan = await device(browser, server, WHO.dan);
  const sam = await device(browser, server, WHO.sam);
  await open(dan, server, `/plans/${first}`);
  await expect(dan.getByText(/Wednesday 30 December 2026/)).toBeVisible();
  await expect(dan.getByText(/Thursday 14 January 2027/)).toBeVisible();
  await open(sam, server, `/plans/${first}`);
  await expect(sam.getByRole("heading", { name: "Robin’s plan" })).toBeVisible();
  await expect(sam.getByText(/30 December/)).toHaveCount(0);

  // 12 January: within 20 working days it is agreed.
  server.at("2027-01-12T10:00");
  const nora = await device(browser, server, WHO.nora);
  const head = await device(browser, server, WHO.head);
  await dan.context().close();
  const worker = await device(browser, server, WHO.dan);
  await fill(server, first, WHO.nora, teachers("2027-01-12"));
  await fill(server, first, WHO.dan, workers("2027-01-12", { intoCare: "2026-12-14" }));
  await agree(server, first, nora, worker, head);
  const spring = latest(server);
  expect(server.sql(`select year, term, state, number from plan where id = '${spring}'`)).toEqual([
    { year: 2026, term: "spring", state: "drafting", number: 2 },
  ]);

  // A move of school: the old school's teacher is out, the new one's in, and the agreed
  // plan still says where he was.
  server.at("2027-02-01T09:00");
  server.run("child", "change", "--child", child, "--school", "Birch Lane School");
  server.run("user", "leave", "--email", WHO.nora, "--child", child, "--until", "2027-01-31");
  join(WHO.ivan, "designated-teacher", "2027-02-01");
  const ivan = await device(browser, server, WHO.ivan);
  await open(nora, server, `/plans/${spring}`);
  await expect(nora.getByRole("heading", { name: /Robin/ })).toHaveCount(0);
  await open(ivan, server, `/plans/${first}`);
  await expect(ivan.getByText("Your part is done").or(ivan.getByText("Agreed")).first()).toBeVisible();
  expect(only(server, `select school_name from plan where id = '${first}'`)).toBe("Fictional Road School");

  // What the first plan said waits to be confirmed in the second.
  const second = await device(browser, server, WHO.dan);
  await open(second, server, `/plans/${spring}/about-me`);
  await second.getByRole("button", { name: "All of them are still right" }).click();
  await expect(second.locator('[data-path="legal-name"]')).toHaveValue("Robin Made-Up");
  await savedToPlan(second);
  await open(ivan, server, `/plans/${spring}/targets`);
  await ivan.getByRole("button", { name: "Look back on these" }).click();
  await savedToPlan(ivan);
  await expect(ivan.locator('[data-path^="review/"][data-path$="/what"]')).toHaveCount(3);

  // Before last time's targets have an outcome the plan can't be signed.
  server.at("2027-03-10T10:00");
  const march = { school: "Birch Lane School" };
  const parts = teachers("2027-03-10", march);
  await fill(server, spring, WHO.ivan, parts);
  await fill(server, spring, WHO.dan, workers("2027-03-10", { intoCare: "2026-12-14" }));
  const ivanInMarch = await device(browser, server, WHO.ivan);
  await open(ivanInMarch, server, `/plans/${spring}`);
  await press(ivanInMarch, "Open the meeting");
  await meetingClosed(ivanInMarch);
  await open(ivanInMarch, server, `/plans/${spring}/agree`);
  await expect(ivanInMarch.getByText(/3 of last time’s targets|3 of last time's targets/)).toBeVisible();
  await open(ivanInMarch, server, `/plans/${spring}/targets`);
  for (const row of await ivanInMarch.locator('[data-path^="review/"][data-path$="/what"]').all()) {
    const card = row.locator("xpath=ancestor::li[1]");
    if (!(await row.isVisible())) await card.locator("summary").first().click();
    await card.getByLabel("Met", { exact: true }).check();
  }
  await savedToPlan(ivanInMarch);
  const inMarch = { dan: await device(browser, server, WHO.dan), head: await device(browser, server, WHO.head) };
  await open(ivanInMarch, server, `/plans/${spring}/agree`);
  await press(ivanInMarch, "Sign the plan");
  await expect(ivanInMarch.getByRole("heading", { name: "Signed by the designated teacher" })).toBeVisible();
  await open(inMarch.dan, server, `/plans/${spring}/agree`);
  await press(inMarch.dan, "Sign the plan");
  await expect(inMarch.dan.getByRole("heading", { name: "With the virtual school" })).toBeVisible();
  await open(inMarch.head, server, `/plans/${spring}/agree`);
  await scoreAll(inMarch.head, spring);
  await press(inMarch.head, "Agree the plan");
  await expect(inMarch.head.getByRole("heading", { name: "Agreed", exact: true })).toBeVisible();

  // Summer, and then the autumn of another school year.
  server.at("2027-06-14T10:00");
  const summer = latest(server);
  expect(summer).not.toBe(spring);
  const inJune = {
    ivan: await device(browser, server, WHO.ivan),
    dan: await device(browser, server, WHO.dan),
    head: await device(browser, server, WHO.head),
  };
  await fill(server, summer, WHO.ivan, teachers("2027-06-14", { ...march, earlier: 3 }));
  await fill(server, summer, WHO.dan, workers("2027-06-14", { intoCare: "2026-12-14" }));
  await agree(server, summer, inJune.ivan, inJune.dan, inJune.head);
  expect(server.sql("select number, year, term, state from plan order by number")).toEqual([
    { number: 1, year: 2026, term: "autumn", state: "agreed" },
    { number: 2, year: 2026, term: "spring", state: "agreed" },
    { number: 3, year: 2026, term: "summer", state: "agreed" },
    { number: 4, year: 2027, term: "autumn", state: "drafting" },
  ]);

  // What was agreed stays as it is.
  await expect(write(server, WHO.dan, `${first}/about-me`, { texts: { clubs: "Too late." } })).rejects.toThrow(/agreed/);
  expect(only(server, `select count(*) as many from late_edit where plan_id = '${first}'`)).toBe(1);
});
