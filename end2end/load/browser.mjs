// What typing costs in a browser, and when the other laptop has it.
import { randomUUID } from "node:crypto";
import net from "node:net";
import { chromium } from "@playwright/test";
import { LAUNCH } from "../playwright.config.js";
import { Clients } from "./clients.mjs";
import { join } from "./join.mjs";
import { Pep } from "./servers.mjs";
import { Times } from "./times.mjs";

const ROWS = 16; // of 13 fields: over 200 on the page
const REMOTE = 5;
const PAUSE = 200;
const KEYS = 40;
const ONE_WAY = 20;
const BARE = "bare textarea";
const WORK = ["TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration"];

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// CPU of the page's main thread in the 200 ms after a key: in a plan while five
// others type in it, there without a key, and in a bare textarea.
export async function typing({ rounds }) {
  console.log(`CPU of the main thread per key, ${rounds} rounds of ${KEYS} keys each, in turn (gate: p99 4 ms above bare; aim 1.5).`);
  const { server, plan } = await withTargets();
  const browser = await chromium.launch(LAUNCH);
  const page = await signedIn(browser, `http://localhost:${server.port}`, server.people[REMOTE]);
  await page.goto(`http://localhost:${server.port}/plans/${plan}/targets`);
  await page.waitForFunction(() => document.documentElement.hasAttribute("data-live"));
  await page.waitForFunction(() => !document.querySelector("[data-document]:not([data-live])"));
  const fields = await page.locator("[data-path]").count();
  const bare = await (await browser.newContext()).newPage();
  await bare.setContent("<textarea rows=5 cols=60></textarea>");
  const clients = new Clients("typists.mjs", 1);
  const documents = [{ name: `${plan}/targets`, tokens: server.tokens.slice(0, REMOTE) }];
  await clients.tell("open", () => ({ url: server.url, field: "changes", pause: PAUSE, documents }));
  const box = page.locator('[data-path$="/what"]').first();
  const costs = { [BARE]: [], "plan, key, nobody else": [], "plan, key and 5 remote": [], "plan, 5 remote, no key": [] };
  const work = { page: await metered(page), bare: await metered(bare) };
  costs["plan, key, nobody else"].push(...(await keys(page, box, work.page, "a")));
  await clients.tell("begin");
  for (let round = 0; round < rounds; round += 1) {
    costs[BARE].push(...(await keys(bare, bare.locator("textarea"), work.bare, "a")));
    costs["plan, key and 5 remote"].push(...(await keys(page, box, work.page, "a")));
    costs["plan, 5 remote, no key"].push(...(await keys(page, box, work.page)));
  }
  console.log(`${fields} fields on the page.`);
  console.table(Object.entries(costs).map(([where, found]) => ({ where, ...row(found, costs[BARE]) })));
  await clients.close();
  await browser.close();
  await server.gone();
}

const at = (numbers, share) => [...numbers].sort((one, other) => one - other)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))];

function row(found, base) {
  const of = (runs, what, share) => at(runs.map((run) => run[what]), share);
  const parts = WORK.slice(1).map((what) => [`${what.replace("Duration", "").toLowerCase()} p50`, of(found, what, 0.5).toFixed(1)]);
  return {
    "p50 ms": of(found, WORK[0], 0.5).toFixed(1),
    "p99 ms": of(found, WORK[0], 0.99).toFixed(1),
    "p50 above bare": (of(found, WORK[0], 0.5) - of(base, WORK[0], 0.5)).toFixed(1),
    "p99 above bare": (of(found, WORK[0], 0.99) - of(base, WORK[0], 0.99)).toFixed(1),
    ...Object.fromEntries(parts),
  };
}

// Answers how many milliseconds of work the page's main thread has done, and of what.
async function metered(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return Object.fromEntries(WORK.map((what) => [what, metrics.find(({ name }) => name === what).value * 1000]));
  };
}

async function keys(page, box, work, key) {
  await page.bringToFront();
  await box.focus();
  await page.keyboard.press("Control+End");
  const found = [];
  for (let at = 0; at < KEYS; at += 1) {
    const before = await work();
    if (key) await page.keyboard.press(key);
    await wait(PAUSE);
    const after = await work();
    found.push(Object.fromEntries(WORK.map((what) => [what, after[what] - before[what]])));
  }
  return found;
}

// When a key is on the other laptop, both 40 ms (there and back) from the server.
export async function far() {
  console.log("From a key to the other laptop, each 40 ms there and back from the server (gate p95 500 ms, aim 150).");
  const { server, plan } = await withTargets();
  const proxy = await slowWay(server.port);
  const browser = await chromium.launch(LAUNCH);
  const url = `http://localhost:${proxy.address().port}`;
  const [here, there] = await Promise.all([0, 1].map((person) => signedIn(browser, url, server.people[person])));
  for (const page of [here, there]) {
    await page.goto(`${url}/plans/${plan}/targets`);
    await page.waitForFunction(() => document.documentElement.hasAttribute("data-live"));
    await page.waitForFunction(() => !document.querySelector("[data-document]:not([data-live])"));
  }
  const path = await here.locator('[data-path$="/what"]').first().getAttribute("data-path");
  const began = await here.locator(`[data-path="${path}"]`).evaluate((box) => {
    window.keys = [];
    box.addEventListener("keydown", () => window.keys.push(performance.timeOrigin + performance.now()));
    return box.value.length;
  });
  await there.locator(`[data-path="${path}"]`).evaluate((box, began) => {
    window.seen = [];
    setInterval(() => {
      while (window.seen.length < box.value.length - began) window.seen.push(performance.timeOrigin + performance.now());
    }, 2);
  }, began);
  const box = here.locator(`[data-path="${path}"]`);
  await box.focus();
  await box.evaluate((box) => box.setSelectionRange(box.value.length, box.value.length));
  const KEYS_FAR = 100;
  for (let key = 0; key < KEYS_FAR; key += 1) {
    await here.keyboard.press("abcdefghij"[key % 10]);
    await wait(PAUSE * (0.5 + Math.random()));
  }
  await there.waitForFunction((count) => window.seen.length >= count, KEYS_FAR, { timeout: 20_000 });
  const [pressed, seen] = [await here.evaluate(() => window.keys), await there.evaluate(() => window.seen)];
  const times = new Times();
  seen.forEach((time, key) => times.note(time - pressed[key]));
  console.table([{ keys: seen.length, "p50 ms": times.at(0.5), "p95 ms": times.at(0.95), "p99 ms": times.at(0.99) }]);
  await browser.close();
  proxy.close();
  await server.gone();
}

// A way to the server that takes its time in each direction and keeps the order.
function slowWay(port) {
  const carry = (from, to) => {
    from.on("data", (bytes) => setTimeout(() => to.destroyed || to.write(bytes), ONE_WAY));
    from.on("close", () => setTimeout(() => to.destroy(), ONE_WAY));
    from.on("error", () => {});
  };
  const proxy = net.createServer({ noDelay: true }, (client) => {
    const server = net.connect({ port, host: "127.0.0.1", noDelay: true });
    carry(client, server);
    carry(server, client);
  });
  return new Promise((resolve) => proxy.listen(0, "127.0.0.1", () => resolve(proxy)));
}

async function withTargets() {
  const server = new Pep();
  server.fill(1, REMOTE + 1, "targets");
  await server.up();
  const [name] = server.documents;
  const { provider, end } = await join(server, name, server.tokens[0]);
  const { document } = provider;
  document.transact(() => {
    for (let place = 0; place < ROWS; place += 1) {
      const row = randomUUID();
      document.getMap("rows/targets").set(row, `z${String.fromCharCode(98 + place)}`);
      document.getText(`text/targets/${row}/what`).insert(0, `Target number ${place}: read every day.`);
    }
    document.getText("text/changes").insert(0, "Changes: ");
  });
  await end();
  return { server, plan: name.split("/")[0] };
}

async function signedIn(browser, url, email) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London" });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.waitForFunction(() => document.documentElement.hasAttribute("data-live"));
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel(/password/i).fill("an invented password");
  await page.getByRole("button", { name: /sign in/i }).click();
  await page.waitForURL((address) => address.pathname !== "/sign-in");
  return page;
}
