// How soon a page is there: on a slow network and a slow device with nothing kept yet,
// and again from what the device keeps, without a network.
import { chromium } from "@playwright/test";
import { PEOPLE, Server, handOver, hydrated, live, readyForOffline, signIn } from "../pep.js";
import { LAUNCH } from "../playwright.config.js";

const RUNS = 5;
const SLOWER = 4; // times, the processor
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

const PAGES = [
  { name: "my voice", who: "gwen", child: "Ellie-Mae", device: TABLET, path: () => "/voice" },
  { name: "a carer's questions", who: "jo", device: PHONE, path: (plan) => `/plans/${plan}/carers-view` },
  { name: "a plan", who: "ruth", device: TABLET, path: (plan) => `/plans/${plan}` },
  { name: "targets", who: "ruth", device: TABLET, path: (plan) => `/plans/${plan}/targets` },
];

export async function starting() {
  console.log(`From nothing over Slow 4G (150 ms, 1.6 Mbit/s), and again without a network, each at ${SLOWER}x CPU; median of ${RUNS}.`);
  console.log("Gates: largest paint 1.8 s, shift 0.05, offline paint 0.7 s and alive 1.0 s. What is typed from the first paint on is kept.");
  const server = await Server.start();
  const browser = await chromium.launch(LAUNCH);
  const rows = [];
  for (const page of PAGES) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await once(browser, server, page));
    const median = (what) => runs.map((run) => run[what]).sort((one, other) => one - other)[Math.floor(RUNS / 2)];
    rows.push({ page: page.name, ...Object.fromEntries(Object.keys(runs[0]).map((what) => [what, median(what)])) });
  }
  console.table(rows);
  await browser.close();
  await server.stop();
}

async function once(browser, server, { who, child, device, path }) {
  const options = { locale: "en-GB", timezoneId: "Europe/London", ...device };
  const before = await browser.newContext({ ...options, serviceWorkers: "block" });
  const door = await before.newPage();
  await signIn(door, server, PEOPLE[who]);
  if (child) await handOver(door, server, child);
  const context = await browser.newContext({ ...options, storageState: { cookies: await before.cookies(), origins: [] } });
  await before.close();
  const page = await context.newPage();
  await page.addInitScript(observe);
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const address = `${server.url}${path(server.plan("Amira"))}`;
  const cold = await seen(page, () => page.goto(address));
  await session.send("Network.emulateNetworkConditions", { ...SLOW_4G, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await page.reload();
  await hydrated(page);
  await readyForOffline(page);
  await context.setOffline(true);
  const warm = await seen(page, () => page.goto(address));
  await context.close();
  return {
    "first paint ms": cold.first, "largest paint ms": cold.largest, shift: cold.shift, "alive ms": cold.alive,
    "offline paint ms": warm.first, "offline alive ms": warm.alive,
  };
}

// Runs in the page, before anything of it.
function observe() {
  window.times = { first: 0, largest: 0, shift: 0, alive: 0 };
  const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("paint", ({ name, startTime }) => name === "first-contentful-paint" && (window.times.first = startTime));
  watch("largest-contentful-paint", ({ startTime }) => (window.times.largest = startTime));
  watch("layout-shift", ({ value, hadRecentInput }) => hadRecentInput || (window.times.shift += value));
  const look = () => {
    const alive = document.documentElement?.hasAttribute("data-live") && !document.querySelector("[data-document]:not([data-live])");
    if (alive && document.querySelector("h1")) window.times.alive = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}

async function seen(page, go) {
  await go();
  await hydrated(page);
  await live(page);
  await page.waitForFunction(() => window.times.alive > 0);
  // What still moves, moves by now.
  await page.waitForLoadState("networkidle");
  const { first, largest, shift, alive } = await page.evaluate(() => window.times);
  return { first: Math.round(first), largest: Math.round(largest), shift: Number(shift.toFixed(3)), alive: Math.round(alive) };
}
