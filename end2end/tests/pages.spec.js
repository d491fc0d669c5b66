// Every page, looked at as the people who can't see, can't point, read at four
// times the size, or hold a small screen in one hand.
import { found, unreadable } from "../axe.js";
import { NAMES, PAGES, SIZES, withVoice } from "../pages-list.js";
import { expect, strict, test } from "../pep.js";
import { stop, tooSmall } from "../pressed.js";
import { STYLE_NOW, styled } from "../style.js";

// A device of someone's own, on which an error in the console fails the test.
async function opened(browser, server, { go, offline = false }, options = {}) {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Europe/London",
    viewport: SIZES.phone,
    reducedMotion: "reduce",
    serviceWorkers: STYLE_NOW ? "block" : "allow",
    ...options,
  });
  const page = strict(await context.newPage(), { offline });
  await styled(page);
  await withVoice(page);
  await go(page, server);
  return page;
}

// Between these, what is on a page is the same, and only where it stands differs.
const AXE = ["phone", "desk"];

// The page may be read by going down only.
const sideways = (page) =>
  page.evaluate(() => {
    const over = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
    if (over <= 0) return [];
    const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
    return [`${over} px too wide`, ...wide.slice(0, 5).map((one) => `${one.tagName}.${one.className}`)];
  });

// Goes through the page by Tab alone. Every stop has to be in sight with nothing
// over it, with a ring round it, and everything that can be pressed has to be a stop.
async function walk(page) {
  const wrong = [];
  await page.evaluate(() => {
    // The walk starts at the top, wherever the focus was; in an open dialog, there.
    const start = document.querySelector("dialog[open]") ?? document.body;
    start.tabIndex = -1;
    start.focus();
    start.removeAttribute("tabindex");
    scrollTo(0, 0);
    window.stops = new Set();
  });
  for (let stops = 0; stops < 400; stops += 1) {
    await page.keyboard.press("Tab");
    const seen = await stop(page);
    if (!seen || seen.again) break;
    if (!seen.ring) wrong.push(`${seen.name} has no ring`);
    if (seen.part < 0.9 || seen.clear < 9) {
      wrong.push(`${seen.name}: ${Math.round(100 * seen.part)} % in sight, ${seen.clear} of 9 points clear, at ${seen.at}`);
    }
  }
  const missed = await page.evaluate(() => {
    const open = document.querySelector("dialog[open]") ?? document;
    const groups = new Set([...window.stops].filter((one) => one.type === "radio").map((one) => one.name));
    return [...open.querySelectorAll("a[href], button, input, select, textarea, summary")]
      .filter((one) => one.checkVisibility({ checkVisibilityCSS: true }) && !one.disabled && !one.closest("fieldset:disabled"))
      .filter((one) => !window.stops.has(one) && !(one.type === "radio" && groups.has(one.name)))
      .map((one) => `Tab never reaches ${one.tagName} “${one.innerText || one.id}”`);
  });
  return [...wrong, ...missed];
}

// Lines further apart, letters and words too, as people set it for themselves.
const spaced = (page, on) =>
  page.evaluate((on) => {
    const sheet = new CSSStyleSheet();
    if (on) {
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
    }
    document.adoptedStyleSheets = [sheet];
  }, on);

const moving = (page) =>
  page.evaluate(() =>
    document.getAnimations().filter((one) => one.playState === "running").map((one) => one.animationName ?? one.transitionProperty));

// Titles and addresses stay in histories and are read over shoulders.
const named = async (page) => [await page.title(), decodeURIComponent(page.url())].filter((words) => NAMES.test(words));

const headings = async (page) => {
  const count = await page.locator("h1").filter({ visible: true }).count();
  return count === 1 ? [] : [`${count} headings of the first level`];
};

for (const page of PAGES) {
  const least = page.least ?? 44;
  test(`${page.name.replaceAll("-", " ")} is for everyone`, async ({ browser, server }) => {
    const shown = await opened(browser, server, page);
    const wrong = {};
    const check = async (name, finding) => {
      const lines = await finding;
      if (lines.length) wrong[name] = lines;
    };
    for (const size of page.once ? AXE : Object.keys(SIZES)) {
      await shown.setViewportSize(SIZES[size]);
      if (AXE.includes(size)) await check(`axe, ${size}`, found(shown));
      await check(`sizes, ${size}`, tooSmall(shown, least));
      await check(`sideways, ${size}`, sideways(shown));
    }
    await shown.emulateMedia({ colorScheme: "dark" });
    await check("colours, dark", unreadable(shown));
    if (!page.once) {
      await shown.emulateMedia({ colorScheme: "light", contrast: "more" });
      await check("colours, more contrast", unreadable(shown));
      await shown.emulateMedia({ colorScheme: "dark", contrast: "more" });
      await check("colours, dark and more contrast", unreadable(shown));
    }
    await shown.emulateMedia({ colorScheme: "light", contrast: "no-preference", forcedColors: "active" });
    await check("colours, forced", unreadable(shown));
    await shown.emulateMedia({ forcedColors: "none" });
    await shown.setViewportSize(SIZES.phone);
    await check("Tab, phone", walk(shown));
    await shown.setViewportSize(SIZES.narrow);
    await spaced(shown, true);
    await check("sideways, narrow and spaced", sideways(shown));
    await spaced(shown, false);
    // 1280 x 1024 at 400 %.
    await shown.setViewportSize({ width: 320, height: 256 });
    await check("sideways, at 400 %", sideways(shown));
    await check("Tab, at 400 %", walk(shown));
    await check("what moves", moving(shown));
    await check("a child's name", named(shown));
    await check("headings", headings(shown));
    await check("the console", shown.problems);
    expect(wrong).toEqual({});
  });
}

test("on paper the young person's words come first, and private details and buttons never", async ({ browser, server }) => {
  const tom = await opened(browser, server, PAGES.find(({ name }) => name === "print"), { viewport: SIZES.desk });
  await tom.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(await tom.locator("main h2").first().innerText()).toBe("What Amira says");
  await expect(tom.getByRole("button").filter({ visible: true })).toHaveCount(0);
  await expect(tom.locator("main")).not.toContainText(/Private details|Home address|Must not collect/);
  // Dark or light on the screen: on paper it is black on white.
  const ink = await tom.locator("h1").evaluate((one) => getComputedStyle(one).color);
  expect(ink).toBe("rgb(0, 0, 0)");
  const pdf = (await tom.pdf({ format: "A4", tagged: true })).toString("latin1");
  expect(pdf).toContain("/StructTreeRoot");
  expect(pdf.match(/\/Type \/Page\b/g).length).toBeLessThanOrEqual(16);
  expect(tom.problems).toEqual([]);
});
