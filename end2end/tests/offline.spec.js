// No network: pages open, and words stay where they were written.
import { chromium } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LAUNCH } from "../playwright.config.js";
import { PEOPLE, cut, device, expect, handOver, hydrated, killBrowser, live, open, readyForOffline, restore, savedToPlan, signIn, status, stored, strict, test, typeIn } from "../pep.js";

const STRENGTHS = '[data-path="strengths"]';
const READING = '[data-path="reading-years"]';
// An answer to choose, in the first subject.
const effort = (page) => page.getByRole("group", { name: "Effort", exact: true }).first();
const progress = (server) => `/plans/${server.plan("Amira")}/progress`;
// The name of this device's copy of that page.
const copyOf = (server) => `/section/${server.plan("Amira")}/progress`;

test("home, plan, section and voice open with no network on a device that opened them before", async ({
  browser,
  server,
}) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const plan = `/plans/${server.plan("Amira")}`;
  const pages = [
    ["/", "Children", "/home"],
    [plan, "Amira’s plan", plan.replace("/plans/", "/plan/")],
    [progress(server), "Progress in subjects", copyOf(server)],
  ];
  for (const [address, heading, copy] of pages) {
    await open(ruth, server, address);
    await expect(ruth.getByRole("heading", { level: 1 })).toHaveText(heading);
    await readyForOffline(ruth, copy);
  }
  const strengths = await ruth.locator(STRENGTHS).inputValue();
  expect(strengths).not.toBe("");
  await cut(ruth);
  await server.kill();
  for (const [address, heading] of pages) {
    await open(ruth, server, address);
    await expect(ruth.getByRole("heading", { level: 1 })).toHaveText(heading);
    await ruth.reload();
    await expect(ruth.getByRole("heading", { level: 1 })).toHaveText(heading);
  }
  await live(ruth);
  await expect(ruth.locator(STRENGTHS)).toHaveValue(strengths);
  // From link to link as well, and what is written without a network is there after a reload.
  await ruth.getByRole("link", { name: "Amira’s plan" }).click();
  await expect(ruth.getByRole("heading", { level: 1 })).toHaveText("Amira’s plan");
  await ruth.getByRole("link", { name: "Progress in subjects", exact: true }).click();
  await typeIn(ruth.locator(STRENGTHS), " Counts the stairs.");
  await expect(status(ruth)).toHaveText("Offline. 1 change waiting to send");
  await ruth.reload();
  await expect(ruth.locator(STRENGTHS)).toHaveValue(`${strengths} Counts the stairs.`);
  await expect(status(ruth)).toHaveText("Offline. 1 change waiting to send");
  await server.up();
  await restore(ruth);
  await savedToPlan(ruth);

  await handOver(ruth, server, "Yonas");
  await expect(ruth.locator("[data-document][data-live]")).toBeAttached();
  await readyForOffline(ruth, "/sitting");
  await cut(ruth);
  await ruth.reload();
  await expect(ruth.getByRole("heading", { level: 1 })).toHaveText("Hello Yonas");
  await ruth.getByRole("button", { name: "Start", exact: true }).click();
  await expect(ruth.getByLabel("Want to say more?")).toHaveValue(/^School is good for me/);
  expect(ruth.problems).toEqual([]);
});

test("“Hide this” shows another page at a touch without a network, and what was typed is there after", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.ruth, { viewport: { width: 820, height: 1180 }, hasTouch: true });
  await handOver(tablet, server, "Yonas");
  await live(tablet);
  await readyForOffline(tablet, "/sitting");
  await tablet.getByRole("button", { name: "Start", exact: true }).tap();
  const box = tablet.getByLabel("Want to say more?");
  let said = await box.inputValue();
  await cut(tablet);
  for (const [words, from] of [[" Behind the bins.", tablet], [" And the gate.", tablet.getByRole("dialog")]]) {
    await typeIn(box, words);
    said += words;
    if (from !== tablet) await tablet.getByRole("button", { name: "I need help" }).tap();
    await from.getByRole("link", { name: "Hide this" }).tap();
    await tablet.waitForURL("**/hide.html");
    await expect(tablet).toHaveTitle("Times tables");
    await expect(tablet.locator("body")).not.toContainText(/Yonas|Behind the bins/);
    await tablet.goto(`${server.url}/voice`);
    await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Hello Yonas");
    await live(tablet);
    await tablet.getByRole("button", { name: "Start", exact: true }).tap();
    await expect(box).toHaveValue(said);
  }
  await restore(tablet);
  await expect(status(tablet)).toHaveText("Safe in your plan");
  await expect(box).toHaveValue(said);
  expect(tablet.problems).toEqual([]);
});

// Ruth's device, on which the app comes once it is let go.
async function withoutApp(browser, server) {
  const ruth = await device(browser, server, PEOPLE.ruth, { serviceWorkers: "block" });
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await ruth.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  return { ruth, letGo };
}

test("what is typed before the app is there stays in the box and reaches the plan", async ({ browser, server }) => {
  const { ruth, letGo } = await withoutApp(browser, server);
  const address = progress(server);
  await ruth.goto(`${server.url}${address}`, { waitUntil: "domcontentloaded" });
  const before = await ruth.locator(STRENGTHS).inputValue();
  await typeIn(ruth.locator(STRENGTHS), " Early words.");
  await ruth.locator(READING).fill("12");
  await effort(ruth).getByLabel("Varies from day to day").check();
  await typeIn(ruth.locator(STRENGTHS), " And more");
  expect(await ruth.evaluate(() => document.documentElement.hasAttribute("data-live"))).toBe(false);
  letGo();
  await hydrated(ruth);
  await ruth.locator(STRENGTHS).pressSequentially(" as it wakes.");
  await savedToPlan(ruth);
  const written = `${before} Early words. And more as it wakes.`;
  await expect(ruth.locator(STRENGTHS)).toHaveValue(written);
  await expect(ruth.locator(READING)).toHaveValue("12");
  const other = await device(browser, server, PEOPLE.ruth);
  await open(other, server, address);
  await expect(other.locator(STRENGTHS)).toHaveValue(written);
  await expect(other.locator(READING)).toHaveValue("12");
  await expect(effort(other).getByLabel("Varies from day to day")).toBeChecked();
});

test("what is typed before the app is there outlives a reload, and a network that goes", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth, { serviceWorkers: "block" });
  const address = progress(server);
  await ruth.route("**/*.wasm", (route) => route.abort());
  await ruth.goto(`${server.url}${address}`, { waitUntil: "domcontentloaded" });
  const before = await ruth.locator(STRENGTHS).inputValue();
  await typeIn(ruth.locator(STRENGTHS), " Typed into a page that never woke.");
  await ruth.unroute("**/*.wasm");
  await ruth.reload();
  await savedToPlan(ruth);
  await expect(ruth.locator(STRENGTHS)).toHaveValue(`${before} Typed into a page that never woke.`);
});

// Ruth's tab with words in it that no document took over.
async function typedEarly(browser, server) {
  const tab = await device(browser, server, PEOPLE.ruth, { serviceWorkers: "block" });
  await tab.route("**/*.wasm", () => {});
  await tab.goto(`${server.url}${progress(server)}`, { waitUntil: "domcontentloaded" });
  const before = await tab.locator(STRENGTHS).inputValue();
  await typeIn(tab.locator(STRENGTHS), " Wombats at dawn.");
  expect((await stored(tab)).text).toContain("Wombats at dawn.");
  await tab.unroute("**/*.wasm");
  return { tab, before };
}

const wombats = (server) => server.sql("select became from history where became like '%Wombats at dawn.%'");

test("what was typed before the app was there is told of before signing out, and goes with whoever typed it", async ({ browser, server }) => {
  const { tab, before } = await typedEarly(browser, server);
  await open(tab, server, "/");
  const out = tab.getByRole("button", { name: "Sign out", exact: true });
  await out.click();
  const dialog = tab.getByRole("dialog", { name: "Before you sign out" });
  await expect(dialog).toContainText("1 change is not sent. It will be lost from this device if you sign out.");
  await dialog.getByRole("button", { name: "Sign out and lose them" }).click();
  await tab.waitForURL("**/sign-in");
  const { keys, text } = await stored(tab);
  expect(keys.filter((key) => key.startsWith("pep-early:"))).toEqual([]);
  expect(text).not.toContain("Wombats at dawn.");
  await signIn(tab, server, PEOPLE.helen);
  await open(tab, server, progress(server));
  await expect(tab.locator(STRENGTHS)).toHaveValue(before);
  // Nothing of it is on its way either.
  await open(tab, server, "/");
  await out.click();
  await tab.waitForURL("**/sign-in");
  expect(wombats(server)).toEqual([]);
  expect(tab.problems).toEqual([]);
});

test("what was typed before the app was there and taken back again leaves nothing behind", async ({ browser, server }) => {
  const { tab, before } = await typedEarly(browser, server);
  await tab.locator(STRENGTHS).fill(before);
  await open(tab, server, "/");
  await tab.getByRole("button", { name: "Sign out", exact: true }).click();
  await tab.waitForURL("**/sign-in");
  expect((await stored(tab)).keys.filter((key) => key.startsWith("pep-early:"))).toEqual([]);
  expect(wombats(server)).toEqual([]);
  expect(tab.problems).toEqual([]);
});

test("what was typed before the app was there waits for whoever typed it when somebody else signs in", async ({ browser, server }) => {
  const { tab, before } = await typedEarly(browser, server);
  // As it ends after an hour alone.
  server.sql("delete from session");
  await signIn(tab, server, PEOPLE.helen);
  await open(tab, server, progress(server));
  await expect(tab.locator(STRENGTHS)).toHaveValue(before);
  await tab.getByRole("button", { name: "Sign out", exact: true }).click();
  await tab.waitForURL("**/sign-in");
  expect(wombats(server)).toEqual([]);
  await signIn(tab, server, PEOPLE.ruth);
  await open(tab, server, progress(server));
  await expect(tab.locator(STRENGTHS)).toHaveValue(`${before} Wombats at dawn.`);
  await savedToPlan(tab);
  await expect.poll(() => wombats(server)).toHaveLength(1);
  expect((await stored(tab)).keys.filter((key) => key.startsWith("pep-early:"))).toEqual([]);
  expect(tab.problems).toEqual([]);
});

test("what is pressed before the app is there is done once it is, and once", async ({ browser, server }) => {
  const { ruth, letGo } = await withoutApp(browser, server);
  await ruth.goto(`${server.url}/plans/${server.plan("Amira")}/card`, { waitUntil: "domcontentloaded" });
  const make = ruth.getByRole("button", { name: "Make a card" });
  await make.click();
  await make.click();
  await expect(make).toHaveAttribute("aria-busy", "true");
  expect(server.sql("select id from card")).toHaveLength(0);
  letGo();
  await expect(ruth.getByRole("img", { name: "The code on the card" })).toBeVisible();
  expect(server.sql("select id from card")).toHaveLength(1);
  expect(ruth.problems).toEqual([]);
});

test("from link to link without a network the words go along", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await readyForOffline(ruth, "home");
  await open(ruth, server, progress(server));
  await readyForOffline(ruth, copyOf(server));
  await cut(ruth);
  await typeIn(ruth.locator(STRENGTHS), " Along the way.");
  await ruth.locator(READING).fill("14");
  await ruth.getByRole("link", { name: "Check your answers" }).click();
  await expect(ruth.getByRole("heading", { level: 1 })).toHaveText("Check your answers");
  const said = (label) => ruth.locator(".said", { has: ruth.getByText(label, { exact: true }) });
  await expect(said("Strengths")).toContainText("Along the way.");
  await expect(said("Reading age: years")).toContainText("14 years");
  await said("Strengths").getByRole("link", { name: /Change/ }).click();
  await expect(ruth.locator(STRENGTHS)).toHaveValue(/Along the way\.$/);
  await expect(ruth.locator(READING)).toHaveValue("14");
  await expect(status(ruth)).toHaveText("Offline. 2 changes waiting to send");
  // A page that this device has never shown says so, and how to go on.
  await ruth.goto(`${server.url}/plans/${server.plan("Amira")}/print`);
  await expect(ruth.getByRole("heading", { level: 1 })).toHaveText("No connection");
  await ruth.getByRole("link", { name: "Go to the children on this device" }).click();
  await expect(ruth.getByRole("heading", { level: 1 })).toHaveText("Children");
  expect(ruth.problems).toEqual([]);
});

// The browser's processes, found by the folder that only they use.
test("words written after some that arrived are there after a reload without a network, and arrive", async ({
  browser,
  server,
}) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, progress(server));
  await readyForOffline(ruth, copyOf(server));
  const box = ruth.locator(STRENGTHS);
  const before = await box.inputValue();
  await typeIn(box, " Arrived.");
  await savedToPlan(ruth);
  await cut(ruth);
  await typeIn(box, " Written on.");
  await expect(status(ruth)).toHaveText("Offline. 1 change waiting to send");
  await ruth.reload();
  await expect(box).toHaveValue(`${before} Arrived. Written on.`);
  await restore(ruth);
  await savedToPlan(ruth);
  const other = await device(browser, server, PEOPLE.ruth);
  await open(other, server, progress(server));
  await expect(other.locator(STRENGTHS)).toHaveValue(`${before} Arrived. Written on.`);
});

test("a browser killed in the middle of a sentence has the words when it opens again, offline", async ({ browser, server }) => {
  const folder = mkdtempSync(join(tmpdir(), "pep-browser-"));
  const start = async () => {
    const context = await chromium.launchPersistentContext(folder, { ...LAUNCH, locale: "en-GB" });
    return [context, context.pages()[0] ?? (await context.newPage())];
  };
  const address = progress(server);
  const first = "Written before the light went out.", second = " And this was being written";
  const [context, page] = await start();
  await signIn(page, server, PEOPLE.ruth);
  await open(page, server, address);
  await readyForOffline(page, copyOf(server));
  const box = page.locator(STRENGTHS);
  const before = await box.inputValue();
  await cut(page);
  await typeIn(box, ` ${first}`);
  await expect(status(page)).toHaveText("Offline. 1 change waiting to send");
  const typing = box.pressSequentially(second, { delay: 5 }).catch(() => {});
  await expect(box).toHaveValue(/ And this was b/);
  const closed = context.waitForEvent("close");
  killBrowser(folder);
  await Promise.all([closed, typing]);

  const [again, reopened] = await start();
  await cut(reopened);
  await open(reopened, server, address);
  await expect(reopened.locator("[data-document][data-live]")).toBeAttached();
  const kept = await reopened.locator(STRENGTHS).inputValue();
  expect(kept.startsWith(`${before} ${first}`), kept).toBe(true);
  expect(second.startsWith(kept.slice(`${before} ${first}`.length)), kept).toBe(true);
  // The browser had no time to keep its cookie; signing in is what sends the words.
  await restore(reopened);
  await signIn(reopened, server, PEOPLE.ruth);
  const other = await device(browser, server, PEOPLE.ruth);
  await open(other, server, address);
  await expect(other.locator(STRENGTHS)).toHaveValue(kept);
  await again.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a tab that crashes on a key has lost no key", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const address = progress(server);
  await open(ruth, server, address);
  await readyForOffline(ruth, copyOf(server));
  const before = await ruth.locator(STRENGTHS).inputValue();
  await cut(ruth);
  const devtools = await ruth.context().newCDPSession(ruth);
  await typeIn(ruth.locator(STRENGTHS), " To the last letter");
  const crashed = ruth.waitForEvent("crash");
  devtools.send("Page.crash").catch(() => {});
  await crashed;
  const next = await ruth.context().newPage();
  await open(next, server, address);
  await expect(next.locator(STRENGTHS)).toHaveValue(`${before} To the last letter`);
});

test("two tabs offline in one box keep both, in each tab, after a reload and in the plan", async ({ browser, server }) => {
  const one = await device(browser, server, PEOPLE.ruth);
  const address = progress(server);
  await open(one, server, address);
  await readyForOffline(one, copyOf(server));
  const before = await one.locator(STRENGTHS).inputValue();
  const two = strict(await one.context().newPage(), { offline: true });
  await open(two, server, address);
  await cut(one);
  await typeIn(one.locator(STRENGTHS), " One tab.");
  await two.locator(STRENGTHS).press("Control+Home");
  await two.locator(STRENGTHS).pressSequentially("Two tabs. ");
  const both = `Two tabs. ${before} One tab.`;
  for (const tab of [one, two]) await expect(tab.locator(STRENGTHS)).toHaveValue(both);
  for (const tab of [one, two]) await expect(status(tab)).toHaveText("Offline. 1 change waiting to send");
  await Promise.all([one.reload(), two.reload()]);
  for (const tab of [one, two]) await expect(tab.locator(STRENGTHS)).toHaveValue(both);
  await restore(one);
  for (const tab of [one, two]) await savedToPlan(tab);
  const other = await device(browser, server, PEOPLE.ruth);
  await open(other, server, address);
  await expect(other.locator(STRENGTHS)).toHaveValue(both);
  for (const tab of [one, two]) expect(tab.problems).toEqual([]);
});
