// Who is here, where they are, and writing in one text at once.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { chromium } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";
import * as Y from "yjs";
import { CHANGES, here, plan, two } from "../here.js";
import { PEOPLE, device, expect, killBrowser, open, savedToPlan, signIn, test, typeIn } from "../pep.js";
import { LAUNCH } from "../playwright.config.js";

const taken = (page) => page.locator(`.taken:has(${CHANGES}) .taken-by`);

test("it is said who is here and where, and the way there", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, plan(server));
  await expect(here(ruth).locator("summary")).toHaveText("Here now: only you");
  const tom = await device(browser, server, PEOPLE.tom);
  await open(tom, server, plan(server));
  await expect(here(ruth).locator("summary")).toContainText("Here now: Tom Nowak");
  await expect(here(tom).locator("summary")).toContainText("Here now: Ruth Osei");
  await open(tom, server, plan(server, "/targets"));
  await tom.locator(CHANGES).focus();
  await here(ruth).locator("summary").click();
  const line = here(ruth).getByRole("listitem");
  await expect(line).toContainText("Tom Nowak, social worker, in ");
  await expect(line.getByRole("link", { name: "Go to where Tom Nowak is" })).toHaveAttribute("href", /#changes$/);
  await line.getByRole("link").click();
  await expect(ruth.locator(CHANGES)).toBeFocused();
  await expect(taken(ruth)).toContainText("Tom Nowak is here");
  // Each has a look of their own.
  const jo = await device(browser, server, PEOPLE.jo);
  await open(jo, server, plan(server));
  const looks = () => here(ruth).locator(".lines .mark").evaluateAll((marks) => marks.map((mark) => mark.className));
  await expect.poll(async () => new Set(await looks()).size).toBe(2);
  await jo.close();
  await tom.close();
  await expect(here(ruth).locator("summary")).toHaveText("Here now: only you");
  await expect(ruth.locator(".taken")).toHaveCount(0);
  expect(ruth.problems).toEqual([]);
});

test("who loses their connection has not left, and is here again when they are back", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, plan(server));
  const folder = mkdtempSync(join(tmpdir(), "pep-lost-"));
  const dies = await chromium.launchPersistentContext(folder, { ...LAUNCH, locale: "en-GB" });
  const tom = dies.pages()[0];
  await signIn(tom, server, PEOPLE.tom);
  await open(tom, server, plan(server));
  const says = here(ruth).locator("summary");
  await expect(says).toHaveText(/Here now: Tom Nowak$/);
  killBrowser(folder);
  await expect(says).toHaveText("Here now: only you. Tom Nowak has no connection");
  await says.click();
  await expect(here(ruth).getByRole("listitem")).toHaveText(/Tom Nowak, social worker, without a connection since \d\d:\d\d$/);
  const back = await device(browser, server, PEOPLE.tom);
  await open(back, server, plan(server));
  await expect(says).toHaveText(/Here now: Tom Nowak$/);
  rmSync(folder, { recursive: true, force: true });
  expect(ruth.problems).toEqual([]);
});

test("who types in a field is named there, with their caret over the text", async ({ browser, server }) => {
  const { tom, ruth } = await two(browser, server);
  await typeIn(tom.locator(CHANGES), " By Tom.");
  await expect(taken(ruth)).toContainText("Tom Nowak is typing here");
  await expect(ruth.locator(".carets i")).toHaveCount(1);
  // The layer has the text as the box has it, so that the caret stands where it belongs.
  await expect.poll(() => ruth.locator(".carets").textContent()).toBe(await ruth.locator(CHANGES).inputValue());
  await expect(taken(ruth)).toContainText("Tom Nowak is here");
  await tom.locator(CHANGES).press("Control+a");
  await expect(ruth.locator(".carets u")).toHaveCount(1);
  await tom.getByRole("heading", { level: 1 }).focus();
  await expect(ruth.locator(".carets")).toHaveCount(0);
  for (const page of [tom, ruth]) expect(page.problems).toEqual([]);
});

test("somebody else's caret and name cover no word and take no press", async ({ browser, server }) => {
  const { tom, ruth } = await two(browser, server);
  await typeIn(tom.locator(CHANGES), " By Tom.");
  await expect(taken(ruth)).toContainText("Tom Nowak");
  await expect(ruth.locator(".carets i")).toHaveCount(1);
  const box = ruth.locator(CHANGES);
  const seen = await box.evaluate((box) => {
    box.scrollIntoView({ block: "center" });
    const layer = box.parentElement.querySelector(".carets");
    const caret = layer.querySelector("i");
    const [drawn, flag] = [getComputedStyle(layer), getComputedStyle(caret, "::before")];
    const names = layer.closest(".taken").querySelector(".taken-by");
    // How much there is between the top of the line and its highest letter.
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = getComputedStyle(box).font;
    const line = pen.measureText(box.value);
    const { left, top, width, height } = caret.getBoundingClientRect();
    return {
      sees: drawn.color,
      fills: drawn.backgroundColor,
      presses: [drawn, getComputedStyle(names)].map((style) => style.pointerEvents),
      under: document.elementFromPoint(left, top + height / 2) === box,
      width,
      flag: parseFloat(flag.top) + parseFloat(flag.height),
      room: line.fontBoundingBoxAscent - line.actualBoundingBoxAscent,
      between: names.getBoundingClientRect().top - box.getBoundingClientRect().bottom,
    };
  });
  expect(seen.sees).toBe("rgba(0, 0, 0, 0)");
  expect(seen.fills).toBe("rgba(0, 0, 0, 0)");
  expect(seen.presses).toEqual(["none", "none"]);
  expect(seen.under).toBe(true);
  expect(seen.width).toBeLessThanOrEqual(2);
  expect(seen.flag).toBeLessThanOrEqual(seen.room);
  expect(seen.between).toBeGreaterThanOrEqual(0);
});

test("the names of two in one field hide nothing below it, on the smallest phone", async ({ browser, server }) => {
  const { tom, ruth } = await two(browser, server);
  const helen = await device(browser, server, PEOPLE.helen);
  await open(helen, server, plan(server, "/targets"));
  await ruth.setViewportSize({ width: 320, height: 640 });
  await typeIn(tom.locator(CHANGES), " By Tom.");
  await typeIn(helen.locator(CHANGES), " By Helen.");
  await expect(taken(ruth).getByRole("listitem")).toHaveCount(2);
  await expect
    .poll(() =>
      taken(ruth).evaluate((names) => {
        const [{ left, bottom }, field] = [names.getBoundingClientRect(), names.closest(".fields > *")];
        const [from, between] = [field.getBoundingClientRect(), parseFloat(getComputedStyle(field.parentElement).rowGap)];
        return [left >= from.left, bottom <= from.bottom + between];
      }),
    )
    .toEqual([true, true]);
  expect([...ruth.problems, ...tom.problems, ...helen.problems]).toEqual([]);
});

// A section that has no box before somebody adds a row.
const TABLE = "spending";

test("nobody learns of a section that isn't theirs to read from who is in it", async ({ browser, server }) => {
  const heard = [];
  const jo = await device(browser, server, PEOPLE.jo);
  jo.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard.push(String(payload))));
  await open(jo, server, plan(server));
  const theirs = server.documents(PEOPLE.jo).filter((each) => each.plan === server.plan("Amira")).map((each) => each.section);
  const section = server
    .documents(PEOPLE.tom)
    .find((each) => each.plan === server.plan("Amira") && each.right === "write" && !theirs.includes(each.section) && each.section !== TABLE).section;
  const tom = await device(browser, server, PEOPLE.tom);
  await open(tom, server, plan(server, `/${section}`));
  await tom.locator("main [data-path]").first().focus();
  await expect(here(jo).locator("summary")).toContainText("Here now: Tom Nowak");
  await here(jo).locator("summary").click();
  await expect(here(jo).getByRole("listitem")).toHaveText(/Tom Nowak, social worker$/);
  expect(heard.join("\n")).toContain("Tom Nowak");
  expect(heard.filter((frame) => frame.includes(section))).toEqual([]);
});

test("a client can't call itself somebody else", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, plan(server, "/targets"));
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${server.port}/sync`,
    WebSocketPolyfill: WebSocket,
  });
  const name = `${server.plan("Amira")}/targets`;
  const provider = new HocuspocusProvider({
    websocketProvider,
    name,
    token: server.token(PEOPLE.tom),
    document: new Y.Doc(),
  });
  provider.attach();
  provider.setAwarenessField("user", { id: "x", name: "Helen Castell", role: "virtual school" });
  provider.setAwarenessField("sign", { spot: { path: "changes", from: 0, to: 0 } });
  await expect(taken(ruth)).toContainText("Tom Nowak is here");
  await expect(here(ruth).locator("summary")).toContainText("Here now: Tom Nowak");
  // And it hears who is here, by the names that the server gives.
  await ruth.locator(CHANGES).focus();
  const names = () => [...provider.awareness.getStates().values()].map((state) => state.user?.name);
  await expect.poll(names).toContain("Ruth Osei");
  provider.destroy();
  websocketProvider.destroy();
  await expect(ruth.locator(".taken")).toHaveCount(0);
});

test("undoing takes back one's own words and leaves the others'", async ({ browser, server }) => {
  const { tom, ruth } = await two(browser, server);
  const before = await ruth.locator(CHANGES).inputValue();
  await typeIn(ruth.locator(CHANGES), " First. Second.");
  await savedToPlan(ruth);
  await tom.locator(CHANGES).press("Control+Home");
  await tom.locator(CHANGES).pressSequentially("By Tom 🙂. ");
  await expect(ruth.locator(CHANGES)).toHaveValue(`By Tom 🙂. ${before} First. Second.`);
  await ruth.locator(CHANGES).press("Control+z");
  await expect(ruth.locator(CHANGES)).toHaveValue(`By Tom 🙂. ${before} First. `);
  await ruth.locator(CHANGES).press("Control+Shift+z");
  await expect(ruth.locator(CHANGES)).toHaveValue(`By Tom 🙂. ${before} First. Second.`);
  for (let press = 0; press < 8; press += 1) await ruth.locator(CHANGES).press("Control+z");
  await expect(ruth.locator(CHANGES)).toHaveValue(`By Tom 🙂. ${before}`);
  await expect(tom.locator(CHANGES)).toHaveValue(`By Tom 🙂. ${before}`);
});

test("what others write during a composition breaks nothing of it", async ({ browser, server }) => {
  const { tom, ruth } = await two(browser, server);
  const before = await ruth.locator(CHANGES).inputValue();
  await ruth.locator(CHANGES).press("Control+End");
  const keyboard = await ruth.context().newCDPSession(ruth);
  await keyboard.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  await tom.locator(CHANGES).press("Control+Home");
  await tom.locator(CHANGES).pressSequentially("By Tom. ");
  await savedToPlan(tom);
  await keyboard.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  await expect(ruth.locator(CHANGES)).toHaveValue(`${before}にほ`);
  await keyboard.send("Input.insertText", { text: "日本" });
  for (const page of [ruth, tom]) await expect(page.locator(CHANGES)).toHaveValue(`By Tom. ${before}日本`);
});

test("marks that join, and words from right to left, keep their letters when two write", async ({ browser, server }) => {
  const { tom, ruth } = await two(browser, server);
  const before = await ruth.locator(CHANGES).inputValue();
  const said = " مرحبا e\u0301\u0323 👩‍👧‍👦 नमस्ते";
  await ruth.locator(CHANGES).press("Control+End");
  await ruth.keyboard.insertText(said);
  await tom.locator(CHANGES).press("Control+Home");
  await tom.keyboard.insertText("שלום ");
  for (const page of [ruth, tom]) await expect(page.locator(CHANGES)).toHaveValue(`שלום ${before}${said}`);
});

test("fifty thousand letters pasted by one reach the other, and the page goes on", async ({ browser, server }) => {
  const { tom, ruth } = await two(browser, server);
  const before = await ruth.locator(CHANGES).inputValue();
  const book = "All of what was said. ".repeat(2_300);
  await ruth.locator(CHANGES).press("Control+End");
  await ruth.keyboard.insertText(book);
  await typeIn(ruth.locator(CHANGES), "And after.");
  await tom.locator(CHANGES).press("Control+Home");
  await tom.locator(CHANGES).pressSequentially("By Tom. ");
  for (const page of [ruth, tom]) await expect(page.locator(CHANGES)).toHaveValue(`By Tom. ${before}${book}And after.`);
  await savedToPlan(ruth);
});

test("what is read out of others is little, never while somebody types, and can be muted", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await ruth.clock.install();
  const pauseEnds = () => ruth.clock.fastForward(11_000);
  await open(ruth, server, plan(server, "/targets"));
  await expect(here(ruth).locator("summary")).toHaveText("Here now: only you");
  const said = () => ruth.locator('details.here + [role="status"]').textContent();
  const tom = await device(browser, server, PEOPLE.tom);
  await open(tom, server, plan(server));
  await expect.poll(said).toBe("Tom Nowak, social worker, is here");
  await ruth.keyboard.press("Alt+Shift+KeyP");
  await expect.poll(said).toBe("Here now: Tom Nowak, social worker");
  await here(ruth).locator("summary").click();
  await here(ruth).getByLabel("Nothing").check();
  await tom.close();
  await expect(here(ruth).locator("summary")).toHaveText("Here now: only you");
  await pauseEnds();
  expect(await said()).toBe("Here now: Tom Nowak, social worker");
  // The same is said where it is wanted.
  await here(ruth).getByLabel("Who comes and goes").check();
  const again = await device(browser, server, PEOPLE.tom);
  await open(again, server, plan(server));
  await expect.poll(said).toBe("Tom Nowak, social worker, is here");
  await again.close();
  await expect(here(ruth).locator("summary")).toHaveText("Here now: only you");
  await pauseEnds();
  await expect.poll(said).toBe("Tom Nowak left");
  await here(ruth).getByLabel("Nothing").check();
  // And it stays muted.
  await open(ruth, server, plan(server, "/targets"));
  await here(ruth).locator("summary").click();
  await expect(here(ruth).getByLabel("Nothing")).toBeChecked();
});

test("from where somebody else is the way leads back to where one was", async ({ browser, server }) => {
  const { tom, ruth } = await two(browser, server);
  await open(ruth, server, plan(server, "/progress"));
  const strengths = ruth.locator('[data-path="strengths"]');
  await strengths.focus();
  await tom.locator(CHANGES).focus();
  await here(ruth).locator("summary").click();
  const there = here(ruth).getByRole("link", { name: "Go to where Tom Nowak is" });
  await expect(there).toHaveAttribute("href", /\/targets#changes$/);
  await there.click();
  await expect(ruth.locator(CHANGES)).toBeFocused();
  const back = ruth.getByRole("link", { name: "Back to where you were" });
  await back.click();
  await expect(strengths).toBeFocused();
  await expect(back).toHaveCount(0);
  expect(ruth.problems).toEqual([]);
});

test("what others write on the page that one is on is listed, read out where that is wanted, and gone to by keys", async ({ browser, server }) => {
  const { tom, ruth } = await two(browser, server);
  const title = "Changes of school or course ahead";
  const since = ruth.locator(".since");
  await here(ruth).locator("summary").click();
  await here(ruth).getByLabel("That, where they are, and where they write").check();
  await typeIn(tom.locator(CHANGES), " By Tom.");
  await savedToPlan(tom);
  await tom.getByRole("heading", { level: 1 }).focus();
  await expect(since).toContainText(`Tom Nowak wrote in “${title}”`);
  await expect(since.getByRole("link", { name: `Go to “${title}”` })).toHaveAttribute("href", "#changes");
  const said = () => ruth.locator('details.here + [role="status"]').textContent();
  await expect.poll(said, { timeout: 25_000 }).toContain(`Tom Nowak wrote in “${title}”`);
  // Where the reader is, nothing moves until they ask for it.
  await expect(ruth.locator(CHANGES)).not.toBeFocused();
  await ruth.keyboard.press("Alt+Shift+Period");
  await expect(ruth.locator(CHANGES)).toBeFocused();
  await expect(since.getByRole("status")).toContainText(`Tom Nowak wrote in “${title}”, `);
  await since.getByRole("link", { name: `See who wrote “${title}”` }).click();
  await ruth.waitForURL("**/targets/history#changes");
  await expect(ruth.locator('[data-at="changes"]').first()).toBeFocused();
  for (const page of [tom, ruth]) expect(page.problems).toEqual([]);
});

test("who only reads a part is told where it changes meanwhile, and comes to it by keys", async ({ browser, server }) => {
  const [ruth, jo] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.jo)];
  for (const page of [ruth, jo]) await open(page, server, plan(server, "/progress"));
  await expect(here(ruth).locator("summary")).toContainText("Here now: Jo Barlow");
  await typeIn(ruth.locator('[data-path="strengths"]'), " Reads on.");
  await savedToPlan(ruth);
  await ruth.getByRole("heading", { level: 1 }).focus();
  await expect(jo.locator(".since")).toContainText("Ruth Osei wrote in ");
  await jo.keyboard.press("Alt+Shift+Period");
  const strengths = jo.locator('[data-at="strengths"]');
  await expect(strengths).toBeFocused();
  await expect(strengths).toContainText("Reads on.");
  for (const page of [ruth, jo]) expect(page.problems).toEqual([]);
});

test("a text is held still for whoever wishes so, and what others wrote there comes in when they leave it", async ({ browser, server }) => {
  const { tom, ruth } = await two(browser, server);
  const [box, theirs] = [ruth.locator(CHANGES), tom.locator(CHANGES)];
  const before = await box.inputValue();
  await here(ruth).locator("summary").click();
  await here(ruth).getByLabel(/^Hold still the text that I am in/).check();
  await box.press("Control+End");
  await theirs.press("Control+Home");
  await theirs.pressSequentially("By Tom. ");
  await theirs.press("Control+End");
  await theirs.pressSequentially(" And after.");
  await savedToPlan(tom);
  await tom.getByRole("heading", { level: 1 }).focus();
  // That is heard after all that he wrote.
  await expect(ruth.locator(".since")).toContainText("Tom Nowak wrote in ");
  await expect(box).toHaveValue(before);
  await box.pressSequentially(" Mine.");
  await expect(box).toHaveValue(`${before} Mine.`);
  await expect(theirs).toHaveValue(`By Tom. ${before} Mine. And after.`);
  await ruth.getByRole("heading", { level: 1 }).focus();
  await expect(box).toHaveValue(`By Tom. ${before} Mine. And after.`);
  // One's own last word is undone in it, and nothing of anybody else's.
  await box.press("Control+z");
  for (const one of [theirs, box]) await expect(one).toHaveValue(`By Tom. ${before}  And after.`);
  for (const page of [tom, ruth]) expect(page.problems).toEqual([]);
});

test("the way to who is at the meeting leads to the meeting", async ({ browser, server }) => {
  const [ruth, helen] = [await device(browser, server, PEOPLE.ruth), await device(browser, server, PEOPLE.helen)];
  await open(helen, server, `${plan(server)}/meeting`);
  await open(ruth, server, `${plan(server)}/targets`);
  await here(ruth).locator("summary").click();
  await ruth.getByRole("link", { name: /^Go to where Helen/ }).click();
  await ruth.waitForURL((url) => url.pathname === `${plan(server)}/meeting`);
});
