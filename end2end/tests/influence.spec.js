// What a young person's words come to: what is heard of them, what they say to that, and
// taking them back before the meeting and after it began.
import { speaking, withVoice } from "../pages-list.js";
import { PEOPLE, cut, device, expect, handOver, hydrated, live, open, readyForOffline, restore, savedToPlan, status, stored, test } from "../pep.js";
import { book } from "../words.js";

const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true };
const TOBI = "tobi.adeyemi@wrenshire.example";
const BEV = "beverley.okoro@carers.example";
const heading = (page) => page.getByRole("heading", { level: 1 });
const next = (page) => page.getByRole("button", { name: "Next", exact: true }).click();
const shans = (server, number) =>
  server.sql(`select plan.id from plan join child on child.id = plan.child_id where child.name = 'Shan' and number = ${number}`)[0].id;

// Goes from the first screen to a question.
async function ask(tablet, question) {
  await tablet.getByRole("button", { name: "Start", exact: true }).click();
  for (let tries = 0; tries < 12 && (await heading(tablet).textContent()) !== question; tries++) await next(tablet);
  await expect(heading(tablet)).toHaveText(question);
}

test("what came of it is shown first, and they answer back, also without a network", async ({ browser, server }) => {
  test.setTimeout(120_000);
  const tablet = await device(browser, server, PEOPLE.ruth, TABLET);
  await handOver(tablet, server, "Shan");
  await expect(heading(tablet)).toHaveText("You said, we did");
  await expect(tablet.locator(".came")).toHaveCount(3);
  await expect(tablet.locator(".came").filter({ hasText: "Yes, we will" })).toContainText("Tobi Adeyemi decided this on");
  await readyForOffline(tablet, "/heard");
  await cut(tablet);
  await tablet.reload();
  await expect(heading(tablet)).toHaveText("You said, we did");
  const partly = tablet.locator(".came").filter({ hasText: "aunt Chi" });
  await expect(partly).toContainText("What do you wish the grown-ups knew, or did differently?");
  await partly.getByLabel("Not OK with me").check();
  await partly.getByLabel("Do you want to say why?").fill("Aunt Chi lives two hours away");
  await expect(partly).toContainText("This goes to Ruth Osei and Tobi Adeyemi.");
  await expect(partly).toContainText("If you tell us someone is hurting you or you're not safe, we have to tell someone");
  await partly.getByRole("button", { name: "Send it" }).click();
  await expect(partly).toContainText("You said: Not OK with me");
  await expect(partly).toContainText("can read this once it's sent");
  // To press is enough.
  const yes = tablet.locator(".came").filter({ hasText: "Yes, we will" });
  await yes.getByLabel("I'm not sure").check();
  await yes.getByRole("button", { name: "Send it" }).click();
  await expect(yes).toContainText("You said: I'm not sure");
  await restore(tablet);
  for (const reply of [partly, yes]) await expect(reply).toContainText("Ruth Osei and Tobi Adeyemi can read this now.");

  const before = shans(server, 15);
  // On a day off nobody is reminded, so it was said some days ago.
  server.sql(`update answered_back set at = at - ${6 * 86_400_000}`);
  const tobi = await device(browser, server, TOBI);
  await expect(tobi.locator("main")).toContainText("What you replied is not OK with them");
  await open(tobi, server, `/plans/${before}/agree`);
  await expect(tobi.locator(".replies")).toContainText("Shan says: not OK with me");
  await expect(tobi.locator(".replies")).toContainText("Aunt Chi lives two hours away");
  await expect(tobi.locator("#reply-know > p").first()).toHaveText("What do you wish the grown-ups knew, or did differently?");
  await expect(tobi.locator("#reply-change")).toContainText("Shan says: I’m not sure");
  await expect(tobi.locator(".replies details:visible")).toHaveCount(2);
  // The designated teacher wasn't told what was asked: she reads what is said to the reply.
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${before}`);
  await expect(ruth.locator("main")).toContainText("To a reply by Tobi Adeyemi: not OK with me");
  expect(await ruth.content()).not.toContain("If Nan goes in hospital");
  const bev = await device(browser, server, BEV);
  await open(bev, server, `/plans/${before}`);
  expect(await bev.content()).not.toContain("two hours away");
  for (const page of [tablet, tobi, ruth, bev]) expect(page.problems).toEqual([]);
});

test("a reply is read aloud with its question, by itself, and no longer than its page is there", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.ruth, TABLET);
  await withVoice(tablet);
  await speaking(tablet);
  await handOver(tablet, server, "Shan");
  await expect(heading(tablet)).toHaveText("You said, we did");
  await expect(tablet.locator("html")).toHaveAttribute("data-speaks", /en-GB/);
  const partly = tablet.locator(".came").filter({ hasText: "aunt Chi" });
  await partly.getByRole("button", { name: "Read this reply aloud" }).click();
  const said = () => tablet.evaluate(() => window.spoken.map(({ text }) => text).join(" "));
  expect(await said()).toMatch(/What do you wish the grown-ups knew.*You said.*aunt Chi/);
  expect(await said()).not.toContain("Yes, we will");
  // Whoever goes on has heard enough.
  await next(tablet);
  await expect.poll(said).toBe("");
  await expect(tablet.locator("[data-speaking]")).toHaveCount(0);
  expect(tablet.problems).toEqual([]);
});

test("they see their plan and say how they find it", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.ruth, TABLET);
  await handOver(tablet, server, "Shan");
  await expect(heading(tablet)).toHaveText("You said, we did");
  await next(tablet);
  await expect(heading(tablet)).toHaveText("Hello Shan");
  await tablet.getByRole("button", { name: "See your plan" }).click();
  await expect(tablet.locator(".plan-part").first()).toContainText("Shan keeps netball, every practice.");
  await expect(tablet.locator("main")).toContainText("Sit a whole mock paper without leaving the room");
  await tablet.getByLabel("Partly").check();
  await tablet.getByLabel("Do you want to say more?").fill("The small room is the boiler room");
  await tablet.getByRole("button", { name: "Send it" }).click();
  await expect(tablet.locator(".finding")).toContainText("You said: Partly");
  await savedToPlan(tablet);
  await expect(tablet.locator(".finding")).toContainText("can read this now");
  const before = shans(server, 15);
  for (const [email, words] of [[PEOPLE.ruth, true], [BEV, false]]) {
    const page = await device(browser, server, email);
    await open(page, server, `/plans/${before}`);
    await expect(page.getByRole("heading", { name: "Shan has seen the plan: partly" })).toBeVisible();
    expect((await page.content()).includes("boiler room")).toBe(words);
    expect(page.problems).toEqual([]);
  }
  expect(tablet.problems).toEqual([]);
});

test("a wish made before the meeting and sent after it began is a question, and is answered", async ({ browser, server }) => {
  test.setTimeout(120_000);
  const plan = shans(server, 16);
  const tablet = await device(browser, server, PEOPLE.ruth, TABLET);
  await handOver(tablet, server, "Shan");
  await next(tablet);
  await tablet.getByRole("button", { name: "Start", exact: true }).click();
  const card = tablet.locator(".audience").first();
  await expect(card).toContainText("Shared with Ruth Osei");
  await cut(tablet);
  await card.getByRole("button", { name: "Take it back" }).click();
  await expect(card).toContainText("if your meeting hasn't begun by then");
  const ruth = await device(browser, server, PEOPLE.ruth);
  const began = await ruth.evaluate(async (plan) => {
    const asked = { step: "start-meeting", seal: "", reason: "", sections: [] };
    const body = JSON.stringify({ plan, asked });
    return (await fetch("/v1/step", { method: "POST", headers: { "Content-Type": "application/json" }, body })).status;
  }, plan);
  expect(began).toBe(200);
  await restore(tablet);
  await expect(card).toContainText("You asked to take this back");
  await expect(card).toContainText("can still see it");

  await open(ruth, server, `/plans/${plan}`);
  const asked = ruth.locator(".asked-back");
  await expect(asked).toContainText("Shan asked to take this back");
  await asked.getByRole("button", { name: "Hide it" }).click();
  await expect(asked).toHaveCount(0);
  await expect(ruth.locator(".voices").first()).not.toContainText("one long exam");
  await next(tablet);
  await tablet.getByRole("button", { name: "Back", exact: true }).click();
  await expect(card).toContainText("Ruth Osei hid it on");
  for (const page of [tablet, ruth]) expect(page.problems).toEqual([]);
});

test("who helped, who typed and what each will see, and what was said last time", async ({ browser, server }) => {
  test.setTimeout(120_000);
  const tablet = await device(browser, server, PEOPLE.ruth, TABLET);
  await handOver(tablet, server, "Shan");
  await next(tablet);
  await ask(tablet, "If you could change one thing about school, what would it be?");
  await tablet.getByText("What I said last time").click();
  await expect(tablet.locator(".last-time")).toContainText("Stop booking my meetings in netball practice");
  await expect(tablet.getByLabel("Want to say more?")).toHaveValue("");
  await tablet.getByLabel("Want to say more?").fill("A locker near the gym");
  await tablet.getByRole("button", { name: "Someone typed this for me" }).click();
  await tablet.getByLabel("Who typed it?").fill("Ms Osei");
  await tablet.getByRole("button", { name: "Choose who" }).click();
  await tablet.getByLabel("Ruth Osei").check();
  await tablet.getByLabel("Tobi Adeyemi").check();
  await expect(tablet.locator(".preview")).toContainText("This is what Ruth Osei will see");
  await tablet.getByRole("button", { name: "Tobi Adeyemi", exact: true }).click();
  await expect(tablet.locator(".preview")).toContainText("This is what Tobi Adeyemi will see");
  await expect(tablet.locator(".preview")).toContainText("Typed by Ms Osei. Shan hasn't checked it yet");
  await tablet.getByLabel("Yes, I checked", { exact: true }).check();
  await expect(tablet.locator(".preview")).toContainText("Typed by Ms Osei, checked by Shan");
  // One more letter, and it is to be checked again.
  await tablet.getByLabel("Want to say more?").press("End");
  await tablet.getByLabel("Want to say more?").pressSequentially("!");
  await expect(tablet.locator(".preview")).toContainText("hasn't checked it yet");
  await tablet.getByLabel("Yes, I checked", { exact: true }).check();
  await tablet.getByRole("button", { name: "Share", exact: true }).click();
  await savedToPlan(tablet);

  // What they wish of the meeting is told apart from coming to it.
  for (let tries = 0; tries < 5 && !/There's a meeting/.test(await heading(tablet).textContent()); tries++) await next(tablet);
  await tablet.getByRole("button", { name: /Anyone who shouldn't be there/ }).click();
  const wish = tablet.getByRole("region", { name: /Anyone who shouldn't be there/ }).first();
  await expect(wish.getByRole("heading", { name: /Anyone who/ })).toBeFocused();
  await wish.getByRole("checkbox", { name: "Someone at home" }).check();
  await wish.getByLabel("Want to say more?").fill("Not about Nan's hip in front of everyone");
  await expect(tablet.locator("#audience")).toContainText("Shared with");
  await expect(tablet.locator("#audience-not-there")).toHaveText("Only you can see this");
  await savedToPlan(tablet);
  await next(tablet);
  await tablet.getByLabel("Someone at school").check();
  await tablet.getByLabel("Who was it? Their name").fill("Ms Osei");
  // What was shared before doesn't say so yet: sharing it anew is offered.
  await tablet.getByRole("button", { name: "Back", exact: true }).click();
  const meeting = tablet.locator(".audience").first();
  await expect(meeting).toContainText("You changed this after sharing");
  await meeting.getByRole("button", { name: "Share the new words" }).click();
  await expect(tablet.locator(".preview")).toContainText("Who helped: Someone at school – Ms Osei");
  await tablet.getByRole("button", { name: "Share", exact: true }).click();
  await expect(meeting).not.toContainText("You changed this after sharing");
  await savedToPlan(tablet);

  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${shans(server, 16)}`);
  await ruth.locator(".voices summary").click();
  await expect(ruth.locator(".voices")).toContainText("Typed by Ms Osei, checked by Shan");
  expect(await ruth.content()).not.toContain("hip in front");
  for (const page of [tablet, ruth]) expect(page.problems).toEqual([]);
});

test("whoever ticks someone and goes on without sharing is led to Share, once", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.ruth, TABLET);
  await handOver(tablet, server, "Yonas");
  const asked = "How are break and lunch, and the people you spend them with?";
  await ask(tablet, asked);
  await tablet.getByLabel("Want to say more?").fill("The art room");
  await tablet.getByRole("button", { name: "Choose who" }).click();
  await tablet.getByLabel("Ruth Osei").check();
  await next(tablet);
  await expect(tablet.locator("[id^=share-]")).toBeFocused();
  await expect(heading(tablet)).toHaveText(asked);
  await expect(tablet.locator("#audience")).toHaveText("Only you can see this");
  await next(tablet);
  await expect(heading(tablet)).not.toHaveText(asked);
  // And whoever shares is led nowhere.
  await tablet.getByRole("button", { name: "Back", exact: true }).click();
  await tablet.getByRole("button", { name: "Choose who" }).click();
  await tablet.getByLabel("Ruth Osei").check();
  await tablet.getByRole("button", { name: "Share", exact: true }).click();
  await next(tablet);
  await expect(heading(tablet)).not.toHaveText(asked);
  expect(tablet.problems).toEqual([]);
});

test("an answer keeps its language, and what it says in another stands beside it with a name", async ({ browser, server }) => {
  test.setTimeout(120_000);
  const plan = server.plan("Yonas");
  const safe = book("ar").say("Safe in your plan");
  const [own, said] = ["مكان هادئ قرب المكتبة", "A quiet place near the library"];
  const tablet = await device(browser, server, PEOPLE.ruth, TABLET);
  await handOver(tablet, server, "Yonas");
  await live(tablet);
  await tablet.getByRole("button", { name: "How it looks" }).click();
  await tablet.getByLabel("العربية").check();
  await expect(tablet.locator(".voice[lang=ar][dir=rtl]")).toBeVisible();
  await tablet.locator(".how-it-looks").click();
  // The first that Yonas hasn't answered.
  const friends = tablet.locator('[name="friends-pick"]').first();
  while (!(await friends.count())) await tablet.locator(".voice-foot .next").click();
  await tablet.locator(".writing textarea").fill(own);
  await tablet.locator(".audience-ways .button").click();
  for (const name of ["Ruth Osei", "Priya Nair"]) await tablet.getByLabel(name).check();
  await tablet.locator("[id^=share-]").click();
  await expect(tablet.locator(".audience.is-shared")).toContainText("Priya Nair");
  await expect(status(tablet)).toHaveText(safe);

  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${plan}`);
  const answer = ruth.locator(".voice-quote").filter({ hasText: own });
  await expect(answer).toContainText("Given in Arabic");
  await expect(answer.locator("blockquote")).toHaveAttribute("lang", "ar");
  expect(await answer.locator("blockquote").evaluate((quote) => getComputedStyle(quote).direction)).toBe("rtl");
  await ruth.locator(".voices > details > summary").first().click();
  await answer.getByText("Add a translation").click();
  await answer.getByLabel("What it says, in another language").fill(said);
  // Half typed it is there again after a reload, in sight.
  await expect.poll(async () => (await stored(ruth)).keys.some((key) => key.includes("half/translation-"))).toBe(true);
  await ruth.reload();
  await hydrated(ruth);
  await ruth.locator(".voices > details > summary").first().click();
  await expect(answer.getByLabel("What it says, in another language")).toBeVisible();
  await expect(answer.getByLabel("What it says, in another language")).toHaveValue(said);
  await answer.getByRole("button", { name: "Add it" }).click();
  await expect(answer).toContainText("Translated by Ruth Osei, a person");
  await expect(answer.locator("blockquote")).toContainText(own);
  await expect(answer.locator("p.words")).toHaveText(said);
  await expect(answer.getByLabel("What it says, in another language")).toHaveValue("");

  const others = {};
  for (const who of ["priya.nair@wrenshire.example", "miriam.cole@carers.example", PEOPLE.helen]) others[who] = await device(browser, server, who);
  const [priya, ...rest] = Object.values(others);
  const page = async (who) => (await who.request.get(`${server.url}/plans/${plan}`)).text();
  const read = await page(priya);
  for (const words of [own, said, "Translated by Ruth Osei, a person", "Given in Arabic"]) expect(read).toContain(words);
  for (const who of rest) for (const words of [own, said]) expect(await page(who)).not.toContain(words);

  // Taken back, neither is anywhere.
  await tablet.locator(".audience-ways button").last().click();
  await expect(status(tablet)).toHaveText(safe);
  for (const who of [ruth, priya, ...rest]) {
    for (const words of [own, said]) await expect.poll(async () => (await page(who)).includes(words), words).toBe(false);
  }
  expect(server.sql("select * from translation")).toEqual([]);
  for (const page of [tablet, ruth]) expect(page.problems).toEqual([]);
});

test("finishing is celebrated once", async ({ browser, server }) => {
  const gwen = await device(browser, server, PEOPLE.gwen, TABLET);
  await handOver(gwen, server, "Ellie-Mae");
  await gwen.getByRole("button", { name: "Start", exact: true }).click();
  const finish = gwen.getByRole("button", { name: "Finish", exact: true });
  for (let tries = 0; tries < 12 && !(await finish.isVisible()); tries++) await next(gwen);
  await finish.click();
  await expect(heading(gwen)).toHaveText("You've finished");
  await expect(gwen.locator(".chosen .picture use")).toHaveAttribute("href", /#(pic-\w|code-)/);
  await gwen.getByRole("button", { name: "Back", exact: true }).click();
  await finish.click();
  await expect(heading(gwen)).toHaveText("You've finished");
  await expect(gwen.locator(".chosen")).toHaveCount(0);
  expect(gwen.problems).toEqual([]);
});
