// What travels: a tablet and a carer's phone get their own pages alone, everybody
// else the whole; and a page that stops says so.
import { PEOPLE, device, expect, handOver, hydrated, open, savedToPlan, test, typeIn } from "../pep.js";

const MOST_HTML = 5_900; // what end2end/size.mjs allows a page's own text

const loaded = (page) =>
  page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.endsWith(".wasm")));
// What comes behind a page is of its bundle.
const bundle = async (page) => [...new Set((await loaded(page)).map((name) => name.match(/pkg\/(\w+)-/)[1]))];

test("a carer's phone loads the carer's page alone, and the plan when it is asked for", async ({ browser, server }) => {
  const plan = `/plans/${server.plan("Amira")}`;
  const jo = await device(browser, server, PEOPLE.jo, { serviceWorkers: "block" });
  await open(jo, server, `${plan}/carers-view`);
  expect(await bundle(jo)).toEqual(["carer"]);
  const head = jo.locator("#topic-0");
  if ((await head.getAttribute("aria-expanded")) === "false") await head.click();
  await typeIn(jo.locator('[data-path="going-well"]'), " She sang all the way home.");
  await savedToPlan(jo);

  await jo.getByRole("link", { name: "Plan" }).click();
  await jo.waitForURL(`**${plan}`);
  await hydrated(jo);
  expect(await bundle(jo)).toEqual(["plan"]);
  await jo.goBack();
  await expect(jo.locator('[data-path="going-well"]')).toHaveValue(/She sang all the way home\.$/);
  expect(jo.problems).toEqual([]);
});

test("who only reads the carer's answers has the whole of Pep", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth, { serviceWorkers: "block" });
  await open(ruth, server, `/plans/${server.plan("Amira")}/carers-view`);
  expect(await bundle(ruth)).toEqual(["plan"]);
  expect(ruth.problems).toEqual([]);
});

test("a handed-over tablet loads My voice alone", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.ruth, { serviceWorkers: "block" });
  await handOver(tablet, server, "Amira");
  expect(await bundle(tablet)).toEqual(["voice"]);
  expect(tablet.problems).toEqual([]);
});

test("a page's own text travels packed", async ({ browser, server }) => {
  const plan = `/plans/${server.plan("Amira")}`;
  const jo = await device(browser, server, PEOPLE.jo, { serviceWorkers: "block" });
  const wire = await jo.context().newCDPSession(jo);
  await wire.send("Network.enable");
  for (const path of ["/", plan, `${plan}/carers-view`]) {
    const travelled = new Promise((resolve) => {
      let main;
      wire.on("Network.responseReceived", ({ type, requestId }) => type === "Document" && (main = requestId));
      wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => requestId === main && resolve(encodedDataLength));
    });
    await open(jo, server, path);
    expect(await travelled, path).toBeLessThanOrEqual(MOST_HTML);
    wire.removeAllListeners();
  }
});

test("a page that stops says so, takes no more words, and opens again with all of them", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Amira")}/progress`);
  const strengths = ruth.locator('[data-path="strengths"]');
  await typeIn(strengths, " Kept to the last.");
  await ruth.evaluate(() => {
    // The smallest module whose one function stops.
    const trap = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 115, 116, 111, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(trap))).exports.stop());
  });
  await expect(ruth.getByRole("alert").filter({ hasText: "This page stopped working." })).toBeVisible();
  expect(await strengths.evaluate((box) => box.closest("[inert]") !== null)).toBe(true);
  await ruth.getByRole("link", { name: "Open it again" }).click();
  await hydrated(ruth);
  await expect(strengths).toHaveValue(/Kept to the last\.$/);
});
