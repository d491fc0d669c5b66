// What goes wrong: a full disk, a right that ended, a server that dies, a picture
// code forgotten or guessed. Nothing written is lost, and what happened is said.
import { randomUUID } from "node:crypto";
import { PEOPLE, cut, device, expect, handOver, open, restore, savedToPlan, seen, status, stored, test, typeIn, watch } from "../pep.js";
import { cookieOf, openOverWire } from "../wire.js";

const STRENGTHS = '[data-path="strengths"]';
const GOING_WELL = '[data-path="going-well"]';

// Fills the journal's storage to the last character.
const fillJournal = (page) =>
  page.evaluate(() => {
    for (let size = 4 << 20; size >= 1; ) {
      try {
        localStorage.setItem(`fill ${size} ${Math.random()}`, "x".repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  });

// A disk that is full while `window.full` is set.
const fullDisk = (page) =>
  page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...all) {
      if (window.full) throw new DOMException("The disk is full", "QuotaExceededError");
      return put.apply(this, all);
    };
  });

test("a device that can store nothing says so loudly, and what is typed stays in the box and is sent", async ({
  browser,
  server,
}) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await fullDisk(ruth);
  await open(ruth, server, `/plans/${server.plan("Amira")}/progress`);
  const before = await ruth.locator(STRENGTHS).inputValue();
  await cut(ruth);
  await fillJournal(ruth);
  await ruth.evaluate(() => (window.full = true));
  await typeIn(ruth.locator(STRENGTHS), " Nowhere to go");
  await expect(status(ruth)).toHaveText("Not saved. Copy your text now");
  await expect(ruth.locator('.status[data-tone="stop"] [role="alert"]')).toHaveText("Not saved. Copy your text now");
  await expect(ruth.locator(STRENGTHS)).toHaveValue(`${before} Nowhere to go`);

  // Room again: it is stored by itself, and the alarm ends.
  await ruth.evaluate(() => (window.full = false));
  await expect(status(ruth)).toHaveText("Offline. 1 change waiting to send");
  await ruth.evaluate(() => (window.full = true));
  await typeIn(ruth.locator(STRENGTHS), " but out.");
  await expect(status(ruth)).toHaveText("Not saved. Copy your text now");
  await restore(ruth);
  await savedToPlan(ruth);
  const tom = await device(browser, server, PEOPLE.tom);
  await open(tom, server, `/plans/${server.plan("Amira")}/progress`);
  await expect(tom.locator("main")).toContainText("Nowhere to go but out.");
});

test("a full journal alone is no alarm while the disk takes everything", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Amira")}/progress`);
  await cut(ruth);
  await fillJournal(ruth);
  await watch(ruth);
  await typeIn(ruth.locator(STRENGTHS), " Quick quick words");
  await expect(status(ruth)).toHaveText("Offline. 1 change waiting to send");
  expect(await seen(ruth)).not.toContain("Not saved. Copy your text now");
});

test("a disk that is away for a moment as a page opens loses nothing of what waits on it", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Amira")}/progress`);
  await cut(ruth);
  await typeIn(ruth.locator(STRENGTHS), " On the disk alone.");
  await expect(status(ruth)).toHaveText("Offline. 1 change waiting to send");
  await ruth.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    let opened = 0;
    IDBFactory.prototype.open = function (...all) {
      opened += 1;
      // After its key was read.
      if (opened > 2 && opened < 5) throw new DOMException("Connection to the disk lost", "UnknownError");
      return open.apply(this, all);
    };
  });
  await ruth.reload();
  await expect(ruth.locator(STRENGTHS)).toHaveValue(/On the disk alone\.$/);
  await expect(status(ruth)).toHaveText("Offline. 1 change waiting to send");
  await restore(ruth);
  await savedToPlan(ruth);
});

test("a browser that keeps nothing at all still sends, and says that it does not store", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await ruth.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("No storage here", "SecurityError");
    };
    Storage.prototype.setItem = () => {
      throw new DOMException("No storage here", "QuotaExceededError");
    };
  });
  await open(ruth, server, `/plans/${server.plan("Amira")}/progress`);
  await typeIn(ruth.locator(STRENGTHS), " Sent all the same.");
  await savedToPlan(ruth);
  await cut(ruth);
  await typeIn(ruth.locator(STRENGTHS), " And this is nowhere.");
  await expect(status(ruth)).toHaveText("Not saved. Copy your text now");
  await expect(ruth.locator(STRENGTHS)).toHaveValue(/And this is nowhere\.$/);
});

test("words of a carer whose part ended meanwhile are refused in a sentence, kept, copied and let go", async ({
  browser,
  server,
}) => {
  const jo = await device(browser, server, PEOPLE.jo, { permissions: ["clipboard-read", "clipboard-write"] });
  await open(jo, server, `/plans/${server.plan("Amira")}/carers-view`);
  const head = jo.locator("#topic-0");
  if ((await head.getAttribute("aria-expanded")) === "false") await head.click();
  await cut(jo);
  await typeIn(jo.locator('[data-path="going-well"]'), " Written too late.");
  const words = await jo.locator('[data-path="going-well"]').inputValue();
  await expect(status(jo)).toHaveText("No signal. 1 change will send later");
  server.leave(PEOPLE.jo, "Amira");
  await restore(jo);
  await expect(status(jo)).toHaveText("Not sent. Open to fix");
  await expect(jo.locator('[data-path="going-well"]')).toHaveValue(words);

  for (const again of [false, true]) {
    await open(jo, server, "/not-sent");
    if (again) await jo.reload();
    await expect(jo.locator(".kept-words")).toHaveText(words);
    await expect(jo.locator("main")).toContainText("You can no longer open this plan, because your part in it has ended.");
  }
  await jo.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(jo.getByText("Copied")).toBeVisible();
  expect(await jo.evaluate(() => navigator.clipboard.readText())).toBe(words);
  // Offered, they stand beside the plan until the designated teacher is done with them.
  const offer = jo.getByRole("button", { name: "Offer these words to the teacher for this plan" });
  const here = jo.getByText("These words are on this device only.");
  await expect(here).toBeVisible();
  await offer.click();
  await expect(jo.getByText("These words are now kept for the teacher for this plan.")).toBeVisible();
  await expect(offer).toBeHidden();
  await expect(here).toBeHidden();
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${server.plan("Amira")}`);
  await expect(ruth.getByText("1 text is offered by somebody whose part has ended")).toBeVisible();
  await open(ruth, server, `/plans/${server.plan("Amira")}/agree`);
  const offered = ruth.locator(".offered");
  await expect(offered).toContainText("Jo Barlow");
  await expect(offered.locator(".kept-words")).toHaveText(words);
  await offered.getByRole("button", { name: "Let it go" }).click();
  await expect(offered).toBeHidden();
  await jo.reload();
  await expect(jo.locator(".kept-words")).toHaveText(words);
  await expect(offer).toBeHidden();
  await jo.getByRole("button", { name: "Discard", exact: true }).click();
  await jo.getByRole("dialog").getByRole("button", { name: "Keep them" }).click();
  await expect(jo.locator(".kept-words")).toHaveText(words);
  await jo.getByRole("button", { name: "Discard", exact: true }).click();
  await jo.getByRole("dialog").getByRole("button", { name: "Discard them" }).click();
  await expect(jo.getByText("Nothing was refused.")).toBeVisible();
  await jo.reload();
  await expect(jo.getByText("Nothing was refused.")).toBeVisible();
  expect((await stored(jo)).keys.filter((key) => key.startsWith("outbox "))).toEqual([]);
  expect(server.sql("select count(*) as found from history where became like '%Written too late%'")).toEqual([{ found: 0 }]);
});

// Amira's carer chooses a photo; any picture is one.
async function choosePhoto(jo) {
  const file = { name: "homework.png", mimeType: "image/png", buffer: await jo.screenshot() };
  await jo.locator("#photo-choose").setInputFiles([file]);
  await expect(jo.locator(".photo-list > li")).toHaveCount(1);
}

async function typeAnswer(jo, words) {
  const head = jo.locator("#topic-0");
  if ((await head.getAttribute("aria-expanded")) === "false") await head.click();
  await typeIn(jo.locator(GOING_WELL), words);
  return jo.locator(GOING_WELL).inputValue();
}

async function discard(item) {
  await item.getByRole("button", { name: "Discard", exact: true }).click();
  await item.getByRole("dialog").getByRole("button", { name: "Discard them" }).click();
}

// Something that takes all the room there is.
const fillPlan = (server, plan) =>
  server.sql(
    `insert into media (id, plan_id, section, kind, by_whom, length, hash, held, begun_at)
     values ('${randomUUID()}', '${plan}', 'carers-view', 'photo', 'somebody', ${40 << 20}, '${"0".repeat(64)}', 0, ${Date.now()})`,
  );

test("a photo that a full plan doesn't take is let go of alone, and answers beside it are sent when they can be", async ({
  browser,
  server,
}) => {
  const plan = server.plan("Amira");
  fillPlan(server, plan);
  const said = () =>
    JSON.parse(server.sql(`select field_values from document where name = '${plan}/carers-view'`)[0].field_values).texts["going-well"];
  const jo = await device(browser, server, PEOPLE.jo);
  await open(jo, server, `/plans/${plan}/carers-view`);
  await choosePhoto(jo);
  await expect(status(jo)).toHaveText("Not sent. Open to fix");
  await cut(jo);
  const words = await typeAnswer(jo, " She waved.");
  await jo.getByRole("link", { name: "See what was not sent" }).first().click();
  const items = jo.locator("main li.card");
  await expect(items).toHaveCount(1);
  await expect(items).toContainText("This plan has no room for more pictures and recordings.");
  await discard(items);
  await expect(jo.getByText("Nothing was refused.")).toBeVisible();
  await expect(status(jo)).toHaveText(/^No signal\. (1 change|\d changes) will send later$/);
  expect(said()).not.toBe(words);
  await restore(jo);
  await savedToPlan(jo);
  await expect.poll(said).toBe(words);
  await open(jo, server, `/plans/${plan}/carers-view`);
  await expect(jo.locator(GOING_WELL)).toHaveValue(words);
  await expect(jo.locator("#photo-choose")).toBeAttached();
  await expect(jo.locator(".photo-list > li")).toHaveCount(0);
  expect(jo.problems).toEqual([]);
});

test("a refused photo that is let go of on a page that shows no plan is gone from the plan too", async ({ browser, server }) => {
  const plan = server.plan("Amira");
  fillPlan(server, plan);
  const jo = await device(browser, server, PEOPLE.jo);
  await open(jo, server, `/plans/${plan}/carers-view`);
  await choosePhoto(jo);
  await expect(status(jo)).toHaveText("Not sent. Open to fix");
  await open(jo, server, "/not-sent");
  await discard(jo.locator("main li.card"));
  await expect(jo.getByText("Nothing was refused.")).toBeVisible();
  await savedToPlan(jo);
  await open(jo, server, `/plans/${plan}/carers-view`);
  await expect(jo.locator("#photo-choose")).toBeAttached();
  await expect(jo.locator(".photo-list > li")).toHaveCount(0);
  expect(jo.problems).toEqual([]);
});

test("a photo that is refused with the words beside it is let go of alone, and the words stay", async ({ browser, server }) => {
  const jo = await device(browser, server, PEOPLE.jo);
  await open(jo, server, `/plans/${server.plan("Amira")}/carers-view`);
  await expect(jo.locator("#photo-choose")).toBeAttached();
  await cut(jo);
  const words = await typeAnswer(jo, " Written too late.");
  await choosePhoto(jo);
  server.leave(PEOPLE.jo, "Amira");
  await restore(jo);
  await expect(status(jo)).toHaveText("Not sent. Open to fix");
  await open(jo, server, "/not-sent");
  const items = jo.locator("main li.card");
  await expect(items).toHaveCount(2);
  await discard(items.filter({ hasText: "This part of the plan isn't yours to change" }));
  for (const again of [false, true]) {
    if (again) await jo.reload();
    await expect(items).toHaveCount(1);
    await expect(items.locator(".kept-words")).toHaveText(words);
    await expect(items).toContainText("You can no longer open this plan, because your part in it has ended.");
  }
  const { keys } = await stored(jo);
  expect(keys.filter((key) => key.startsWith("outbox "))).not.toEqual([]);
  await expect.poll(async () => (await stored(jo)).keys.filter((key) => /^(media|pieces|unsent) /.test(key))).toEqual([]);
  expect(jo.problems).toEqual([]);
});

test("a server killed in the middle of typing and started again has every word", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const address = `/plans/${server.plan("Amira")}/progress`;
  await open(ruth, server, address);
  const before = await ruth.locator(STRENGTHS).inputValue();
  const words = " One two three four five six seven eight nine ten eleven twelve.";
  const typing = typeIn(ruth.locator(STRENGTHS), words);
  await expect(ruth.locator(STRENGTHS)).toHaveValue(/ two three/);
  await server.kill();
  await typing;
  await expect(status(ruth)).toHaveText("Offline. 1 change waiting to send");
  await server.up();
  await savedToPlan(ruth);
  const tom = await device(browser, server, PEOPLE.tom);
  await open(tom, server, address);
  await expect(tom.locator("main")).toContainText(`${before}${words}`);
});

// Presses three pictures and opens with them.
async function give(tablet, ...pictures) {
  for (const picture of pictures) await tablet.getByRole("button", { name: picture, exact: true }).click();
}

test("a picture code that was chosen here locks the tablet, also offline, until the right pictures", async ({
  browser,
  server,
}) => {
  const tablet = await device(browser, server, PEOPLE.ruth);
  await handOver(tablet, server, "Yonas");
  await tablet.getByRole("button", { name: "Choose a picture code" }).click();
  for (const then of ["Now the same three again.", /^Your code is set/]) {
    await give(tablet, "Kite", "Moon", "Fish");
    await expect(tablet.getByRole("main").getByRole("status")).toHaveText(then);
    if (typeof then === "string") await expect(tablet.locator(".place svg")).toHaveCount(0);
  }
  await tablet.getByRole("button", { name: "Back", exact: true }).click();
  await tablet.getByRole("button", { name: "Start", exact: true }).click();
  await cut(tablet);
  await typeIn(tablet.getByLabel("Want to say more?"), " Behind the kite.");
  await expect(status(tablet)).toHaveText("No internet. Your words are safe here");
  await tablet.getByRole("button", { name: "Stop for now" }).click();
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("You can stop now");
  await tablet.reload();
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText(/Tap your three pictures$/);
  await expect(tablet.locator("body")).not.toContainText("Behind the kite");
  await give(tablet, "Moon", "Kite", "Fish");
  await tablet.getByRole("button", { name: "Open", exact: true }).click();
  await expect(tablet.getByRole("main").getByRole("status")).toHaveText(/^Not those three/);
  await give(tablet, "Kite", "Moon", "Fish");
  await tablet.getByRole("button", { name: "Open", exact: true }).click();
  await tablet.getByRole("button", { name: "Start", exact: true }).click();
  await expect(tablet.getByLabel("Want to say more?")).toHaveValue(/Behind the kite\.$/);
  await restore(tablet);
  await expect(status(tablet)).toHaveText("Safe in your plan");
});

test("wrong pictures are counted, and without the right ones earlier words open for nobody", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.ruth);
  await handOver(tablet, server, "Amira");
  const voice = `${server.plan("Amira")}/my-voice`;
  const byCookieAlone = async (page) => openOverWire(server, voice, { cookie: await cookieOf(page) });
  const shut = { opened: false, all: "Choose your pictures first" };
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Hello Amira. Tap your three pictures");
  expect(await byCookieAlone(tablet)).toEqual(shut);
  const told = tablet.getByRole("main").getByRole("status");
  await expect(told).toHaveText("You have 5 tries left.");
  const wrong = [/4 more times/, /3 more times/, /2 more times/, /one more time/, /hand over the tablet again/];
  for (const sentence of wrong) {
    await give(tablet, "Cat", "Boat", "Moon");
    await tablet.getByRole("button", { name: "Open", exact: true }).click();
    await expect(told).toHaveText(sentence);
    await expect(tablet.locator(".place svg")).toHaveCount(0);
  }
  // Used up: now even the right ones don't open, until the tablet is handed over again.
  await give(tablet, "Cat", "Moon", "Boat");
  await tablet.getByRole("button", { name: "Open", exact: true }).click();
  await expect(told).toHaveText(/hand over the tablet again/);
  await tablet.reload();
  await expect(told).toHaveText(/^No tries left/);
  expect(await byCookieAlone(tablet)).toEqual(shut);

  const other = await device(browser, server, PEOPLE.ruth);
  await handOver(other, server, "Amira");
  await give(other, "Cat", "Moon", "Boat");
  await other.getByRole("button", { name: "Open", exact: true }).click();
  await other.getByRole("button", { name: "Start", exact: true }).click();
  await expect(other.getByLabel("Want to say more?")).toHaveValue(/^its alright actually/);
  expect(await byCookieAlone(other)).toEqual(shut);
});
