// What Pep works out: by when a plan has to be there, for those who may know
// when the child came into care; and what the register's numbers say.
import { PEOPLE, device, expect, open, savedToPlan, test } from "../pep.js";

test("a first plan says by when it has to be there, but not to who may not know why", async ({ browser, server }) => {
  const due = /This first plan (has to be (begun|ready)|was due) .*\d{4}\.$/;
  const gwen = await device(browser, server, PEOPLE.gwen);
  await open(gwen, server, `/plans/${server.plan("Alfie")}`);
  await expect(gwen.locator(".meeting").getByText(due)).toBeVisible();

  const carol = await device(browser, server, PEOPLE.carol);
  await open(carol, server, `/plans/${server.plan("Alfie")}`);
  await expect(carol.locator(".meeting")).toBeVisible();
  await expect(carol.getByText(due)).toHaveCount(0);
  expect(await carol.content()).not.toContain("This first plan");

  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Amira")}`);
  await expect(ruth.locator(".meeting")).toBeVisible();
  await expect(ruth.getByText(due)).toHaveCount(0);
});

test("the register's numbers say what they mean while they are typed, and on paper", async ({ browser, server }) => {
  const plan = `/plans/${server.plan("Amira")}`;
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `${plan}/attendance`);
  const number = (path) => ruth.locator(`[data-path="${path}"]`);
  for (const [path, sessions] of [["possible", "120"], ["attended", "108"], ["authorised", "10"], ["unauthorised", "1"]]) {
    await number(path).fill(sessions);
    await number(path).blur();
  }
  const persistent = "This term: 90.0% of sessions attended, 12 missed. A tenth or more missed is called persistent absence.";
  const sums = "Attended, authorised and unauthorised make 119, not the 120 that were possible. Check them.";
  await expect(ruth.getByText(persistent)).toBeVisible();
  await expect(ruth.getByText(sums)).toBeVisible();
  await number("unauthorised").fill("2");
  await number("unauthorised").blur();
  await expect(ruth.getByText(sums)).toHaveCount(0);
  await savedToPlan(ruth);
  await ruth.goto(`${server.url}${plan}/print`);
  await expect(ruth.getByText(persistent)).toBeVisible();
});

test("attendance says how it differs from the last plan's while it is typed", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Yonas")}/attendance`);
  await expect(ruth.getByText("7.9 percentage points better than in the last plan: 90.3% then, 98.2% now.")).toBeVisible();
  const attended = ruth.locator('[data-path="attended"]');
  await attended.fill("90");
  await attended.blur();
  await expect(ruth.getByText("10.0 percentage points worse than in the last plan: 90.3% then, 80.3% now.")).toBeVisible();
});

test("a meeting on a day off is asked about, and set where it is meant", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Amira")}`);
  const year = new Date().getFullYear() + 1;
  await ruth.getByRole("button", { name: "Change the day or the place" }).click();
  const form = ruth.locator(".meeting form");
  for (const [part, number] of [["day", "25"], ["month", "12"], ["year", String(year)]]) {
    await form.locator(`#meeting-day-${part}`).fill(number);
  }
  await form.getByLabel("Time").fill("13:30");
  await form.getByRole("button", { name: "Save and invite the team" }).click();
  await expect(form.getByText(/is Christmas Day\. Choose a school day, or say that this day is meant\./)).toBeVisible();
  await expect(ruth.locator(".meeting p.day")).not.toContainText("25 December");
  await form.getByRole("button", { name: "We mean this day: save and invite" }).click();
  await expect(ruth.locator(".meeting p.day")).toContainText(`25 December ${year}`);
});
