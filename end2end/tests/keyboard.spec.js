// Without a mouse and without a finger: each way through Pep by its keys alone, or by a
// switch, which has one step and one press.
import { PEOPLE, PASSWORD, expect, handOver, hydrated, live, open, savedToPlan, signIn, strict, test } from "../pep.js";
import { stop } from "../pressed.js";

const top = (page) => page.getByRole("heading", { level: 1 });
const link = (page, name) => page.getByRole("link", { name, exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });

const tab = (page) => page.keyboard.press("Tab");

// Goes to something by Tab, or another step, from wherever the focus is.
async function tabTo(page, wanted, step = tab) {
  await expect(wanted).toBeVisible();
  const there = await wanted.elementHandle();
  for (let stops = 0; stops < 200; stops += 1) {
    if (await there.evaluate((one) => one === document.activeElement)) return;
    await step(page);
  }
  throw new Error("Tab never gets there");
}

async function press(page, wanted, key = "Enter") {
  await tabTo(page, wanted);
  await page.keyboard.press(key);
}

// The step of a switch. As on tablets it stops at each answer of a group, of which Tab
// stops at one; and wherever it stops, that is seen.
async function step(page) {
  const within = await page.evaluate(() => {
    const now = document.activeElement;
    const group = now.type === "radio" ? [...document.getElementsByName(now.name)] : [];
    const next = group[group.indexOf(now) + 1];
    next?.focus();
    return Boolean(next);
  });
  if (!within) {
    await tab(page);
    await page.evaluate(() => {
      const now = document.activeElement;
      if (now.type === "radio") document.getElementsByName(now.name)[0].focus();
    });
  }
  const at = await stop(page);
  if (at) expect(at.ring, `${at.name} has a ring`).toBe(true);
}

// The press of a switch. Whatever comes and goes by it, the next step has a place to go from.
async function pressed(page, wanted) {
  await tabTo(page, wanted, step);
  await page.keyboard.press("Space");
  const somewhere = await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    for (let frames = 0; frames < 3; frames += 1) await frame();
    return document.activeElement !== document.body;
  });
  expect(somewhere, "the focus is lost").toBe(true);
}

// A page that was come to from another one begins at its heading.
async function arrived(page, words) {
  await expect(top(page)).toHaveText(words);
  await expect(top(page)).toBeFocused();
}

async function someone(page, server, email) {
  strict(page);
  await signIn(page, server, email);
  return page;
}

test("a teacher signs in, writes in a section and completes it", async ({ page, server }) => {
  strict(page);
  await page.goto(`${server.url}/sign-in`);
  await hydrated(page);
  await tabTo(page, page.getByLabel("E-mail address"));
  await page.keyboard.type(PEOPLE.ruth);
  await tabTo(page, page.getByLabel("Password"));
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(top(page)).toHaveText("Children");
  await hydrated(page);
  await press(page, link(page, "Amira"));
  await arrived(page, "Amira’s plan");
  await press(page, link(page, "Progress in subjects"));
  await arrived(page, "Progress in subjects");
  await live(page);
  const strengths = page.locator('[data-path="strengths"]');
  await tabTo(page, strengths);
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" Written by keys.");
  await expect(strengths).toHaveValue(/ Written by keys\.$/);
  await savedToPlan(page);
  await press(page, link(page, "Check your answers"));
  await arrived(page, "Check your answers");
  await expect(page.locator("main")).toContainText("Written by keys.");
  // An answer that has to be changed is one press away, in its own box.
  await press(page, link(page, "Change What helps in class"));
  await expect(page.locator('[data-path="helps"]')).toBeFocused();
  await page.goBack();
  await arrived(page, "Check your answers");
  await press(page, page.getByRole("radio", { name: "Yes" }), "Space");
  await press(page, button(page, "Continue"));
  await arrived(page, "Amira’s plan");
  await expect(page.locator(".task").filter({ hasText: "Progress in subjects" })).toContainText("Completed");
  expect(page.problems).toEqual([]);
});

test("what is wrong with a form leads to the box that it is about", async ({ page, server }) => {
  strict(page);
  await page.goto(`${server.url}/sign-in`);
  await hydrated(page);
  await press(page, button(page, "Sign in"));
  await expect(page.locator("#problems")).toBeFocused();
  await expect(page).toHaveTitle("Error: Sign in - Pep");
  await press(page, link(page, "Enter your password"));
  await expect(page.getByLabel("Password")).toBeFocused();
  expect(page.problems).toEqual([]);
});

test("a young person answers, writes, shares and goes on", async ({ page, server }) => {
  await someone(page, server, PEOPLE.gwen);
  await handOver(page, server, "Ellie-Mae");
  await live(page);
  await press(page, button(page, "Start"));
  await arrived(page, "How does school feel right now?");
  // Tab goes to the answer that was picked, and the arrows to the others.
  const face = (name) => page.getByRole("radio", { name });
  await tabTo(page, face("In between"));
  await page.keyboard.press("ArrowRight");
  await expect(face("Not good")).toBeChecked();
  await press(page, button(page, "Next"));
  await arrived(page, "What do you like best at school?");
  const art = page.getByRole("checkbox", { name: "Art" });
  const before = await art.isChecked();
  await press(page, art, "Space");
  await expect(art).toBeChecked({ checked: !before });
  await press(page, button(page, "Next"));
  await press(page, button(page, "Next"));
  await press(page, button(page, "Next"));
  await arrived(page, "Do you feel safe at school? Where can you go?");
  await tabTo(page, face("Yes, I feel safe"));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(face("I don't want to say")).toBeChecked();
  await press(page, button(page, "Write it"));
  await expect(page.getByLabel("Want to say more?")).toBeFocused();
  await page.keyboard.type("The library is ok");
  await press(page, button(page, "Choose who"));
  await expect(page.getByRole("heading", { name: "Who can see your answer?" })).toBeFocused();
  await press(page, page.getByRole("checkbox", { name: /Gwen Pritchard/ }), "Space");
  await expect(page.getByRole("heading", { name: "This is what Gwen Pritchard will see" })).toBeVisible();
  await press(page, button(page, "Share"));
  await expect(page.locator("#audience")).toBeFocused();
  await expect(page.locator("#audience")).toHaveText("Shared with Gwen Pritchard");
  await press(page, button(page, "Stop for now"));
  await arrived(page, "You can stop now");
  await press(page, button(page, "Carry on"));
  await arrived(page, "Do you feel safe at school? Where can you go?");
  // As on another day: from the same place.
  await page.reload();
  await expect(top(page)).toHaveText("Hello Ellie-Mae");
  await live(page);
  await press(page, button(page, "Carry on"));
  await arrived(page, "Do you feel safe at school? Where can you go?");
  expect(page.problems).toEqual([]);
});

test("a child with a switch picks a face, goes on, and chooses who sees an answer", async ({ page, server }) => {
  await someone(page, server, PEOPLE.gwen);
  await handOver(page, server, "Ellie-Mae");
  await live(page);
  await pressed(page, button(page, "Start"));
  await arrived(page, "How does school feel right now?");
  const face = page.getByRole("radio", { name: "Not good", exact: true });
  await pressed(page, face);
  await expect(face).toBeChecked();
  await pressed(page, button(page, "Next"));
  await arrived(page, "What do you like best at school?");
  await pressed(page, page.getByRole("checkbox", { name: "Art" }));
  await pressed(page, button(page, "Draw it"));
  await expect(page.getByRole("heading", { name: "Your picture" })).toBeFocused();
  await pressed(page, button(page, "Someone typed this for me"));
  await expect(page.getByLabel("Who typed it?")).toBeFocused();
  await pressed(page, button(page, "Choose who"));
  await expect(page.getByRole("heading", { name: "Who can see your answer?" })).toBeFocused();
  await pressed(page, page.getByRole("checkbox", { name: /Gwen Pritchard/ }));
  await pressed(page, button(page, "Share"));
  await expect(page.locator("#audience")).toBeFocused();
  await expect(page.locator("#audience")).toHaveText("Shared with Gwen Pritchard");
  const told = () => server.sql(`select pick from shared_answer where question = 'best' and plan_id = '${server.plan("Ellie-Mae")}'`).map(({ pick }) => pick).join();
  await expect.poll(told).toMatch(/\bart\b/);
  await pressed(page, button(page, "Take it back"));
  await expect(page.locator("#audience")).toBeFocused();
  expect(page.problems).toEqual([]);
});

test("a carer with a switch answers what can be picked, and says that this is all", async ({ page, server }) => {
  await someone(page, server, PEOPLE.jo);
  await open(page, server, `/plans/${server.plan("Amira")}/carers-view`);
  const answer = (name) => page.getByRole("radio", { name, exact: true });
  await pressed(page, answer("Up and down"));
  await expect(answer("Up and down")).toBeChecked();
  // Taken out again, its button goes with it.
  await pressed(page, page.locator("#topic-2-body .answers > .button"));
  await expect(answer("Up and down")).not.toBeChecked();
  await expect(answer("Settled")).toBeFocused();
  await pressed(page, answer("Settled"));
  await pressed(page, button(page, "Next question"));
  await expect(page.locator("#topic-3")).toBeFocused();
  await pressed(page, button(page, "Next question"));
  await expect(page.locator("#topic-4")).toBeFocused();
  await pressed(page, answer("Works well"));
  await pressed(page, button(page, "Finish"));
  await expect(page.locator("#done")).toBeFocused();
  await savedToPlan(page);
  const [{ field_values: values }] = server.sql(`select field_values from document where name = '${server.plan("Amira")}/carers-view'`);
  const { facts } = JSON.parse(values);
  expect([facts.sleep[0].value, facts.support[0].value]).toEqual(["settled", "well"]);
  await tabTo(page, link(page, "See what we agreed"), step);
  await page.keyboard.press("Enter");
  await arrived(page, "What we agreed");
  expect(page.problems).toEqual([]);
});

test("help opens and closes by keys, and Shift three times shows another page", async ({ page, server }) => {
  await someone(page, server, PEOPLE.gwen);
  await handOver(page, server, "Ellie-Mae");
  await live(page);
  const help = button(page, "I need help");
  await press(page, help);
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(page.getByRole("dialog").getByRole("link", { name: "Childline: 0800 1111" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(help).toBeFocused();
  // Hiding works from inside it too.
  await press(page, help);
  await press(page, page.getByRole("dialog").getByRole("link", { name: "Hide this" }));
  await page.waitForURL("**/hide.html");
  await page.goto(`${server.url}/voice`);
  await live(page);
  for (let times = 0; times < 3; times += 1) await page.keyboard.press("Shift");
  await page.waitForURL("**/hide.html");
  await expect(page).toHaveTitle("Times tables");
  await expect(page.locator("body")).not.toContainText(/Ellie|Pep|plan|school/);
  expect(page.problems).toEqual([]);
});

test("a dialog keeps the focus in it and gives it back", async ({ page, server }) => {
  await someone(page, server, PEOPLE.ruth);
  const opener = button(page, "Hand over to Amira");
  await press(page, opener);
  const dialog = page.getByRole("dialog", { name: "Hand this device to Amira?" });
  await expect(dialog).toBeVisible();
  await tabTo(page, dialog.getByRole("button", { name: "Not now" }));
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  expect(page.problems).toEqual([]);
});

test("the first Tab offers the way past the top", async ({ page, server }) => {
  await someone(page, server, PEOPLE.ruth);
  for (const path of [`/plans/${server.plan("Amira")}`, `/plans/${server.plan("Amira")}/progress`]) {
    await open(page, server, path);
    await page.keyboard.press("Tab");
    const skip = link(page, "Skip to the page");
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => Boolean(document.activeElement.closest("main")));
    expect(inside, path).toBe(true);
  }
  expect(page.problems).toEqual([]);
});

test("a target is added, moved, removed and brought back", async ({ page, server }) => {
  await someone(page, server, PEOPLE.tom);
  await open(page, server, `/plans/${server.plan("Amira")}/targets`);
  const table = page.getByRole("region", { name: "Targets for this term" });
  const cards = table.locator(".cards > li");
  const count = await cards.count();
  await press(page, table.getByRole("button", { name: "Add a target" }));
  await expect(cards).toHaveCount(count + 1);
  await expect(cards.last().locator("summary")).toBeFocused();
  await tabTo(page, cards.last().getByLabel("What will change"));
  await page.keyboard.type("Made by keys");
  await expect(cards.last().locator("summary")).toContainText("Made by keys");
  const up = cards.filter({ hasText: "Made by keys" }).getByRole("button", { name: "Move up" });
  await press(page, up);
  await expect(cards.nth(count - 1).locator("summary")).toContainText("Made by keys");
  await expect(up).toBeFocused();
  await press(page, cards.nth(count - 1).getByRole("button", { name: "Remove this target" }));
  await expect(cards).toHaveCount(count);
  const kept = () => page.evaluate(() => Boolean(document.activeElement.closest("main")));
  await expect.poll(kept, "the focus stays by the table").toBe(true);
  await press(page, table.getByRole("button", { name: "Bring it back" }));
  await expect(cards).toHaveCount(count + 1);
  await expect(cards.nth(count - 1).locator("summary")).toBeFocused();
  await savedToPlan(page);
  expect(page.problems).toEqual([]);
});
