// What is half typed in a form that is sent as a whole: it comes back with the page, whoever
// signs out is told of it, and it is gone once it is sent.
import { PEOPLE, cut, device, expect, hydrated, open, restore, test } from "../pep.js";
import { stored } from "../stored.js";

const keeps = (page, name) => expect.poll(async () => (await stored(page)).keys.some((key) => key.includes(`half/${name}`))).toBe(true);
const WHY = "We will try it until half term, and ask you how it went.";

test("a reply to a child comes back with its page, and is told of before it is lost", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const agree = `/plans/${server.plan("Amira")}/agree`;
  const request = ruth.locator("#reply-change");
  const why = request.getByLabel("Why, and what happens next");
  const partly = request.getByLabel("What will happen");
  await open(ruth, server, agree);
  await partly.selectOption({ label: "Partly" });
  await why.pressSequentially(WHY);
  await keeps(ruth, "reply-");
  await open(ruth, server, agree);
  await expect(why).toHaveValue(WHY);
  await expect(partly.locator("option:checked")).toHaveText("Partly");

  await open(ruth, server, "/");
  const out = ruth.getByRole("button", { name: "Sign out", exact: true });
  await out.click();
  const dialog = ruth.getByRole("dialog", { name: "Before you sign out" });
  await expect(dialog).toContainText("You typed something and did not add it.");
  await dialog.getByRole("button", { name: "Stay signed in" }).click();

  // Without a connection it stays where it is.
  await open(ruth, server, agree);
  await expect(why).toHaveValue(WHY);
  await cut(ruth);
  await request.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(request.getByText("This needs a connection", { exact: false })).toBeVisible();
  await expect(why).toHaveValue(WHY);
  await restore(ruth);
  await request.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(request.locator("p.words", { hasText: WHY })).toBeVisible();
  await open(ruth, server, agree);
  await expect(why).toHaveValue("");
  await open(ruth, server, "/");
  await out.click();
  await ruth.waitForURL("**/sign-in");
  expect(ruth.problems).toEqual([]);
});

test("a request for money that isn't sent yet is told of as well", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const money = `/plans/${server.plan("Amira")}/money`;
  await open(ruth, server, money);
  // Nobody leaves the box: a page may go in the middle of a word.
  await ruth.locator("#grant-item").pressSequentially("One-to-one maths tui");
  await keeps(ruth, "grant/");
  await open(ruth, server, money);
  await expect(ruth.locator("#grant-item")).toHaveValue("One-to-one maths tui");
  await open(ruth, server, "/");
  await ruth.getByRole("button", { name: "Sign out", exact: true }).click();
  const dialog = ruth.getByRole("dialog", { name: "Before you sign out" });
  await expect(dialog).toContainText("You typed something and did not add it.");
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  // Whoever empties it has typed nothing.
  await open(ruth, server, money);
  await expect(ruth.locator("#grant-item")).toHaveValue("One-to-one maths tui");
  await ruth.locator("#grant-item").press("ControlOrMeta+a");
  await ruth.locator("#grant-item").press("Delete");
  await open(ruth, server, "/");
  await ruth.getByRole("button", { name: "Sign out", exact: true }).click();
  await ruth.waitForURL("**/sign-in");
  expect(ruth.problems).toEqual([]);
});

test("what has happened comes back with the plan's page, and is said", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const plan = `/plans/${server.plan("Amira")}`;
  const words = ruth.getByLabel("What has happened?");
  await open(ruth, server, plan);
  await ruth.getByText("Something has happened").click();
  await ruth.getByLabel("What is it about?").selectOption({ index: 1 });
  await words.pressSequentially("She moves to another home on Friday.");
  await keeps(ruth, "occasion/");
  await open(ruth, server, plan);
  await expect(words).toHaveValue("She moves to another home on Friday.");
  await expect(words).toBeVisible();
  await ruth.getByRole("button", { name: "Say that it has to be looked at" }).click();
  await expect(ruth.locator(".occasions p.words").filter({ hasText: "She moves to another home on Friday." })).toBeVisible();
  await expect(words).toHaveValue("");
  await open(ruth, server, plan);
  await expect(words).toBeHidden();
  expect(ruth.problems).toEqual([]);
});

test("why a request is declined comes back when it is asked for again", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const money = `/plans/${server.plan("Amira")}/money`;
  await open(ruth, server, money);
  const [year, month, day] = new Date().toISOString().slice(0, 10).split("-");
  await ruth.locator("#grant-target").selectOption({ index: 1 });
  const said = { item: "A numbat", units: "1", cost: "120", provider: "The zoo", expected: "She reads to it" };
  for (const [id, words] of Object.entries(said)) await ruth.locator(`#grant-${id}`).fill(words);
  for (const end of ["starts", "ends"]) {
    for (const [part, number] of Object.entries({ day, month, year })) await ruth.locator(`#grant-${end}-${part}`).fill(number);
  }
  await ruth.getByRole("button", { name: "Ask for this", exact: true }).click();
  await expect(ruth.getByText("Asked for. The virtual school sees it now.")).toBeVisible();

  const helen = await device(browser, server, PEOPLE.helen);
  const line = helen.locator("main li").filter({ hasText: "A numbat" });
  const dialog = helen.getByRole("dialog", { name: "Decline this?" });
  await open(helen, server, money);
  await line.getByRole("button", { name: /^Decline ?: A numbat$/ }).click();
  await dialog.getByLabel("Why").pressSequentially("Numbats can't be kept at school.");
  await keeps(helen, "why-");
  await open(helen, server, money);
  await line.getByRole("button", { name: /^Decline ?: A numbat$/ }).click();
  await expect(dialog.getByLabel("Why")).toHaveValue("Numbats can't be kept at school.");
  await dialog.getByRole("button", { name: "Decline", exact: true }).click();
  await expect(line).toContainText("Why: Numbats can't be kept at school.");
  await expect(dialog).toBeHidden();
  await open(helen, server, "/");
  await helen.getByRole("button", { name: "Sign out", exact: true }).click();
  await helen.waitForURL("**/sign-in");
  for (const desk of [ruth, helen]) expect(desk.problems).toEqual([]);
});

test("why a plan isn't needed any more comes back, and closes it", async ({ browser, server }) => {
  const helen = await device(browser, server, PEOPLE.helen);
  const agree = `/plans/${server.plan("Yonas")}/agree`;
  const why = helen.locator("#why-closed");
  await open(helen, server, agree);
  await helen.getByText("This plan is not needed any more").click();
  await why.pressSequentially("He has gone to live with his uncle.");
  await keeps(helen, "closed/");
  await open(helen, server, agree);
  await expect(why).toHaveValue("He has gone to live with his uncle.");
  await expect(why).toBeVisible();
  await helen.getByRole("button", { name: "No longer in care, or grown up" }).click();
  await expect(helen.getByText("He has gone to live with his uncle.").first()).toBeVisible();
  await expect(why).toBeHidden();
  expect(helen.problems).toEqual([]);
});

test("what is half typed comes back beside what was typed before the app was there", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth, { serviceWorkers: "block" });
  const meeting = `/plans/${server.plan("Amira")}/meeting`;
  const [what, who] = ["What", "Who"].map((label) => ruth.getByLabel(label, { exact: true }));
  await open(ruth, server, meeting);
  await who.pressSequentially("Tom Nowak");
  await what.pressSequentially("Ring the clinic");
  await keeps(ruth, "action/");
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await ruth.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await ruth.goto(`${server.url}${meeting}`, { waitUntil: "domcontentloaded" });
  await what.fill("about Friday");
  letGo();
  await hydrated(ruth);
  await expect(who).toHaveValue("Tom Nowak");
  await expect(what).toHaveValue("Ring the clinic about Friday");
  // What is in the box already isn't put there twice.
  await what.press("End");
  await what.pressSequentially(" 7");
  await keeps(ruth, "action/");
  await ruth.goto(`${server.url}${meeting}`, { waitUntil: "domcontentloaded" });
  await what.fill("Ring the clinic about Friday 7, early");
  await hydrated(ruth);
  await expect(who).toHaveValue("Tom Nowak");
  await expect(what).toHaveValue("Ring the clinic about Friday 7, early");
  expect(ruth.problems).toEqual([]);
});

test("nothing is kept over what is half typed until that is back", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth, { serviceWorkers: "block" });
  const money = `/plans/${server.plan("Amira")}/money`;
  const [item, provider] = ["item", "provider"].map((id) => ruth.locator(`#grant-${id}`));
  await open(ruth, server, money);
  await provider.pressSequentially("The zoo");
  await item.pressSequentially("A numbat");
  await keeps(ruth, "grant/");
  const sealed = () =>
    ruth.evaluate(async () => {
      const asked = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const kept = (await asked(indexedDB.open("pep"))).transaction("kept").objectStore("kept");
      const key = (await asked(kept.getAllKeys())).find((key) => key.includes("half/grant/"));
      return String(await asked(kept.get(key)));
    });
  const before = await sealed();
  // A slow disk: what was kept isn't told before `letGo`.
  await ruth.addInitScript(() => {
    const held = new Promise((resolve) => (window.letGo = resolve));
    const { get, set } = Object.getOwnPropertyDescriptor(IDBRequest.prototype, "onsuccess");
    const onsuccess = {
      get,
      set(told) {
        const late = (event) => (this.source?.name === "kept" ? held.then(() => told(event)) : told(event));
        set.call(this, late);
      },
    };
    Object.defineProperty(IDBRequest.prototype, "onsuccess", onsuccess);
  });
  await open(ruth, server, money);
  await item.pressSequentially("for Friday");
  await open(ruth, server, money);
  await item.pressSequentially("for Monday");
  await ruth.evaluate(() => window.letGo());
  await expect(provider).toHaveValue("The zoo");
  await expect(item).toHaveValue("A numbat for Monday");
  await expect.poll(sealed).not.toBe(before);
  await open(ruth, server, money);
  await ruth.evaluate(() => window.letGo());
  await expect(item).toHaveValue("A numbat for Monday");
  expect(ruth.problems).toEqual([]);
});
