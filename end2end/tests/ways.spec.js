// Every way to answer, in every look, in English and in Arabic: with a finger, on a slow
// tablet and a slow phone, and without a network.
import { SIZES } from "../pages-list.js";
import { LAUNCH } from "../playwright.config.js";
import { LINE, PEOPLE, cut, device, expect, handOver, live, readyForOffline, restore, slowed, status, test } from "../pep.js";
import { book, leftovers } from "../words.js";

const MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
test.use({ launchOptions: { ...LAUNCH, args: [...LAUNCH.args, ...MICROPHONE] } });

const WRITTEN = { "en-GB": "Long division, and no noise", ar: "القسمة الطويلة بلا ضوضاء" };
// What is done at each question of a look: answers to pick, or another way.
const WRITE = "write", DRAW = "draw", RECORD = "record", SORT = "sort", WISHES = "wishes";
const WAYS = {
  pictures: { school: ["good", WRITE], sort: [SORT], helps: ["teacher", DRAW], change: ["skip", RECORD], meeting: ["part", WISHES], helper: ["not-sure"] },
  both: { school: ["really-good"], best: ["art", "music"], hard: ["not-sure", DRAW], helps: [RECORD], safe: ["mostly"], know: [WRITE], meeting: ["skip"] },
  words: { school: ["in-between"], friends: ["good", WRITE], proud: [DRAW, "not-sure"], hard: ["tests", RECORD], safe: ["no"], dreams: ["skip"], meeting: ["lead"] },
};

// The device in the child's hands, slow, in a language and ready for no network.
async function handed(browser, server, viewport, language) {
  // Nobody has asked Rhys anything yet.
  server.sql(`update plan set state = 'drafting' where id = '${server.plan("Rhys")}'`);
  const page = await device(browser, server, PEOPLE.ruth, { viewport, hasTouch: true, isMobile: true, permissions: ["microphone"] });
  await handOver(page, server, "Rhys");
  await live(page);
  const protocol = await slowed(page);
  page.touch = (type, ...touchPoints) => protocol.send("Input.dispatchTouchEvent", { type, touchPoints });
  // A line is slow or not there: the browser goes by what it was told last.
  page.line = (there) => protocol.send("Network.emulateNetworkConditions", { offline: !there, ...LINE });
  if (language !== "en-GB") {
    await page.locator(".how-it-looks").tap();
    await page.locator(`input[name=language][value=${language}]`).tap();
    await expect(page.locator(`.voice[lang=${language}]`)).toBeVisible();
    await page.locator(".how-it-looks").tap();
  }
  await readyForOffline(page, "/sitting");
  return page;
}

const question = async (page) => (await page.locator(".not-now input").first().getAttribute("name")).replace(/-pick$/, "");
const button = (page, name) => page.getByRole("button", { name, exact: true });

const ways = {
  async [WRITE](page, { language, say }) {
    const box = page.locator(".writing textarea");
    if (!(await box.count())) await button(page, say("Write it")).tap();
    await box.fill(WRITTEN[language]);
  },
  async [DRAW](page, { say }, within = page) {
    await button(within, say("Draw it")).tap();
    const sheet = within.getByRole("img", { name: say("A sheet to draw on with a finger, a pen or a mouse") });
    await sheet.scrollIntoViewIfNeeded();
    // On a phone, clear of the bar at the bottom as well.
    await sheet.evaluate((one) => one.scrollIntoView({ block: "center" }));
    const { x, y, width, height } = await sheet.boundingBox();
    const at = (part) => ({ x: x + width * part, y: y + height * part });
    await page.touch("touchStart", at(0.3));
    for (const part of [0.4, 0.5, 0.6]) await page.touch("touchMove", at(part));
    await page.touch("touchEnd");
    await expect(sheet.locator("path")).toHaveCount(1);
  },
  async [RECORD](page, { say }, within = page) {
    await button(within, say("Say it")).tap();
    await button(within, say("Start recording")).tap();
    await expect(within.locator(".recording .time")).toHaveText(/0:0[1-9]/);
    await button(within, say("Stop")).tap();
    await expect(button(within, say("Listen to your recording"))).toBeVisible();
  },
  // Who should be at the meeting, and who should not: asked on its page, without a letter.
  async [WISHES](page, words) {
    for (const [prompt, who, way] of [["Who should be there?", "a-friend", DRAW], ["Who should not be there?", "teacher", RECORD]]) {
      const also = page.getByRole("region", { name: words.say(prompt), exact: true });
      await expect(async () => {
        if (!(await also.isVisible())) await button(page, words.say(prompt)).tap({ timeout: 2_000 });
        await expect(also).toBeVisible({ timeout: 2_000 });
      }).toPass();
      await pick(also, who);
      await ways[way](page, words, also);
    }
  },
  async [SORT](page, { say }) {
    await button(page, say("Maths")).tap();
    await page.locator(".pile[data-pile=in-between] .pile-head").tap();
    await button(page, say("The noise")).tap();
    await page.locator(".pile[data-pile=not-good] .pile-head").tap();
    await expect(page.locator(".pile-cards .sort-card")).toHaveCount(2);
  },
};

const pick = async (page, id) => {
  const answer = page.locator(`.pick input[value="${id}"]`).first();
  // A page that still grows above it may move from under the finger.
  await expect(async () => {
    if (!(await answer.isChecked())) await answer.tap();
    await expect(answer).toBeChecked({ timeout: 2_000 });
  }).toPass();
};

// What the server has of it all.
function kept(server) {
  const name = `${server.plan("Rhys")}/my-voice`;
  const [{ field_values: values } = { field_values: "{}" }] = server.sql(`select field_values from document where name = '${name}'`);
  const { texts = {}, facts = {} } = JSON.parse(values);
  return { texts, facts: Object.fromEntries(Object.entries(facts).map(([path, said]) => [path, said.map(({ value }) => value).join(" and ")])) };
}

async function everythingIsThere(server, look, language) {
  const { texts, facts } = kept(server);
  const whole = new Map(server.sql("select id, kind from media where complete_at is not null").map(({ id, kind }) => [id, kind]));
  for (const [id, done] of Object.entries(WAYS[look])) {
    for (const way of done) {
      const told = `${language}, ${look}, ${id}: ${way}`;
      if (way === WRITE) expect(texts[`${id}/words`], told).toBe(WRITTEN[language]);
      else if (way === DRAW) expect(whole.get(facts[`${id}/drawing`]), told).toBe("drawing");
      else if (way === RECORD) expect(whole.get(facts[`${id}/recording`]), told).toBe("recording");
      else if (way === WISHES) {
        expect([facts["there/pick"], facts["not-there/pick"]], told).toEqual(["a-friend", "teacher"]);
        expect([whole.get(facts["there/drawing"]), whole.get(facts["not-there/recording"])], told).toEqual(["drawing", "recording"]);
      } else if (way === SORT) expect(facts[`${id}/pick`], told).toBe("maths=in-between,noise=not-good");
      else expect(facts[`${id}/pick`]?.split(","), told).toContain(way);
    }
  }
}

const safe = (page, { say }) => expect(status(page)).toHaveText(say("Safe in your plan"));

// The same on a phone, where each look is gone through once.
const LOOKS = Object.keys(WAYS);
const RUNS = [["tablet", "en-GB", LOOKS], ["tablet", "ar", LOOKS], ["phone", "en-GB", ["pictures", "words"]], ["phone", "ar", ["both"]]];

for (const [kind, language, looks] of RUNS) {
  test(`every way to answer, with a finger on a slow ${kind} without a network: ${language}, ${looks.join(", ")}`, async ({ browser, server }) => {
    test.setTimeout(180_000);
    const page = await handed(browser, server, SIZES[kind], language);
    const words = { language, ...book(language) };
    const left = new Map();
    const read = async (screen) => (await leftovers(page, server, words)).forEach((text) => left.has(text) || left.set(text, screen));
    const foot = (way) => page.locator(`.voice-foot .${way}`);
    await read("welcome");
    if (language === "ar") {
      await expect(page.locator(".voice")).toHaveAttribute("dir", "rtl");
      expect(await page.locator("h1").evaluate((title) => getComputedStyle(title).direction)).toBe("rtl");
    }
    await foot("next").tap();
    for (const [at, look] of looks.entries()) {
      await page.locator(".how-it-looks").tap();
      await page.locator(`input[name=look][value=${look}]`).tap();
      await expect(page.locator(".voice")).toHaveAttribute("data-look", look);
      await read("how it looks");
      await page.locator(".how-it-looks").tap();
      // One look from the first question to the last, and the next one back again.
      const onward = at % 2 ? "back" : "next";
      const questions = Object.entries(WAYS[look]);
      if (onward === "back") questions.reverse();
      const to = async (id) => {
        while ((await question(page)) !== id) await foot(onward).tap();
      };
      const [[first]] = questions;
      await to(first);
      await pick(page, "rather-not");
      await safe(page, words);
      expect(kept(server).facts[`${first}/pick`], look).toBe("rather-not");
      await cut(page);
      await page.line(false);
      for (const [id, done] of questions) {
        await to(id);
        for (const way of done) await (ways[way]?.(page, words) ?? pick(page, way));
        await read(`${look}, ${id}`);
      }
      await expect(status(page)).toHaveText(words.say("No internet. Your words are safe here"));
      await restore(page);
      await page.line(true);
      await safe(page, words);
      await everythingIsThere(server, look, language);
    }
    if (language !== "en-GB") {
      // And whatever else a young person meets on the way.
      await button(page, words.say("Choose who")).first().tap();
      await page.getByLabel("Ruth Osei").tap();
      await read("who can see it");
      await page.locator(".need-help").tap();
      await expect(page.locator("dialog.help")).toBeVisible();
      await read("I need help");
      await button(page, words.say("Close")).tap();
      await foot("stop").tap();
      await expect(page.locator("h1")).toHaveText(words.say("You can stop now"));
      await read("stopped");
      await foot("back").tap();
      while (!(await page.locator(".recap").count())) await foot("next").tap();
      await read("finished");
    }
    expect([...left].map(([text, screen]) => `${screen}: ${text}`)).toEqual([]);
    expect(page.problems).toEqual([]);
  });
}
