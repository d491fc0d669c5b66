// How long what was written without a network takes to be in the plan, once there is one.
import { chromium } from "@playwright/test";
import { PEOPLE, Server, cut, live, open, restore, signIn, status } from "../pep.js";
import { LAUNCH } from "../playwright.config.js";

const RUNS = 5;
const MANY = 500;

export async function queued() {
  console.log(`From the network's return to "Saved to the plan": ${MANY} edits beside one; median of ${RUNS} (gate 5 s, aim 1).`);
  const server = await Server.start();
  const browser = await chromium.launch(LAUNCH);
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London" });
  const page = await context.newPage();
  await signIn(page, server, PEOPLE.ruth);
  await open(page, server, `/plans/${server.plan("Amira")}/attendance`);
  await live(page);
  const found = { [MANY]: [], 1: [] };
  for (let run = 0; run < RUNS; run += 1) {
    for (const edits of Object.keys(found)) found[edits].push(await saved(page, Number(edits)));
  }
  console.table(Object.entries(found).map(([edits, times]) => ({ edits, "median ms": middle(times), "most ms": Math.max(...times) })));
  await browser.close();
  await server.stop();
}

const middle = (times) => times.sort((one, other) => one - other)[Math.floor(times.length / 2)];

// Each key is an edit of its own.
async function saved(page, edits) {
  const box = page.locator("textarea[data-path]").first();
  await cut(page);
  await box.focus();
  for (let key = 0; key < edits; key += 1) await page.keyboard.press("abcdefghij"[key % 10]);
  await status(page).filter({ hasText: /waiting to send/ }).waitFor();
  const began = performance.now();
  await restore(page);
  await status(page).filter({ hasText: "Saved to the plan" }).waitFor();
  return Math.round(performance.now() - began);
}
