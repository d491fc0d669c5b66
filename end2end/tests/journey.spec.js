// The whole journey: a tablet handed over, a carer's phone and two desks, with the
// network gone for most of it, and everything there in the end.
import { PEOPLE, cut, device, expect, handOver, open, readyForOffline, restore, savedToPlan, signIn, status, stored, test, typeIn } from "../pep.js";

const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const MIRIAM = "miriam.cole@carers.example"; // Yonas's carer

const FRIENDS = "Lunch is loud but Daniel he keep me a chair";
const PROUD = "I fix the bicycle of the neighbour";

// The young person's next question.
async function next(tablet, question) {
  await tablet.getByRole("button", { name: "Next", exact: true }).tap();
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText(question);
}

const pick = (tablet, words) => tablet.locator("label.pick").filter({ hasText: new RegExp(`^${words}$`) });

// Opens the topic on the carer's page and answers in its box.
async function answer(phone, path, words) {
  const box = phone.locator(`[data-path="${path}"]`);
  await expect(box).toBeVisible();
  await typeIn(box, words);
  await expect(status(phone)).toHaveText(/^No signal\. \d changes? will send later$/);
}

async function yonasSpeaks(tablet) {
  await tablet.getByRole("button", { name: "Start", exact: true }).tap();
  await next(tablet, /best thing about school/);
  await next(tablet, /break and lunch/);
  await pick(tablet, "Good").tap();
  await expect(status(tablet)).toHaveText("No internet. Your words are safe here");
  await typeIn(tablet.getByLabel("Want to say more?"), FRIENDS);
  await tablet.getByRole("button", { name: "Choose who" }).tap();
  const sharing = tablet.getByRole("region", { name: "Who can see your answer?" });
  await expect(sharing.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await sharing.getByText("Ruth Osei").tap();
  await expect(sharing.getByRole("heading", { name: "This is what Ruth Osei will see" })).toBeVisible();
  await expect(sharing.locator("blockquote")).toHaveText(FRIENDS);
  await sharing.getByRole("button", { name: "Share", exact: true }).tap();
  await expect(tablet.getByRole("heading", { name: "Ruth Osei can see this once it's sent" })).toBeVisible();
  await next(tablet, /proud of/);
  await typeIn(tablet.getByLabel("Your words"), PROUD);
  await next(tablet, /hard at school/);
  await next(tablet, /who do you go to/);
  await next(tablet, /feel safe/);
  await next(tablet, /change one thing/);
  await pick(tablet, "I'm not sure").tap();
  await next(tablet, /do one day/);
  await next(tablet, /wish the grown-ups knew/);
  await next(tablet, /meeting about your plan/);
  await next(tablet, /help you with this/);
  await pick(tablet, "Skip for now").tap();
  await tablet.getByRole("button", { name: "Finish" }).tap();
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("You've finished");
  const said = tablet.getByRole("region", { name: "What you said" });
  await expect(said).toContainText(FRIENDS);
  await expect(said).toContainText("I'm not sure");
  await expect(said).toContainText("Skip for now");
}

async function joAnswers(phone) {
  const topics = phone.locator("li.topic");
  await expect(topics).toHaveCount(5);
  const first = phone.locator("#topic-0");
  if ((await first.getAttribute("aria-expanded")) === "false") await first.tap();
  await answer(phone, "going-well", " She sang in the car.");
  const onward = phone.getByRole("button", { name: "Next question" });
  await onward.tap();
  await phone.getByRole("group", { name: /homework and reading/ }).getByText("Easy").tap();
  await answer(phone, "homework-more", " We read on the stairs.");
  await onward.tap();
  await phone.getByRole("group", { name: /sleep/ }).getByText("Settled").tap();
  await answer(phone, "sleep-more", " Asleep by nine.");
  await onward.tap();
  await answer(phone, "worries", " The canteen still.");
  await onward.tap();
  await phone.getByRole("group", { name: /keeping in touch/ }).getByText("Works well").tap();
  await answer(phone, "support-more", " A lift on Tuesdays.");
  await expect(topics.filter({ hasText: "Saved on this phone" })).toHaveCount(5);
}

test("a young person, a carer, a teacher and a social worker write apart, and it all comes together", async ({
  browser,
  server,
}) => {
  test.setTimeout(180_000);
  const [amira, yonas] = [server.plan("Amira"), server.plan("Yonas")];

  const tablet = await device(browser, server, PEOPLE.ruth, TABLET);
  await handOver(tablet, server, "Yonas");
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Hello Yonas");
  await expect(tablet.locator("[data-document][data-live]")).toBeAttached();
  await readyForOffline(tablet, "/sitting");

  const phone = await device(browser, server, PEOPLE.jo, PHONE);
  await open(phone, server, `/plans/${amira}/carers-view`);
  const ruth = await device(browser, server, PEOPLE.ruth);
  const tom = await device(browser, server, PEOPLE.tom);
  const target = '[data-path^="targets/"][data-path$="/what"]';
  for (const desk of [ruth, tom]) {
    await open(desk, server, `/plans/${amira}/targets`);
    await expect(desk.locator(target).first()).toHaveValue(/fractions/);
  }
  const before = await ruth.locator(target).first().inputValue();

  await Promise.all([cut(tablet), cut(phone), cut(tom)]);
  await yonasSpeaks(tablet);
  await joAnswers(phone);
  const tomsBox = tom.locator(target).first();
  await tomsBox.press("Control+Home");
  await Promise.all([
    tomsBox.pressSequentially("Tom, from a train: "),
    typeIn(ruth.locator(target).first(), " Ruth, at her desk."),
  ]);
  await savedToPlan(ruth);
  await expect(status(tom)).toHaveText("Offline. 1 change waiting to send");

  await Promise.all([restore(tablet), restore(phone), restore(tom)]);
  for (const page of [tablet, phone, tom]) await savedToPlan(page);
  await expect(tablet.getByText("Shared with Ruth Osei").first()).toBeVisible();

  // One text with both in it, on both screens and on the server.
  const merged = `Tom, from a train: ${before} Ruth, at her desk.`;
  for (const desk of [ruth, tom]) await expect(desk.locator(target).first()).toHaveValue(merged);
  await open(ruth, server, `/plans/${amira}/targets`);
  await expect(ruth.locator(target).first()).toHaveValue(merged);

  // The carer's five answers are there for those who read them.
  await open(tom, server, `/plans/${amira}/carers-view`);
  for (const words of ["She sang in the car.", "Easy", "We read on the stairs.", "Settled", "Asleep by nine.",
    "The canteen still.", "Works well", "A lift on Tuesdays."]) {
    await expect(tom.locator("main")).toContainText(words);
  }

  // What Yonas shared is on Ruth's page, in his words; nothing else is, and nothing at home.
  await open(ruth, server, `/plans/${yonas}`);
  await ruth.locator(".voices summary").click();
  await expect(ruth.locator(".voices")).toContainText(`“${FRIENDS}”`);
  expect(await ruth.content()).not.toContain(PROUD);
  const miriam = await device(browser, server, MIRIAM, PHONE);
  await open(miriam, server, `/plans/${yonas}`);
  await expect(miriam.getByRole("heading", { name: "What Yonas says" })).toBeVisible();
  for (const words of [FRIENDS, PROUD]) expect(await miriam.content()).not.toContain(words);

  // Ruth takes the tablet back.
  await tablet.getByRole("link", { name: "Give the tablet back" }).tap();
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Take this device back");
  await signIn(tablet, server, PEOPLE.ruth);
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Children");
  for (const page of [tablet, phone, ruth, tom, miriam]) expect(page.problems).toEqual([]);
});

test("during a sitting the tablet shows nothing of the adult's", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.ruth, TABLET);
  const amira = server.plan("Amira");
  await open(tablet, server, `/plans/${amira}/about-me`);
  await open(tablet, server, `/plans/${amira}`);
  await readyForOffline(tablet, `/plan/${amira}`);
  await handOver(tablet, server, "Yonas");

  const addresses = ["/", `/plans/${amira}`, `/plans/${amira}/targets`, `/plans/${amira}/my-voice`, "/not-sent",
    `/plans/${server.plan("Yonas")}`, `/plans/${server.plan("Yonas")}/print`, "/nowhere"];
  for (const address of addresses) {
    await tablet.goto(`${server.url}${address}`);
    expect(new URL(tablet.url()).pathname, address).toBe("/voice");
  }
  for (const ask of ["home", `plan?plan=${amira}`, `section?plan=${amira}&section=targets`, `print?plan=${amira}`]) {
    const answer = await tablet.request.get(`${server.url}/v1/${ask}`);
    expect(answer.ok(), ask).toBe(false);
    expect(await answer.text(), ask).not.toContain("Amira");
  }

  // The way back in the browser, and the same addresses without a network.
  await tablet.goto(`${server.url}/voice`);
  await readyForOffline(tablet, "/sitting");
  await cut(tablet);
  for (const address of addresses) {
    await tablet.goto(`${server.url}${address}`);
    await expect(tablet.locator("h1")).toBeVisible();
    await expect(tablet.locator("body")).not.toContainText(/Amira|Ruth Osei’s|fractions/);
  }
  const { keys } = await stored(tablet);
  const sitting = `sitting-${server.plan("Yonas")}`;
  const known = (key) => key === "keys last" || key.includes(` ${sitting}/`);
  const foreign = keys.filter((key) => /^(keys|outbox|copies|kept) /.test(key) && !known(key));
  expect(foreign).toEqual([]);
});

test("nothing that is kept on a device can be read without its keys", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.ruth, TABLET);
  const yonas = server.plan("Yonas");
  await open(tablet, server, `/plans/${yonas}/progress`);
  await cut(tablet);
  await typeIn(tablet.locator('[data-path="strengths"]'), " Zwischenzug in chess club");
  await expect(status(tablet)).toHaveText("Offline. 1 change waiting to send");
  const desk = await stored(tablet);
  expect(desk.keys.some((key) => key.startsWith("outbox "))).toBe(true);
  expect(desk.text).not.toMatch(/Zwischenzug|Yonas|chess club/);
  await restore(tablet);
  await savedToPlan(tablet);

  await handOver(tablet, server, "Yonas");
  await expect(tablet.locator("[data-document][data-live]")).toBeAttached();
  await cut(tablet);
  await tablet.getByRole("button", { name: "Start", exact: true }).tap();
  await typeIn(tablet.getByLabel("Want to say more?"), " Quokka sentence");
  await expect(status(tablet)).toHaveText("No internet. Your words are safe here");
  const sitting = await stored(tablet);
  expect(sitting.keys.some((key) => key.startsWith("outbox "))).toBe(true);
  expect(sitting.text).not.toMatch(/Quokka|Zwischenzug|ትምህርቲ|Yonas|Daniel/);

  // The search does find words that are kept open, so its silence means something.
  await tablet.evaluate(() => localStorage.setItem("open", "Quokka sentence"));
  expect((await stored(tablet)).text).toMatch(/Quokka/);
});
