// The meeting: one agenda, everybody's own device, and one screen that all of them see.
import { PEOPLE, cut, device, expect, live, open, restore, savedToPlan, status, stored, test } from "../pep.js";
import { write } from "../writer.js";

const meeting = (server, child) => `/plans/${server.plan(child)}/meeting`;
const main = (page) => page.locator(".meeting-main");
const agenda = (page, name) => page.getByRole("navigation", { name: "Agenda" }).getByRole("link", { name });

async function promise(page, what, who, day) {
  await page.getByLabel("What", { exact: true }).fill(what);
  await page.getByLabel("Who", { exact: true }).fill(who);
  await page.getByLabel("By when", { exact: true }).fill(day);
  // Nothing is sent before the plan's actions are open.
  await expect(page.locator(".actions button[type=submit]")).toBeEnabled();
  await page.getByLabel("By when", { exact: true }).press("Enter");
}

test("a promise made without a network arrives, and the wrap-up says it", async ({ browser, server }) => {
  const [ruth, jo] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.jo)];
  for (const page of [ruth, jo]) await open(page, server, meeting(server, "Amira"));
  await expect(main(ruth).getByRole("heading", { level: 2, name: "What Amira says" })).toBeVisible();

  await cut(ruth);
  await promise(ruth, "Show Amira the art room at lunch", "Ruth Osei", "12 March");
  await expect(ruth.getByText("Added: Show Amira the art room at lunch. Ruth Osei, by Friday 12 March", { exact: false })).toBeVisible();
  await expect(ruth.getByLabel("What", { exact: true })).toBeFocused();
  await expect(status(ruth)).toContainText("Offline. 4 changes waiting");
  await expect(jo.getByText("Show Amira the art room at lunch")).toHaveCount(0);
  await restore(ruth);
  await savedToPlan(ruth);

  await agenda(jo, "What we agreed").click();
  const done = main(jo).locator("section", { hasText: "Who does what, by when" });
  await expect(done.getByText("Show Amira the art room at lunch")).toBeVisible();
  await expect(done.getByText(/Ruth Osei, by 12 March/)).toBeVisible();
  expect([...ruth.problems, ...jo.problems]).toEqual([]);
});

test("a promise said in one breath is taken apart", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, meeting(server, "Amira"));
  await expect(ruth.getByRole("button", { name: "Add", exact: true })).toBeEnabled();
  await ruth.getByLabel("What", { exact: true }).fill("Tom to ring the clinic by 12 March");
  await ruth.getByLabel("What", { exact: true }).press("Enter");
  await expect(ruth.getByText(/^Added: Ring the clinic\. Tom Nowak, by Friday 12 March/)).toBeVisible();
  await savedToPlan(ruth);
  expect(ruth.problems).toEqual([]);
});

test("a promise is put right, removed and brought back in the meeting, and nobody's words go", async ({ browser, server }) => {
  const [ruth, tom] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.tom)];
  for (const page of [ruth, tom]) await open(page, server, meeting(server, "Amira"));
  await promise(ruth, "Ring the clinik", "Tom Nowak", "12 March");
  const line = (page, words) => page.locator(".actions .told-rows > li").filter({ hasText: words });
  await expect(line(tom, "Ring the clinik")).toContainText("Tom Nowak, by 12 March");

  await line(ruth, "Ring the clinik").getByRole("button", { name: "Change" }).click();
  const what = ruth.getByLabel("What", { exact: true });
  await expect(what).toBeFocused();
  await expect(what).toHaveValue("Ring the clinik");
  await what.fill("Ring the clinic");
  // Nothing else comes into the boxes over what is half typed there.
  await line(ruth, "Ring the clinik").getByRole("button", { name: "Change" }).click();
  await expect(what).toHaveValue("Ring the clinic");
  await expect(ruth.getByText("Add or save first what is in the boxes")).toBeVisible();
  await ruth.getByRole("button", { name: "Save", exact: true }).click();
  await expect(ruth.getByText(/^Changed: Ring the clinic\. Tom Nowak, by Friday 12 March/)).toBeVisible();
  await expect(what).toHaveValue("");
  await expect(ruth.getByRole("button", { name: "Add", exact: true })).toBeVisible();
  await expect(line(tom, "Ring the clinic")).toContainText("Tom Nowak, by 12 March");
  await expect(line(tom, "Ring the clinik")).toHaveCount(0);

  await line(ruth, "Ring the clinic").getByRole("button", { name: "Remove" }).click();
  await expect(line(tom, "Ring the clinic")).toHaveCount(0);
  const back = ruth.getByRole("button", { name: "Bring it back" });
  await expect(back).toBeFocused();
  await back.press("Enter");
  await expect(line(tom, "Ring the clinic")).toContainText("Tom Nowak, by 12 March");
  await expect(line(ruth, "Ring the clinic").getByRole("button", { name: "Change" })).toBeFocused();
  await savedToPlan(ruth);
  expect([...ruth.problems, ...tom.problems]).toEqual([]);
});

test("two put the same promise right at once, one over a reload, and it is removed meanwhile", async ({ browser, server }) => {
  const [ruth, tom] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.tom)];
  for (const page of [ruth, tom]) await open(page, server, meeting(server, "Amira"));
  await promise(ruth, "Ring the clinik", "Tom Nowak", "12 March");
  const lines = (page) => page.locator(".actions .told-rows > li").filter({ hasText: "Ring the clini" });
  const change = (page) => lines(page).getByRole("button", { name: "Change" }).click();
  const what = (page) => page.getByLabel("What", { exact: true });
  const save = (page) => page.getByRole("button", { name: "Save", exact: true });
  await expect(lines(tom)).toHaveCount(1);

  await change(ruth);
  await what(ruth).fill("Ring the clinic");
  await change(tom);
  await what(tom).fill("Ring the clinik before noon");
  await save(tom).click();
  await expect(lines(ruth)).toContainText("before noon");
  await save(ruth).click();
  for (const page of [ruth, tom]) await expect(lines(page).locator(".words")).toHaveText("Ring the clinic before noon");

  // What somebody else writes takes the focus from no button.
  const button = lines(ruth).getByRole("button", { name: "Remove" });
  await button.focus();
  await change(tom);
  await what(tom).fill("Ring the clinic before two");
  await save(tom).click();
  await expect(lines(ruth).locator(".words")).toHaveText("Ring the clinic before two");
  await expect(button).toBeFocused();
  await expect(button).toHaveAccessibleName(/^Remove ?: Ring the clinic before two$/);

  await change(ruth);
  await what(ruth).press("End");
  await what(ruth).pressSequentially(" on Monday");
  await expect.poll(async () => (await stored(ruth)).keys.some((key) => key.includes("half/action/"))).toBe(true);
  await open(ruth, server, meeting(server, "Amira"));
  await expect(what(ruth)).toHaveValue("Ring the clinic before two on Monday");
  await expect(save(ruth)).toBeVisible();
  await lines(tom).getByRole("button", { name: "Remove" }).click();
  await expect(lines(ruth)).toHaveCount(0);
  await save(ruth).click();
  await expect(ruth.getByText(/^It was removed, and is back: Ring the clinic before two on Monday\. Tom Nowak/)).toBeVisible();
  for (const page of [ruth, tom]) await expect(lines(page).locator(".words")).toHaveText("Ring the clinic before two on Monday");
  await savedToPlan(ruth);
  await open(ruth, server, meeting(server, "Amira"));
  await expect(lines(ruth)).toHaveCount(1);
  await expect(what(ruth)).toHaveValue("");
  expect([...ruth.problems, ...tom.problems]).toEqual([]);
});

test("the wrap-up says what is still missing, with the way to it, and no longer once it is written", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const progress = `${server.plan("Amira")}/progress`;
  await open(ruth, server, meeting(server, "Amira"));
  await agenda(ruth, "What we agreed").click();
  const lacks = main(ruth).locator(".lacks");
  const strengths = lacks.locator('a[href$="/progress#strengths"]');
  await expect(lacks.locator("summary")).toHaveText(/^(Nothing, as far as you can read the plan|\d+ things?, to be written after the meeting)$/);
  await expect(strengths).toHaveCount(0);
  await write(server, PEOPLE.ruth, progress, { texts: { strengths: "" } });
  await expect(strengths).toHaveCount(1);
  await expect(lacks.locator("summary")).toHaveText(/^\d+ things?, to be written after the meeting$/);
  await lacks.locator("summary").click();
  await expect(lacks.getByRole("heading", { level: 4 }).filter({ hasText: "Progress in subjects" })).toHaveText(/, designated teacher$/);
  await strengths.click();
  await ruth.waitForURL((url) => url.hash === "#strengths");
  const box = ruth.locator('[data-path="strengths"]');
  await expect(box).toHaveValue("");
  await live(ruth);
  await box.pressSequentially("Counts the stairs.");
  await savedToPlan(ruth);
  await open(ruth, server, meeting(server, "Amira"));
  await agenda(ruth, "What we agreed").click();
  await expect(lacks.locator("summary")).toBeVisible();
  await expect(strengths).toHaveCount(0);
  expect(ruth.problems).toEqual([]);
});

test("what is written in one item stays there when the meeting goes on to the next", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, meeting(server, "Amira"));
  const boxes = async () => {
    await ruth.evaluate(() => document.querySelectorAll(".write").forEach((more) => (more.open = true)));
    return ruth.locator(".meeting-main [data-path]:not(.table *)").evaluateAll((all) => all.map((one) => [one.dataset.path, one.value]));
  };
  const before = {};
  for (const item of ["Attendance and punctuality", "Feelings and friendships", "Learning and progress"]) {
    await agenda(ruth, item).click();
    await expect(main(ruth).getByRole("heading", { level: 2, name: item })).toBeVisible();
    before[item] = await boxes();
    expect(before[item].length, item).toBeGreaterThan(0);
  }
  for (const box of await ruth.locator(".meeting-main textarea[data-path]:not(.table *)").all()) await box.pressSequentially("Counts the stairs. ");
  await savedToPlan(ruth);
  for (const item of ["Attendance and punctuality", "Feelings and friendships"]) {
    await main(ruth).getByRole("link", { name: `Next: ${item}` }).click();
    await expect(main(ruth).getByRole("heading", { level: 2, name: item })).toBeVisible();
    expect(await boxes(), item).toEqual(before[item]);
  }
  expect(ruth.problems).toEqual([]);
});

test("what is no day, or no promise, is said beside the line and nothing is lost", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, meeting(server, "Amira"));
  await promise(ruth, "Ring the clinic", "Tom Nowak", "soon");
  await expect(ruth.locator("#action-problem")).toHaveText(/Say a day/);
  await expect(ruth.getByLabel("By when", { exact: true })).toBeFocused();
  await expect(ruth.getByLabel("What", { exact: true })).toHaveValue("Ring the clinic");
  expect(ruth.problems).toEqual([]);
});

test("who came is marked by a press, and everybody sees it", async ({ browser, server }) => {
  const [ruth, jo] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.jo)];
  for (const page of [ruth, jo]) await open(page, server, meeting(server, "Amira"));
  const order = () => ruth.locator(".attending .who b").allInnerTexts();
  const before = await order();
  await ruth.getByRole("button", { name: /^Came ?: Tom Nowak$/ }).click();
  await expect(ruth.getByRole("button", { name: /^Came ?: Tom Nowak$/ })).toHaveAttribute("aria-pressed", "true");
  expect(await order(), "nobody moves from under the finger").toEqual(before);
  await ruth.getByRole("button", { name: /^Apologies ?: Helen Castell$/ }).click();
  await ruth.getByText("Someone else").click();
  await ruth.getByLabel("Name", { exact: true }).fill("Mr Lindqvist");
  await ruth.getByLabel("Who they are to the child").fill("Trusted adult");
  await ruth.getByLabel("Who they are to the child").press("Enter");
  const shown = jo.locator(".attending li");
  await expect(shown.filter({ hasText: "Tom Nowak" })).toContainText("Came");
  await expect(shown.filter({ hasText: "Helen Castell" })).toContainText("Sent apologies");
  await expect(shown.filter({ hasText: "Mr Lindqvist" })).toContainText("Came");
  await expect(jo.locator(".attending")).toContainText("2 came, 1 sent apologies");
  await expect(jo.getByRole("button", { name: /^Came/ })).toHaveCount(0);

  // Pressed again it is taken back.
  await ruth.getByRole("button", { name: /^Came ?: Tom Nowak$/ }).click();
  await expect(jo.locator(".attending")).toContainText("1 came, 1 sent apologies");
  expect([...ruth.problems, ...jo.problems]).toEqual([]);
});

test("what is written in the meeting shows on the others' devices, and each sees what is theirs", async ({ browser, server }) => {
  const [ruth, jo] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.jo)];
  for (const page of [ruth, jo]) await open(page, server, `${meeting(server, "Amira")}#attendance`);
  await expect(main(jo).getByRole("heading", { level: 2, name: "Attendance and punctuality" })).toBeVisible();
  await main(ruth).getByText("Write here").first().click();
  const plan = main(ruth).locator('[data-path="plan"]');
  await plan.press("Control+End");
  await plan.pressSequentially(" Mr Lindqvist meets her at the gate.");
  await expect(main(jo).getByText("Mr Lindqvist meets her at the gate.", { exact: false })).toBeVisible();
  await expect(main(jo).getByText("Write here")).toHaveCount(0);
  // The address keeps the place.
  await jo.reload();
  await expect(main(jo).getByRole("heading", { level: 2, name: "Attendance and punctuality" })).toBeVisible();
  expect([...ruth.problems, ...jo.problems]).toEqual([]);
});

test("whoever leads points, and who follows goes along", async ({ browser, server }) => {
  const [ruth, jo] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.jo)];
  for (const page of [ruth, jo]) await open(page, server, meeting(server, "Amira"));
  await expect(jo.getByRole("button", { name: "We’re here" })).toHaveCount(0);
  await agenda(ruth, "Attendance and punctuality").click();
  await main(ruth).getByRole("button", { name: "We’re here" }).click();
  await expect(jo.locator(".pointer")).toContainText("Ruth Osei moved the meeting to: Attendance and punctuality");
  // Nobody is moved who didn't ask for it.
  await expect(main(jo).getByRole("heading", { level: 2, name: "What Amira says" })).toBeVisible();
  await jo.getByRole("button", { name: "Follow" }).click();
  await expect(main(jo).getByRole("heading", { level: 2, name: "Attendance and punctuality" })).toBeVisible();
  await agenda(ruth, "Special educational needs").click();
  await main(ruth).getByRole("button", { name: "We’re here" }).click();
  await expect(main(jo).getByRole("heading", { level: 2, name: "Special educational needs" })).toBeVisible();
  // Who goes elsewhere by themselves isn't fetched back.
  await agenda(jo, "What Amira says").click();
  await expect(jo.getByRole("button", { name: "Follow", exact: true })).toBeVisible();
  await agenda(ruth, "Targets and actions").click();
  await main(ruth).getByRole("button", { name: "We’re here" }).click();
  await expect(jo.locator(".pointer")).toContainText("Ruth Osei moved the meeting to: Targets and actions");
  await expect(main(jo).getByRole("heading", { level: 2, name: "What Amira says" })).toBeVisible();
  // Nor does the way to somebody lead out of the meeting.
  await agenda(ruth, "Attendance and punctuality").click();
  await expect(main(ruth).getByRole("heading", { level: 2, name: "Attendance and punctuality" })).toBeVisible();
  await main(ruth).getByText("Write here").first().click();
  await main(ruth).locator('[data-path="plan"]').press("Control+End");
  await jo.locator(".here > summary").click();
  await expect(jo.locator(".here").getByText(/Attendance/)).toBeVisible();
  await jo.getByRole("link", { name: "Go to where Ruth Osei is" }).click();
  await expect(main(jo).getByRole("heading", { level: 2, name: "Attendance and punctuality" })).toBeVisible();
  expect(new URL(jo.url()).pathname).toBe(meeting(server, "Amira"));
  expect([...ruth.problems, ...jo.problems]).toEqual([]);
});

test("who follows is led away from no word, and the way past the head leads to no item", async ({ browser, server }) => {
  const [ruth, jo] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.jo)];
  for (const page of [ruth, jo]) await open(page, server, meeting(server, "Amira"));
  const at = (page, name) => expect(main(page).getByRole("heading", { level: 2, name })).toBeVisible();
  await agenda(ruth, "Attendance and punctuality").click();
  await main(ruth).getByRole("button", { name: "We’re here" }).click();
  await jo.getByRole("button", { name: "Follow" }).click();
  await at(jo, "Attendance and punctuality");
  const what = jo.getByLabel("What", { exact: true });
  await what.pressSequentially("Ring the ");
  await agenda(ruth, "Special educational needs").click();
  await main(ruth).getByRole("button", { name: "We’re here" }).click();
  await expect(jo.locator(".pointer")).toContainText("Ruth Osei moved the meeting to: Special educational needs");
  await jo.keyboard.type("clinic");
  await expect(what).toHaveValue("Ring the clinic");
  // Nor from between two boxes.
  const who = jo.getByLabel("Who", { exact: true });
  await what.press("Tab");
  await jo.keyboard.type("Jo");
  await expect(who).toHaveValue("Jo");
  await at(jo, "Attendance and punctuality");
  await who.blur();
  await at(jo, "Special educational needs");

  const skip = ruth.getByRole("link", { name: "Skip to the page" });
  await skip.focus();
  await skip.press("Enter");
  await ruth.waitForURL((url) => url.hash === "#main");
  await at(ruth, "Special educational needs");
  await agenda(ruth, "What we agreed").click();
  await at(ruth, "What we agreed");
  // Who stays is shown the way.
  await what.focus();
  await main(ruth).getByRole("button", { name: "We’re here" }).click();
  await jo.getByRole("button", { name: "Go there" }).click();
  await at(jo, "What we agreed");
  expect([...ruth.problems, ...jo.problems]).toEqual([]);
});

test("the meeting stays where it is while whoever pointed there looks at a part of the plan", async ({ browser, server }) => {
  const [ruth, jo, tom] = [PEOPLE.ruth, PEOPLE.jo, PEOPLE.tom].map((who) => device(browser, server, who));
  for (const page of [await ruth, await jo]) await open(page, server, meeting(server, "Amira"));
  await agenda(await ruth, "Targets and actions").click();
  await main(await ruth).getByRole("button", { name: "We’re here" }).click();
  const says = (page) => expect(page.locator(".pointer")).toContainText("Ruth Osei moved the meeting to: Targets and actions");
  await says(await jo);
  await open(await ruth, server, `/plans/${server.plan("Amira")}/targets`);
  await expect((await jo).locator(".here > summary")).not.toContainText("in The meeting");
  await says(await jo);
  // Whoever comes later is told as well, and whoever points then leads.
  await open(await tom, server, meeting(server, "Amira"));
  await says(await tom);
  await agenda(await tom, "Attendance and punctuality").click();
  await main(await tom).getByRole("button", { name: "We’re here" }).click();
  await expect((await jo).locator(".pointer")).toContainText("Tom Nowak moved the meeting to: Attendance and punctuality");
  for (const page of [await ruth, await jo, await tom]) expect(page.problems).toEqual([]);
});

test("the big screen goes where its own person points, on another device", async ({ browser, server }) => {
  const [ruth, screen] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.ruth)];
  await open(ruth, server, meeting(server, "Amira"));
  await open(screen, server, `${meeting(server, "Amira")}/screen`);
  for (const item of ["Attendance and punctuality", "Targets and actions"]) {
    await agenda(ruth, item).click();
    await main(ruth).getByRole("button", { name: "We’re here" }).click();
    await expect(screen.locator("main").getByRole("heading", { level: 2, name: item })).toBeVisible();
  }
  expect([...ruth.problems, ...screen.problems]).toEqual([]);
});

test("the big screen follows the meeting and has only what is for everybody", async ({ browser, server }) => {
  const plan = server.plan("Amira");
  const tom = await device(browser, server, PEOPLE.tom);
  await open(tom, server, `${meeting(server, "Amira")}`);
  await tom.getByRole("link", { name: "Show on the big screen" }).click();
  await tom.waitForURL("**/meeting/screen");
  const screen = tom.locator("main");
  await expect(screen.getByRole("heading", { level: 2, name: "What Amira says" })).toBeVisible();
  await agenda(tom, "Feelings and friendships").click();
  await expect(screen.getByText("on the devices of those who may read it", { exact: false })).toBeVisible();
  await agenda(tom, "What we agreed").click();
  await write(server, PEOPLE.ruth, `${plan}/meeting-record`, { texts: { agreed: "Lunch in the art room, three days a week." } });
  await expect(screen.getByText("Lunch in the art room, three days a week.")).toBeVisible();
  expect(tom.problems).toEqual([]);
});

test("the meeting's time is told once it is open, and nothing counts down", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Amira")}`);
  await ruth.getByRole("button", { name: "Open the meeting" }).click();
  await ruth.getByRole("link", { name: "Go to the meeting" }).click();
  await ruth.waitForURL("**/meeting");
  await expect(ruth.locator(".so-far")).toHaveText(/^(Just begun|\d+ minutes? so far), 40 planned$/);
  expect(ruth.problems).toEqual([]);
});

test("a promise that nobody added yet is there when the page comes again, and told of before it is lost", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const meeting = `/plans/${server.plan("Amira")}/meeting`;
  await open(ruth, server, meeting);
  await ruth.locator("#action-what").pressSequentially("Ring the art");
  await ruth.locator("#action-who").pressSequentially("Tom");
  await expect.poll(async () => (await stored(ruth)).keys.some((key) => key.includes("half/action"))).toBe(true);
  await open(ruth, server, meeting);
  await expect(ruth.locator("#action-what")).toHaveValue("Ring the art");
  await expect(ruth.locator("#action-who")).toHaveValue("Tom");
  // Nothing sends it: whoever signs out or hands the device over is told of it first.
  await open(ruth, server, "/");
  const out = ruth.getByRole("button", { name: "Sign out", exact: true });
  await out.click();
  const dialog = ruth.getByRole("dialog", { name: "Before you sign out" });
  await expect(dialog).toContainText("You typed something and did not add it.");
  await expect(dialog).not.toContainText("not sent");
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  await ruth.getByRole("button", { name: "Hand over to Yonas" }).click();
  const over = ruth.getByRole("dialog", { name: "Hand this device to Yonas?" });
  await over.getByRole("button", { name: "Hand over", exact: true }).click();
  await expect(over).toContainText("You typed something and did not add it.");
  await over.getByRole("button", { name: "Not now" }).click();
  await open(ruth, server, meeting);
  await expect(ruth.locator("#action-what")).toHaveValue("Ring the art");
  await expect(ruth.getByRole("button", { name: "Add", exact: true })).toBeEnabled();
  await ruth.locator("#action-what").press("Enter");
  await expect(ruth.getByText("Added: Ring the art")).toBeVisible();
  await savedToPlan(ruth);
  await open(ruth, server, "/");
  await out.click();
  await ruth.waitForURL("**/sign-in");
  expect(ruth.problems).toEqual([]);
});
