// Every page of Pep and the states that matter, with who sees each one and the way
// there. The tests of pages and the pictures are both taken from here.
import { PEOPLE, expect, handOver, hydrated, live, open, savedToPlan, signIn } from "./pep.js";

export const SIZES = {
  narrow: { width: 320, height: 640 },
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desk: { width: 1440, height: 900 },
};

const as = (who, path) => async (page, server) => {
  await signIn(page, server, PEOPLE[who]);
  await open(page, server, typeof path === "function" ? path(server) : path);
};
const of = (child, rest = "") => (server) => `/plans/${server.plan(child)}${rest}`;

// In a meeting, with its tables open to write in.
const writing = (go) => async (page, server) => {
  await go(page, server);
  await page.locator(".meeting-main").getByText("Write here").first().click();
  await expect(page.locator(".meeting-main #targets .cards > li").first()).toBeVisible();
};

// A child has the tablet.
const sitting = (who, child, on) => async (page, server) => {
  await signIn(page, server, PEOPLE[who]);
  await handOver(page, server, child);
  if (!on) return;
  await live(page);
  await on(page);
};
const heading = (page, words) => expect(page.getByRole("heading", { level: 1 })).toHaveText(words);

// Starts, and goes on to the question with these words.
const question = (words) => async (page) => {
  await page.getByRole("button", { name: "Start" }).click();
  const next = page.getByRole("button", { name: "Next", exact: true });
  while (!words.test(await page.locator("h1").innerText())) {
    const before = await page.locator("h1").innerText();
    await next.click();
    await expect(page.locator("h1")).not.toHaveText(before);
  }
  // What comes behind the question is there.
  await expect(page.locator(".audience").first()).toBeVisible();
};
// A sheet with a line on it, and what says an answer.
const drawing = async (page) => {
  await question(/feel|at the moment/)(page);
  await page.getByRole("button", { name: "Say it" }).click();
  await page.getByRole("button", { name: "Draw it" }).click();
  const sheet = page.locator("svg.sheet");
  await sheet.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await sheet.boundingBox();
  await page.mouse.move(x + width * 0.2, y + height * 0.3);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.7, y + height * 0.6, { steps: 8 });
  await page.mouse.up();
  await expect(sheet.locator("path")).toHaveCount(1);
};
const sharing = async (page) => {
  await question(/hard/)(page);
  await page.getByRole("button", { name: /Choose who|Change who|Share the new words/ }).click();
  const panel = page.getByRole("region", { name: "Who can see your answer?" });
  if (!(await panel.getByRole("checkbox", { checked: true }).count())) await panel.getByRole("checkbox").nth(1).check();
  await expect(panel.getByRole("button", { name: "Share", exact: true })).toBeEnabled();
};
const finish = async (page) => {
  await page.getByRole("button", { name: "Start" }).click();
  const next = page.getByRole("button", { name: /^(Next|Finish)$/ });
  while (!/finished/.test(await page.locator("h1").innerText())) {
    const before = await page.locator("h1").innerText();
    await next.click();
    await expect(page.locator("h1")).not.toHaveText(before);
  }
};
const soFar = async (page) => {
  await page.getByRole("button", { name: "What you said", exact: true }).click();
  await heading(page, "What you said");
  await expect(page.locator(".recap").first()).toBeVisible();
};
// Two cards sorted, and a third in the hand.
const sorting = async (page) => {
  await question(/good at school/)(page);
  const table = page.getByRole("group", { name: "Cards to sort" });
  for (const [card, pile] of [["Playtime", "good"], ["The noise", "not-good"]]) {
    await table.getByRole("button", { name: card }).click();
    await page.locator(`.pile[data-pile=${pile}] .pile-head`).click();
    await expect(table.getByRole("button", { name: card })).toHaveCount(0);
  }
  await table.getByRole("button", { name: "Maths" }).click();
};
const looks = async (page) => {
  await page.getByRole("button", { name: "How it looks" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("How it looks");
};
const help = async (page) => {
  await page.getByRole("button", { name: "I need help" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
};
const stop = async (page) => {
  await question(/school/)(page);
  await page.getByRole("button", { name: "Stop for now" }).click();
  await heading(page, "You can stop now");
};
const chooseCode = async (page) => {
  await page.getByRole("button", { name: "Choose a picture code" }).click();
  await heading(page, "Choose a picture code");
};

// Shan hears first what came of what she asked for.
const came = (look) => async (page) => {
  await heading(page, "You said, we did");
  if (!look) return;
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByLabel(look, { exact: true }).check();
  await page.getByRole("button", { name: "See what came of it" }).click();
  await heading(page, "You said, we did");
};
const answering = async (page) => {
  await came()(page);
  await page.locator(".came").first().getByLabel("Not OK with me").check();
  await expect(page.getByRole("button", { name: "Send it" })).toBeVisible();
};
const myPlan = (look) => async (page) => {
  await came(look)(page);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("button", { name: "See your plan" }).click();
  await heading(page, "Your plan");
};
const wishes = async (page) => {
  await came()(page);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await question(/meeting/)(page);
  await page.getByRole("button", { name: /Anyone who/ }).click();
  const also = page.getByRole("region", { name: /Anyone who/ }).first();
  await also.getByRole("checkbox", { name: "Someone at home" }).check();
  await also.getByLabel("Want to say more?").fill("Not about Nan in front of everyone");
  await also.getByRole("button", { name: "Someone typed this for me" }).click();
  await also.getByLabel("Who typed it?").fill("Ms Osei");
  await also.getByRole("button", { name: "Choose who" }).click();
  await page.getByRole("checkbox", { name: /Ruth Osei/ }).check();
  await page.getByRole("checkbox", { name: /Tobi Adeyemi/ }).check();
};
// Who should be there, without a letter.
const who = async (page) => {
  await question(/come to your meeting/)(page);
  await page.getByRole("button", { name: "Who should be there?" }).click();
  const also = page.getByRole("region", { name: "Who should be there?", exact: true });
  await also.getByRole("checkbox", { name: "A friend" }).check();
  await also.getByRole("button", { name: "Draw it" }).click();
  await expect(also.locator("svg.sheet")).toBeVisible();
};
const lastTime = async (page) => {
  await came()(page);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await question(/change one thing/)(page);
  await page.getByText("What I said last time").click();
};

// `least` is the least size of a thing to press on a young person's page. A page
// with `once` is a state of another page, and is looked at in fewer ways.
export const PAGES = [
  {
    name: "sign-in",
    go: async (page, server) => {
      await page.goto(`${server.url}/sign-in`);
      await hydrated(page);
    },
  },
  {
    name: "sign-in-with-nothing-typed",
    once: true,
    go: async (page, server) => {
      await page.goto(`${server.url}/sign-in`);
      await hydrated(page);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "There is a problem" })).toBeFocused();
    },
  },
  { name: "home-of-a-teacher", go: as("ruth", "/") },
  { name: "home-of-a-carer", go: as("jo", "/") },
  { name: "home-of-nobody's-team", once: true, go: as("pat", "/") },
  {
    name: "handing-over",
    once: true,
    go: async (page, server) => {
      await as("ruth", "/")(page, server);
      await page.getByRole("button", { name: "Hand over to Amira" }).click();
      // What is asked comes behind the page.
      await expect(page.getByRole("dialog").getByRole("button", { name: "Not now" })).toBeVisible();
    },
  },
  { name: "plan-of-a-teacher", go: as("ruth", of("Amira")) },
  { name: "plan-of-a-carer", go: as("jo", of("Amira")) },
  { name: "plan-not-yet-open", once: true, go: as("ruth", of("Rhys")) },
  { name: "progress", go: as("ruth", of("Amira", "/progress")) },
  { name: "targets", go: as("tom", of("Amira", "/targets")) },
  { name: "attendance", go: as("ruth", of("Amira", "/attendance")) },
  { name: "everyday-to-read", go: as("ruth", of("Amira", "/everyday")) },
  {
    name: "spending",
    once: true,
    go: async (page, server) => {
      await as("ruth", of("Amira", "/spending"))(page, server);
      await page.getByRole("button", { name: "Add an idea" }).click();
      await page.locator('[data-path^="ideas/"][data-path$="/what"]').fill("One-to-one maths tuition");
      await savedToPlan(page);
    },
  },
  { name: "private-details", once: true, go: as("tom", of("Amira", "/private-details")) },
  {
    name: "a-form-with-problems",
    once: true,
    go: async (page, server) => {
      await as("ruth", of("Yonas", "/progress"))(page, server);
      const years = page.locator('[data-path="reading-years"]');
      await years.fill("seven");
      await years.blur();
      await expect(page.locator(".problem:not(:empty)").first()).toBeVisible();
    },
  },
  { name: "carers-children", go: as("jo", "/carer") },
  { name: "carers-agreed", go: as("jo", of("Amira", "/agreed")) },
  { name: "carers-view", go: as("jo", of("Amira", "/carers-view")) },
  {
    name: "carers-view-done",
    once: true,
    go: async (page, server) => {
      await as("jo", of("Amira", "/carers-view"))(page, server);
      const finish = page.getByRole("button", { name: "Finish" });
      const next = page.getByRole("button", { name: "Next question" });
      while (!(await finish.isVisible())) await next.click();
      await finish.click();
      await expect(page.getByRole("heading", { name: "You're done. Thank you." })).toBeVisible();
      await expect(page.getByRole("link", { name: "See what we agreed" })).toBeVisible();
    },
  },
  { name: "carers-view-to-read", once: true, go: as("ruth", of("Amira", "/carers-view")) },
  {
    name: "history",
    go: async (page, server) => {
      await as("tom", of("Amira", "/targets"))(page, server);
      const changes = page.locator('[data-path="changes"]');
      await changes.fill((await changes.inputValue()).replace("No change of school planned.", "Two visits to colleges, in May and June."));
      const hours = page.locator('[data-path^="catch-up/"][data-path$="/hours"]').first();
      await hours.fill("7");
      await hours.blur();
      const remove = page.locator("#targets").getByRole("button", { name: "Remove this target" }).first();
      if (await remove.isVisible()) await remove.click();
      await savedToPlan(page);
      await open(page, server, of("Amira", "/targets/history")(server));
      await page.getByText("Read it in plain words").first().click();
    },
  },
  { name: "check", go: as("ruth", of("Amira", "/progress/check")) },
  { name: "print", once: true, go: as("tom", of("Amira", "/print")) },
  { name: "money-of-a-teacher", go: as("ruth", of("Amira", "/money")) },
  { name: "money-of-the-virtual-school", once: true, go: as("helen", of("Amira", "/money")) },
  { name: "money-of-a-carer", once: true, go: as("jo", of("Amira", "/money")) },
  { name: "meeting", go: as("ruth", of("Ty", "/meeting")) },
  { name: "meeting-of-a-carer", once: true, go: as("jo", of("Amira", "/meeting")) },
  { name: "meeting-targets", once: true, go: writing(as("ruth", of("Amira", "/meeting#targets"))) },
  { name: "meeting-wrap-up", once: true, go: as("ruth", of("Amira", "/meeting#wrap-up")) },
  { name: "big-screen", go: as("ruth", of("Yonas", "/meeting/screen")) },
  { name: "big-screen-targets", once: true, go: as("ruth", of("Amira", "/meeting/screen#targets")) },
  { name: "card", go: as("ruth", of("Yonas", "/card")) },
  {
    name: "card-made",
    once: true,
    go: async (page, server) => {
      await as("ruth", of("Yonas", "/card"))(page, server);
      await page.getByRole("button", { name: "Make a card" }).click();
      await expect(page.getByRole("img", { name: "The code on the card" })).toBeVisible();
    },
  },
  { name: "import", go: as("ruth", "/import") },
  { name: "rules-of-the-authority", go: as("helen", "/settings") },
  {
    name: "rules-with-problems",
    once: true,
    go: async (page, server) => {
      await as("helen", "/settings")(page, server);
      await page.getByLabel("At least").fill("9");
      await page.getByLabel("Area 2").fill("");
      await page.getByRole("button", { name: "Add an area" }).click();
      for (const part of ["Targets and wellbeing", "The quality of a plan"]) {
        await page.getByRole("button", { name: new RegExp(`^Save ?: ${part}`) }).click();
        await expect(page.getByRole("alert").filter({ hasText: "There is a problem" }).last()).toBeFocused();
      }
    },
  },
  { name: "no-rules-of-theirs", once: true, go: as("ruth", "/settings"), offline: true },
  { name: "not-sent", go: as("ruth", "/not-sent") },
  { name: "unknown", go: as("ruth", "/nowhere"), offline: true },
  { name: "no-plan-of-theirs", once: true, go: as("pat", of("Amira")), offline: true },
  // The young person's pages.
  { name: "voice-pictures-welcome", least: 96, go: sitting("gwen", "Alfie", async () => {}) },
  { name: "voice-pictures-faces", least: 96, go: sitting("gwen", "Alfie", question(/feel/)) },
  { name: "voice-pictures-sorting", least: 96, go: sitting("gwen", "Alfie", sorting) },
  { name: "voice-pictures-pictures", least: 96, once: true, go: sitting("gwen", "Alfie", question(/better/)) },
  { name: "voice-pictures-meeting", least: 96, once: true, go: sitting("gwen", "Alfie", who) },
  { name: "voice-pictures-looks", least: 96, go: sitting("gwen", "Alfie", looks) },
  { name: "voice-pictures-drawing", least: 96, go: sitting("gwen", "Alfie", drawing) },
  { name: "voice-words-drawing", least: 48, once: true, go: sitting("ruth", "Yonas", drawing) },
  { name: "voice-both-welcome", least: 64, once: true, go: sitting("gwen", "Ellie-Mae", async () => {}) },
  { name: "voice-both-faces", least: 64, go: sitting("gwen", "Ellie-Mae", question(/feel/)) },
  { name: "voice-both-sentences", least: 64, once: true, go: sitting("gwen", "Ellie-Mae", question(/safe/)) },
  { name: "voice-words-welcome", least: 48, go: sitting("ruth", "Yonas", async () => {}) },
  { name: "voice-words-looks", least: 48, once: true, go: sitting("ruth", "Yonas", looks) },
  { name: "voice-words-faces", least: 48, go: sitting("ruth", "Yonas", question(/at the moment/)) },
  { name: "voice-words-own-words", least: 48, once: true, go: sitting("ruth", "Yonas", question(/proud/)) },
  { name: "voice-sharing", least: 64, go: sitting("gwen", "Ellie-Mae", sharing) },
  { name: "voice-finish", least: 64, go: sitting("gwen", "Ellie-Mae", finish) },
  { name: "voice-so-far", least: 64, once: true, go: sitting("gwen", "Ellie-Mae", soFar) },
  { name: "voice-stopped", least: 64, once: true, go: sitting("gwen", "Ellie-Mae", stop) },
  { name: "voice-help", least: 64, once: true, go: sitting("gwen", "Ellie-Mae", help) },
  { name: "voice-we-did", least: 48, go: sitting("ruth", "Shan", came()) },
  { name: "voice-we-did-both", least: 64, once: true, go: sitting("ruth", "Shan", came("Pictures and words")) },
  { name: "voice-we-did-pictures", least: 96, go: sitting("ruth", "Shan", came("Pictures")) },
  { name: "voice-answering-back", least: 48, once: true, go: sitting("ruth", "Shan", answering) },
  { name: "voice-my-plan", least: 48, go: sitting("ruth", "Shan", myPlan()) },
  { name: "voice-my-plan-both", least: 64, once: true, go: sitting("ruth", "Shan", myPlan("Pictures and words")) },
  { name: "voice-my-plan-pictures", least: 96, once: true, go: sitting("ruth", "Shan", myPlan("Pictures")) },
  { name: "voice-meeting-wishes", least: 48, once: true, go: sitting("ruth", "Shan", wishes) },
  { name: "voice-last-time", least: 48, once: true, go: sitting("ruth", "Shan", lastTime) },
  { name: "voice-code", least: 48, go: sitting("ruth", "Amira") },
  {
    name: "voice-card-unknown",
    least: 64,
    once: true,
    go: async (page, server) => {
      await page.goto(`${server.url}/v#nothing`);
      await expect(page.getByText("This card doesn't open anything here")).toBeVisible();
    },
  },
  { name: "voice-choose-code", least: 64, once: true, go: sitting("gwen", "Ellie-Mae", chooseCode) },
  {
    name: "taking-back",
    once: true,
    go: async (page, server) => {
      await sitting("gwen", "Alfie", async () => {})(page, server);
      await page.goto(`${server.url}/sign-in`);
      await hydrated(page);
      await heading(page, "Take this device back");
    },
  },
];

// A voice of the device's own that says at once where it is, and never ends by itself.
export const speaking = (page) =>
  page.addInitScript(() => {
    window.spoken = [];
    window.SpeechSynthesisUtterance = class {
      constructor(text) { this.text = text; }
    };
    SpeechSynthesis.prototype.speak = (utterance) => {
      window.spoken.push(utterance);
      if (window.spoken.length === 1) utterance.onstart?.(new Event("start"));
    };
    SpeechSynthesis.prototype.cancel = () => { window.spoken = []; };
    Object.defineProperty(SpeechSynthesis.prototype, "speaking", { get: () => window.spoken.length > 0 });
  });

// A device that can speak by itself, as tablets can, so that reading aloud is offered.
export const withVoice = (page) =>
  page.addInitScript(() => {
    const voice = Object.create(SpeechSynthesisVoice.prototype, {
      lang: { value: "en-GB" },
      localService: { value: true },
      name: { value: "A voice" },
    });
    SpeechSynthesis.prototype.getVoices = () => [voice];
  });

// The children of the demo authority.
export const NAMES = /Amira|Alfie|Kay|Ellie|Yonas|\bTy\b|Tyler|Shan|Rhys/;
