// Whatever a young person can press is as large as their look needs, on every screen and
// in every state of it: small hands miss small things.
import { SIZES, withVoice } from "../pages-list.js";
import { PEOPLE, device, expect, handOver, hydrated, live, savedToPlan, test } from "../pep.js";
import { LAUNCH } from "../playwright.config.js";
import { tooSmall } from "../pressed.js";
import { STYLE_NOW, styled } from "../style.js";

const MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
test.use({ launchOptions: { ...LAUNCH, args: [...LAUNCH.args, ...MICROPHONE] } });

const LEAST = { pictures: 96, both: 64, words: 48 };
const PHONE = { viewport: SIZES.phone, reducedMotion: "reduce", permissions: ["microphone"], serviceWorkers: STYLE_NOW ? "block" : "allow" };

const heading = (page) => page.locator("main h1");
const button = (page, name) => page.getByRole("button", { name, exact: true });
const next = (page) => page.locator(".voice-foot .next").click();

async function code(page) {
  for (const picture of ["Cat", "Moon", "Star"]) await button(page, picture).click();
}

async function draw(page) {
  const sheet = page.locator("svg.sheet").first();
  await sheet.scrollIntoViewIfNeeded();
  await sheet.evaluate((one) => one.scrollIntoView({ block: "center" }));
  const { x, y, width, height } = await sheet.boundingBox();
  await page.mouse.move(x + width * 0.3, y + height * 0.3);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.7, y + height * 0.6, { steps: 4 });
  await page.mouse.up();
  await expect(sheet.locator("path")).toHaveCount(1);
}

// One card lies in a pile, is taken up again and could go back.
async function sort(page) {
  await page.locator(".sort-table .sort-card").first().click();
  await page.locator(".pile-head").first().click();
  const sorted = page.locator(".pile-cards .sort-card");
  await expect(sorted).toHaveCount(1);
  await sorted.click();
  await expect(button(page, "Put it back")).toBeVisible();
}

// With a drawing and a recording that are about to be taken away, words that somebody
// typed for them, and everyone to choose from who may see it.
async function everyWay(page, measure) {
  await draw(page);
  await button(page, "Start again").click();
  await page.locator(".big-start").click();
  await expect(page.locator(".recording .time")).toHaveText(/0:0[1-9]/);
  await measure("recording");
  await page.locator(".big-stop").click();
  await expect(page.locator(".recording audio")).toBeAttached();
  await measure("recorded");
  await page.locator(".recording").getByRole("button", { name: "Take it away" }).click();
  await button(page, "Someone typed this for me").click();
  await page.getByLabel("Who typed it?").fill("Ms Osei");
  await expect(page.locator(".picks.check")).toBeVisible();
  await page.locator(".audience-ways .button").first().click();
  await expect(page.locator(".look-as .button")).toHaveCount(4);
  // As on a device that hears by itself.
  await page.evaluate(() => document.documentElement.classList.add("hears"));
  await measure("every way to answer, and who can see it");
  await page.locator(".sharing").getByRole("button", { name: "Not now" }).click();
  await page.locator(".voice-foot .stop").click();
  await expect(heading(page)).toHaveText("You can stop now");
  await measure("stopped");
  await page.locator(".voice-foot .back").click();
}

for (const [look, least] of Object.entries(LEAST)) {
  test(`what can be pressed is at least ${least} pixels each way on every screen of the look ${look}`, async ({ browser, server }) => {
    test.setTimeout(240_000);
    const page = await device(browser, server, PEOPLE.ruth, PHONE);
    await styled(page);
    await withVoice(page);
    const small = [];
    const measure = async (screen, sizes = ["narrow", "tablet", "phone"]) => {
      for (const size of sizes) {
        await page.setViewportSize(SIZES[size]);
        small.push(...(await tooSmall(page, least)).map((one) => `${screen}, ${size}: ${one}`));
      }
    };

    // Shan hears what came of what she asked for, and has a plan that was agreed.
    await handOver(page, server, "Shan");
    await live(page);
    await expect(heading(page)).toHaveText("You said, we did");
    await button(page, "How it looks").click();
    await page.locator(`input[name=look][value=${look}]`).check();
    await expect(page.locator(".voice")).toHaveAttribute("data-look", look);
    await measure("how it looks");
    await button(page, "Back to where I was").click();
    await expect(heading(page)).toHaveText("You said, we did");
    await measure("what came of it");
    const came = page.locator(".came").first();
    await came.getByLabel("Not OK with me").check();
    await expect(button(came, "Send it")).toBeVisible();
    await measure("answering back");
    await button(came, "Send it").click();
    await expect(button(came, "Say something else")).toBeVisible();
    await measure("answered back");
    await next(page);
    await expect(heading(page)).toHaveText("Hello Shan");
    await measure("welcome");
    await button(page, "See your plan").click();
    await page.getByLabel("Partly").check();
    await expect(button(page, "Send it")).toBeVisible();
    await measure("I have seen my plan");
    await next(page);
    await button(page, "I need help").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await measure("help");
    await button(page.getByRole("dialog"), "Close").click();

    await next(page);
    for (let first = true; !(await page.locator(".recap").count()); first = false) {
      await expect(page.locator(".audience").first()).toBeVisible();
      const asked = await heading(page).innerText();
      await measure(asked, ["phone"]);
      const shut = page.locator("main .way, main details:not([open]) > summary");
      while (await shut.count()) await shut.first().click();
      if (await page.locator(".sort-table").count()) await sort(page);
      await measure(`${asked} With all of it open`);
      if (first) await everyWay(page, measure);
      await next(page);
      await expect(heading(page)).not.toHaveText(asked);
    }
    await measure("finished");
    await savedToPlan(page);

    // Another time: a picture code is chosen, the page is hidden, and the code opens it.
    await page.goto(`${server.url}/voice`);
    await hydrated(page);
    await expect(heading(page)).toHaveText("You said, we did");
    await next(page);
    await button(page, "Choose a picture code").click();
    await expect(page.locator(".pad-key").first()).toBeVisible();
    await measure("choosing a picture code");
    await code(page);
    await expect(page.getByText("Now the same three again.")).toBeVisible();
    await expect(page.locator(".place .picture")).toHaveCount(0);
    await code(page);
    await expect(page.getByText("Your code is set.")).toBeVisible();
    await page.locator(".hide-this").first().click();
    await page.waitForURL("**/hide.html");
    await measure("hidden");
    await page.goto(`${server.url}/voice`);
    await hydrated(page);
    await expect(page.locator(`.voice[data-look=${look}] .pad-key`).first()).toBeVisible();
    await measure("giving the picture code");
    await code(page);
    await button(page, "Open").click();
    await expect(heading(page)).toHaveText("You said, we did");

    expect(small).toEqual([]);
    expect(page.problems).toEqual([]);
  });
}
