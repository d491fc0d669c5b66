// Who comes back from being without a connection, and what the others hear of it.
import { CHANGES, here, plan, two } from "../here.js";
import { cableTo } from "../network.js";
import { PEOPLE, cut, device, expect, open, restore, savedToPlan, status, test, typeIn } from "../pep.js";

// What was typed in the last half minute comes like what is typed now.
const aMinuteLater = (page) =>
  page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 60_000;
  });

test("what a laptop brings back is said to the others with its name, and only what they may read", async ({ browser, server }) => {
  const { tom, ruth } = await two(browser, server);
  const jo = await device(browser, server, PEOPLE.jo);
  const heard = [];
  jo.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard.push(String(payload))));
  await open(jo, server, plan(server));
  const title = await tom.getByRole("heading", { level: 1 }).textContent();
  const before = await ruth.locator(CHANGES).inputValue();
  await cut(tom);
  await typeIn(tom.locator(CHANGES), " Written on the train.");
  await expect(status(tom)).toHaveText("Offline. 1 change waiting to send");
  await expect(ruth.locator(CHANGES)).toHaveValue(before);
  await aMinuteLater(tom);
  await restore(tom);
  await savedToPlan(tom);
  await expect(ruth.locator(CHANGES)).toHaveValue(`${before} Written on the train.`);
  const sentence = `Tom Nowak is back online, with changes in “${title}”`;
  await expect(here(ruth).locator("summary")).toContainText(sentence);
  const said = () => ruth.locator('details.here + [role="status"]').textContent();
  await expect.poll(said, { timeout: 25_000 }).toContain(sentence);
  await here(ruth).locator("summary").click();
  const came = here(ruth).locator(".came").getByRole("listitem");
  await expect(came).toHaveCount(1);
  await expect(came.getByRole("link", { name: `Go to ${title}` })).toHaveAttribute("href", /\/targets#changes$/);
  await here(ruth).getByRole("button", { name: "I’ve seen this" }).click();
  await expect(came).toHaveCount(0);
  await expect(here(ruth).locator("summary")).not.toContainText("is back online");
  // Targets are a carer's to read, too; what isn't theirs comes to them in no frame.
  await expect(here(jo).locator("summary")).toContainText(sentence);
  await open(tom, server, plan(server, "/private-details"));
  const box = tom.locator('[data-path="address"]');
  await cut(tom);
  await typeIn(box, " Not for everybody.");
  await expect(status(tom)).toHaveText("Offline. 1 change waiting to send");
  await aMinuteLater(tom);
  await restore(tom);
  await savedToPlan(tom);
  await expect(here(ruth).locator("summary")).toContainText("Here now: Jo Barlow and Tom Nowak");
  expect(heard.filter((frame) => frame.includes("brought") && frame.includes("targets")).length).toBeGreaterThan(0);
  expect(heard.filter((frame) => frame.includes("private-details"))).toEqual([]);
  for (const page of [tom, ruth, jo]) expect(page.problems).toEqual([]);
});

test("a laptop without a network for ten minutes goes on quietly, and all read what it brings and from whom", async ({ browser, server }) => {
  test.slow(); // three devices, and a clock that runs through all of its timers
  const cable = await cableTo(server);
  const tom = await device(browser, { url: cable.url }, PEOPLE.tom);
  await tom.clock.install();
  const [ruth, jo] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.jo)];
  await open(tom, { url: cable.url }, plan(server, "/targets"));
  await open(ruth, server, plan(server, "/targets"));
  await open(jo, server, plan(server));
  await expect(here(ruth).locator("summary")).toContainText("Here now: Jo Barlow and Tom Nowak");
  const title = await tom.getByRole("heading", { level: 1 }).textContent();
  const before = await ruth.locator(CHANGES).inputValue();

  // What is open is torn, and nothing answers any more.
  cable.cut();
  await expect(status(tom)).toHaveText("Offline");
  await expect(here(tom).locator("summary")).toHaveText("Who is here isn’t known yet");
  await expect(here(ruth).locator("summary")).toHaveText(/Here now: Jo Barlow\. Tom Nowak has no connection$/);
  let written = "";
  for (let minute = 1; minute <= 10; minute += 1) {
    await typeIn(tom.locator(CHANGES), ` Minute ${minute}.`);
    written += ` Minute ${minute}.`;
    await tom.clock.runFor(60_000);
    await expect(status(tom)).toHaveText("Offline. 1 change waiting to send");
    await expect(tom.locator("p.status")).toHaveAttribute("data-tone", "quiet");
  }
  await expect(tom.locator(CHANGES)).toHaveValue(before + written);
  await ruth.locator(CHANGES).press("Control+Home");
  await ruth.locator(CHANGES).pressSequentially("Meanwhile: ");
  await savedToPlan(ruth);
  await expect(ruth.locator(CHANGES)).toHaveValue(`Meanwhile: ${before}`);

  // It comes back by itself, within the longest time between two tries.
  cable.mend();
  await expect(async () => {
    await tom.clock.fastForward(60_000);
    await expect(status(tom)).toContainText("Saved to the plan", { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  for (const page of [tom, ruth]) await expect(page.locator(CHANGES)).toHaveValue(`Meanwhile: ${before}${written}`);
  const sentence = `Tom Nowak is back online, with changes in “${title}”`;
  for (const page of [ruth, jo]) await expect(here(page).locator("summary")).toContainText(sentence);
  await expect(here(tom).locator("summary")).not.toContainText("is back online");
  await expect(here(tom).locator("summary")).toContainText("Here now: Jo Barlow and Ruth Osei");
  for (const page of [tom, ruth, jo]) expect(page.problems).toEqual([]);
  cable.end();
});
