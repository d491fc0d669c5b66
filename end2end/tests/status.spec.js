// The status line says what is so at each step, and signing out says first what
// would be lost.
import { PEOPLE, cut, device, expect, handOver, open, restore, savedToPlan, seen, status, stored, test, typeIn, watch } from "../pep.js";

const STRENGTHS = '[data-path="strengths"]';

const CLOCK = /, \d\d:\d\d$/;

test("a professional's words are said to be here, on their way and in the plan, each only when it is so", async ({
  browser,
  server,
}) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Amira")}/progress`);
  await expect(status(ruth)).toHaveText("");
  await watch(ruth);
  // A server that holds its breath commits nothing, so nothing may be called saved to the plan.
  server.process.kill("SIGSTOP");
  await typeIn(ruth.locator(STRENGTHS), "!");
  await expect(status(ruth)).toHaveText("Sending");
  expect(await seen(ruth)).toEqual(["Saving", "Saved on this device", "Sending"]);
  server.process.kill("SIGCONT");
  await expect(status(ruth)).toHaveText(/^Saved to the plan, \d\d:\d\d$/);

  await cut(ruth);
  await typeIn(ruth.locator(STRENGTHS), "!");
  await expect(status(ruth)).toHaveText("Offline. 1 change waiting to send");
  await typeIn(ruth.locator('[data-path="gaps"]'), "?");
  await expect(status(ruth)).toHaveText("Offline. 2 changes waiting to send");
  await ruth.evaluate(() => (window.lines = []));
  await restore(ruth);
  await expect(status(ruth)).toHaveText(/^Saved to the plan/);
  const lines = await seen(ruth);
  expect(lines.findIndex((line) => CLOCK.test(line))).toBe(lines.length - 1);
});

test("the line stays calm while somebody types, and says where the words are once they rest", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Amira")}/progress`);
  await watch(ruth);
  await ruth.locator(STRENGTHS).press("Control+End");
  await ruth.locator(STRENGTHS).pressSequentially(" Twelve words.", { delay: 40 });
  await savedToPlan(ruth);
  expect((await seen(ruth)).map((line) => line.replace(CLOCK, ""))).toEqual(["Saving", "Saved to the plan"]);
});

test("a carer and a young person are told the same in their own words", async ({ browser, server }) => {
  const jo = await device(browser, server, PEOPLE.jo);
  await open(jo, server, `/plans/${server.plan("Amira")}/carers-view`);
  const head = jo.locator("#topic-0");
  if ((await head.getAttribute("aria-expanded")) === "false") await head.click();
  await cut(jo);
  await typeIn(jo.locator('[data-path="going-well"]'), "!");
  await expect(status(jo)).toHaveText("No signal. 1 change will send later");
  await expect(head).toContainText("Saved on this phone");
  await restore(jo);
  await expect(status(jo)).toHaveText(/^Sent, \d\d:\d\d\. In the plan$/);
  await expect(head).toContainText(/Sent, \d\d:\d\d\. In the plan/);

  const tablet = await device(browser, server, PEOPLE.ruth);
  await handOver(tablet, server, "Yonas");
  await tablet.getByRole("button", { name: "Start", exact: true }).click();
  await cut(tablet);
  await typeIn(tablet.getByLabel("Want to say more?"), "!");
  await expect(status(tablet)).toHaveText("No internet. Your words are safe here");
  await restore(tablet);
  await expect(status(tablet)).toHaveText("Safe in your plan");
});

test("a carer whose words came after the plan was agreed reads that they are beside it, and not in it", async ({ browser, server }) => {
  const plan = server.plan("Amira");
  const jo = await device(browser, server, PEOPLE.jo);
  await open(jo, server, `/plans/${plan}/carers-view`);
  const head = jo.locator("#topic-0");
  if ((await head.getAttribute("aria-expanded")) === "false") await head.click();
  await cut(jo);
  await typeIn(jo.locator('[data-path="going-well"]'), " Too late.");
  await expect(head).toContainText("Saved on this phone");
  server.sql(`update plan set state = 'agreed' where id = '${plan}'`);
  await restore(jo);
  await expect(status(jo)).toHaveText("Sent, but the plan was closed by then");
  await expect(head).toContainText("Sent, but the plan was closed by then");
  await expect(jo.getByRole("link", { name: "What came too late" })).toBeVisible();
  expect(server.sql(`select count(*) as many from late_edit`)).toEqual([{ many: 1 }]);
  await open(jo, server, "/not-sent");
  await expect(jo.getByRole("heading", { name: "What came too late" })).toBeVisible();
  await expect(jo.locator("main")).toContainText("The words are kept beside the plan, where the team sees them.");
  await expect(jo.locator("main")).not.toContainText("on this device only");
  expect(jo.problems).toEqual([]);
});

test("signing out says first what is unsent, loses it only when told to, and then leaves nothing", async ({
  browser,
  server,
}) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const address = `/plans/${server.plan("Amira")}/progress`;
  await open(ruth, server, address);
  const before = await ruth.locator(STRENGTHS).inputValue();
  await cut(ruth);
  await typeIn(ruth.locator(STRENGTHS), " Not sent yet.");
  const out = ruth.getByRole("button", { name: "Sign out", exact: true });
  await out.click();
  const dialog = ruth.getByRole("dialog", { name: "Before you sign out" });
  await expect(dialog).toContainText("1 change is not sent. It will be lost from this device if you sign out.");
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  await expect(dialog).toBeHidden();
  await expect(ruth.locator(STRENGTHS)).toHaveValue(`${before} Not sent yet.`);

  // Without a connection nobody can be signed out, so nothing is lost either.
  await out.click();
  await dialog.getByRole("button", { name: "Sign out and lose them" }).click();
  await expect(dialog).toContainText("You are still signed in: signing out needs a connection.");
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  expect((await stored(ruth)).keys.filter((key) => key.startsWith("outbox "))).not.toEqual([]);

  // With one, what was unsent goes first, and the device forgets its keys.
  await restore(ruth);
  await out.click();
  await ruth.waitForURL("**/sign-in");
  const { keys } = await stored(ruth);
  expect(keys.filter((key) => /^(keys|outbox|copies|kept) |^pep/.test(key))).toEqual([]);
  const tom = await device(browser, server, PEOPLE.tom);
  await open(tom, server, address);
  await expect(tom.locator("main")).toContainText(" Not sent yet.");
  expect(ruth.problems).toEqual([]);
});

test("signing out in one tab closes the plan in the others, before anything is typed for nothing", async ({
  browser,
  server,
}) => {
  const one = await device(browser, server, PEOPLE.ruth);
  await open(one, server, `/plans/${server.plan("Amira")}/progress`);
  const two = await one.context().newPage();
  await open(two, server, "/");
  await two.getByRole("button", { name: "Sign out", exact: true }).click();
  await two.waitForURL("**/sign-in");
  await expect(one.locator(STRENGTHS)).toHaveCount(0);
  await expect(one.locator("body")).not.toContainText("Amira");
});

test("an answer shared without a network is not called shared before it is", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.ruth);
  await handOver(tablet, server, "Yonas");
  await tablet.getByRole("button", { name: "Start", exact: true }).click();
  await tablet.getByRole("button", { name: "Next", exact: true }).click();
  await typeIn(tablet.getByLabel("Want to say more?"), "!");
  await savedToPlan(tablet);
  await cut(tablet);
  await tablet.getByRole("button", { name: "Change who" }).or(tablet.getByRole("button", { name: "Share the new words" })).click();
  await tablet.getByRole("region", { name: "Who can see your answer?" }).getByRole("button", { name: "Share", exact: true }).click();
  await expect(tablet.getByRole("heading", { name: /can see this once it's sent$/ })).toBeVisible();
  await restore(tablet);
  await expect(tablet.getByRole("heading", { name: /^Shared with .*Ruth Osei/ })).toBeVisible();
});
