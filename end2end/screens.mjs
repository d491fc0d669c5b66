// Takes pictures of every page at three sizes into screens/, or with --readme the
// ten of the README into pictures/. Words pick pages by their names, --dark and
// --forced the colours; for PEP_STYLE=now see style.js.
import { chromium } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PAGES, SIZES, withVoice } from "./pages-list.js";
import { Server } from "./pep.js";
import { LAUNCH } from "./playwright.config.js";
import { styled } from "./style.js";

const here = dirname(fileURLToPath(import.meta.url));
const asked = process.argv.slice(2);
const flag = (name) => asked.includes(name);
const only = asked.filter((word) => !word.startsWith("--"));

const README = [
  ["home", "home-of-a-teacher", "desk"],
  ["plan", "plan-of-a-teacher", "desk"],
  ["section", "targets", "desk"],
  ["check", "check", "desk"],
  ["voice-question", "voice-both-faces", "tablet"],
  ["voice-sharing", "voice-sharing", "tablet"],
  ["carer", "carers-view", "phone"],
  ["print", "print", "tablet"],
  ["meeting", "meeting", "desk"],
  ["big-screen", "big-screen-targets", "desk"],
];

const server = await Server.start();
const browser = await chromium.launch(LAUNCH);
const folder = join(here, flag("--readme") ? "pictures" : "screens");
mkdirSync(folder, { recursive: true });

async function take(name, found, sizes, fullPage) {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Europe/London",
    serviceWorkers: "block",
    colorScheme: flag("--dark") ? "dark" : "light",
    forcedColors: flag("--forced") ? "active" : "none",
    viewport: SIZES[sizes[0]],
  });
  const page = await context.newPage();
  await styled(page);
  await withVoice(page);
  await found.go(page, server);
  for (const size of sizes) {
    await page.setViewportSize(SIZES[size]);
    await page.evaluate(() => document.fonts.ready);
    const path = join(folder, sizes.length > 1 ? `${name}-${size}.png` : `${name}.png`);
    await page.screenshot({ path, fullPage, animations: "disabled" });
  }
  await context.close();
}

try {
  if (flag("--readme")) {
    for (const [name, page, size] of README) {
      await take(name, PAGES.find((found) => found.name === page), [size], false);
    }
  } else {
    const wanted = PAGES.filter(({ name }) => !only.length || only.some((word) => name.includes(word)));
    for (const found of wanted) {
      await take(found.name, found, ["phone", "tablet", "desk"], true);
      console.log(found.name);
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
