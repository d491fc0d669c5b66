// A meeting at its worst: five people in one section, one whose network goes, one whose
// browser is killed, and a server that is killed and started again. In the end all see
// the same, and every letter that anybody typed is there, once; and words that all typed
// at one place are whole.
import { chromium } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cableTo } from "../network.js";
import { LAUNCH } from "../playwright.config.js";
import { PEOPLE, device, expect, killBrowser, open, savedToPlan, signIn, status, strict, test } from "../pep.js";

const CHANGES = '[data-path="changes"]';

test("five write at once; a network, a browser and the server go away, and no word is lost", async ({
  browser,
  server,
}) => {
  test.setTimeout(240_000);
  const address = `/plans/${server.plan("Amira")}/targets`;
  const folder = mkdtempSync(join(tmpdir(), "pep-five-"));
  const cable = await cableTo(server);
  const start = async () => {
    const context = await chromium.launchPersistentContext(folder, { ...LAUNCH, locale: "en-GB" });
    return [context, strict(context.pages()[0] ?? (await context.newPage()), { offline: true })];
  };

  const [tom, ruth, jo] = await Promise.all([PEOPLE.tom, PEOPLE.ruth, PEOPLE.jo].map((who) => device(browser, server, who)));
  const far = await device(browser, { url: cable.url }, PEOPLE.helen);
  let [killed, mortal] = await start();
  await signIn(mortal, server, PEOPLE.ruth);
  const people = { tom, ruth, jo, far, mortal };
  for (const [name, page] of Object.entries(people)) await open(page, name === "far" ? { url: cable.url } : server, address);

  const before = await tom.locator(CHANGES).inputValue();
  // Each types words that nobody else does, in places of their own and in the same text.
  let number = 0;
  const typed = [];
  const say = async (name, page) => {
    const word = `${name}-${(number += 1)} `;
    typed.push(word);
    const box = page.locator(CHANGES);
    await box.press(number % 2 ? "Control+End" : "Control+Home");
    await box.pressSequentially(word);
  };
  const all = async (names, times) => {
    for (let time = 0; time < times; time += 1) await Promise.all(names.map((name) => say(name, people[name])));
  };

  // All at one place, at once: the words of each stay whole.
  const words = (page) => page.locator(CHANGES).inputValue();
  const alike = async (pages) => new Set(await Promise.all(pages.map(words))).size;
  const together = [];
  for (const end of ["Control+End", "Control+Home"]) {
    await expect.poll(() => alike(Object.values(people))).toBe(1);
    for (const page of Object.values(people)) await page.locator(CHANGES).press(end);
    await Promise.all(
      Object.entries(people).map(async ([name, page]) => {
        const word = `${name}-looks-${end.length} `;
        together.push(word);
        typed.push(word);
        await page.locator(CHANGES).pressSequentially(word);
      }),
    );
  }
  await expect.poll(() => alike(Object.values(people))).toBe(1);
  for (const word of together) expect(await words(tom), `${word} is whole`).toContain(word);

  await all(["tom", "ruth", "jo", "far", "mortal"], 2);
  cable.cut();
  await all(["tom", "ruth", "jo", "far", "mortal"], 2);
  await expect(status(far)).toContainText("waiting to send");

  // The browser dies once what it wrote is on its disk, which it says.
  await expect(status(mortal)).toContainText(/Saved/);
  const closed = killed.waitForEvent("close");
  killBrowser(folder);
  await closed;

  await server.kill();
  await all(["tom", "ruth", "jo", "far"], 2);
  for (const page of [tom, ruth, jo]) await expect(status(page)).toContainText(/waiting to send|will send later/);
  await server.up();
  await all(["tom", "ruth"], 1);
  cable.mend();
  [killed, mortal] = await start();
  people.mortal = mortal;
  await signIn(mortal, server, PEOPLE.ruth);
  await open(mortal, server, address);
  await all(["mortal", "far"], 1);

  const pages = Object.values(people);
  for (const page of pages) await savedToPlan(page);
  await expect.poll(() => alike(pages), { timeout: 60_000 }).toBe(1);
  const end = await words(tom);
  // Who begins where another is in the middle of a word may part it; no letter is
  // missing and none is there twice.
  const letters = (text) => [...text].sort().join("");
  expect(letters(end)).toBe(letters(before + typed.join("")));
  for (const page of [tom, ruth, jo]) expect(page.problems).toEqual([]);
  await killed.close();
  cable.end();
  rmSync(folder, { recursive: true, force: true });
});
