// Parts of a page come behind it, each in a file of its own: nobody waits for one before
// their first word, and where one didn't come that is said, with a way to try again.
import { here } from "../here.js";
import { SIZES } from "../pages-list.js";
import { PEOPLE, device, expect, handOver, hydrated, live, open, savedToPlan, test, typeIn } from "../pep.js";

// A file that comes out of the store of a device isn't asked for: here there is none.
const BARE = { serviceWorkers: "block" };
// The adult's are not meant: what is asked before handing over is one of theirs.
const LATER = "**/pkg/{voice,carer}-*-later.wasm";
const sentence = (page) => page.getByText("This part needs internet once. Your words are safe.");
const again = (page) => page.getByRole("button", { name: "Try again", exact: true });

async function without(page) {
  page.asked = 0;
  await page.route(LATER, (route) => ((page.asked += 1), route.abort()));
}

test("a young person answers before the rest of the page is there, and can ask for it again", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.gwen, { ...BARE, viewport: { width: 820, height: 1180 } });
  await without(tablet);
  await handOver(tablet, server, "Ellie-Mae");
  await live(tablet);
  await tablet.getByRole("button", { name: "Start", exact: true }).click();
  const way = tablet.getByRole("button", { name: "Write it" });
  if (await way.isVisible()) await way.click();
  await tablet.getByRole("radio", { name: "In between", exact: true }).check();
  await typeIn(tablet.locator(".writing textarea"), " Numbats before all else");
  await savedToPlan(tablet);
  const kept = server.sql(`select field_values from document where name = '${server.plan("Ellie-Mae")}/my-voice'`)[0].field_values;
  expect(JSON.parse(kept).texts["school/words"]).toMatch(/Numbats before all else$/);
  expect(JSON.parse(kept).facts["school/pick"][0].value).toBe("in-between");

  // Drawing, saying, and who can see it: each says that it isn't there.
  await expect(sentence(tablet)).toHaveCount(2);
  expect(tablet.asked).toBeGreaterThan(0);
  await again(tablet).first().click();
  await expect(sentence(tablet)).toHaveCount(2);
  await tablet.unroute(LATER);
  while (await again(tablet).count()) await again(tablet).first().click();
  await expect(tablet.getByRole("button", { name: "Draw it" })).toBeVisible();
  await expect(tablet.locator("#audience")).toBeVisible();
  await expect(sentence(tablet)).toHaveCount(0);
  await expect(tablet.locator(".writing textarea")).toHaveValue(/Numbats before all else$/);
  expect(tablet.problems).toEqual([]);
});

test("what was agreed comes alive once the file behind the carer's questions can be fetched", async ({ browser, server }) => {
  const jo = await device(browser, server, PEOPLE.jo, { ...BARE, viewport: SIZES.phone, hasTouch: true });
  await without(jo);
  // The questions need none of it.
  await open(jo, server, `/plans/${server.plan("Amira")}/carers-view`);
  const path = `/plans/${server.plan("Amira")}/agreed`;
  await jo.goto(`${server.url}${path}`);
  await expect(jo.getByRole("heading", { level: 1 })).toBeVisible();
  const tries = jo.asked;
  await expect.poll(() => jo.asked).toBeGreaterThan(tries + 1);
  await expect(jo.locator("html")).not.toHaveAttribute("data-live");
  await jo.unroute(LATER);
  await hydrated(jo);
  await expect(jo.getByRole("heading", { level: 1 })).toBeVisible();
  expect(jo.problems).toEqual([]);
});

test("who is here is said once the file behind a plan can be fetched, and nobody has to ask", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth, BARE);
  const behind = "**/pkg/plan-*-later.wasm";
  await ruth.route(behind, (route) => route.abort());
  await ruth.goto(`${server.url}/plans/${server.plan("Amira")}/targets`);
  await hydrated(ruth);
  await live(ruth);
  await expect(ruth.getByText("Who is here isn’t known yet")).toBeVisible();
  // The page is there to write in.
  await typeIn(ruth.locator('[data-path="changes"]'), " Numbats first");
  await savedToPlan(ruth);
  await expect(ruth.getByText("Who is here isn’t known yet")).toBeVisible();
  await ruth.unroute(behind);
  await expect(here(ruth).locator("summary")).toHaveText("Here now: only you");
  expect(ruth.problems).toEqual([]);
});
