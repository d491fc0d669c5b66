// A young person's card: made by an adult, opened on any tablet with nobody signed in,
// also without a network; and what it never opens.
import { PEOPLE, cut, device, expect, handOver, hydrated, live, open, readyForOffline, restore, savedToPlan, signIn, status, strict, test } from "../pep.js";

async function makeCard(adult, server, child) {
  await open(adult, server, `/plans/${server.plan(child)}`);
  await adult.getByRole("link", { name: `A card for ${child}` }).click();
  await expect(adult.getByRole("heading", { level: 1 })).toHaveText(`A card for ${child}`);
  await hydrated(adult);
  const answer = adult.waitForResponse((response) => response.url().endsWith("/v1/make-card"));
  await adult.getByRole("button", { name: "Make a card" }).click();
  await expect(adult.getByRole("img", { name: "The code on the card" })).toBeVisible();
  return (await (await answer).json()).link;
}

// A child who has written nothing yet: in the demo all have.
function unwritten(server, child) {
  const voice = `${server.plan(child)}/my-voice`;
  for (const table of ["document_update", "document_snapshot", "document_client"]) server.sql(`delete from ${table} where document = '${voice}'`);
  server.sql(`delete from document where name = '${voice}'`);
}

async function nobody(browser) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London" });
  return strict(await context.newPage(), { offline: true });
}

const tapCode = async (page, ...pictures) => {
  for (const picture of pictures) await page.getByRole("button", { name: picture, exact: true }).click();
};

// Chooses them where nothing opens before that.
async function chooseCode(page, ...pictures) {
  await tapCode(page, ...pictures);
  await expect(page.getByText("Now the same three again.")).toBeVisible();
  await expect(page.getByText("1", { exact: true })).toBeVisible();
  await tapCode(page, ...pictures);
}

test("a card opens nothing that was written before a picture code was chosen", async ({ browser, server }) => {
  const gwen = await device(browser, server, PEOPLE.gwen);
  const link = await makeCard(gwen, server, "Alfie");
  const secret = link.split("#")[1];
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(server.sql("select * from card").some((row) => JSON.stringify(row).includes(secret))).toBe(false);

  const found = await nobody(browser);
  await found.goto(link.replace(/^https?:\/\/[^/]+/, server.url));
  await found.waitForURL("**/voice**");
  await hydrated(found);
  await expect(found.getByRole("heading", { level: 1 })).toHaveText("What you said before stays shut here");
  await expect(found.getByRole("button", { name: "I need help" })).toBeVisible();
  await expect(found.getByRole("link", { name: "Hide this" })).toBeVisible();
  await expect(found.locator("textarea, input")).toHaveCount(0);
  // Nor whose it is.
  expect(await found.content()).not.toMatch(/Alfie|Pritchard|Prentice/);
  // Nor by asking for a code of one's own.
  const chosen = await found.request.post(`${server.url}/v1/choose-code`, {
    form: { code: "cat-cat-cat" }, headers: { origin: server.url, "sec-fetch-site": "same-origin" },
  });
  expect(chosen.status()).toBe(403);
  expect(server.log).not.toContain(secret);
  for (const page of [gwen, found]) expect(page.problems.filter((line) => !line.includes("403"))).toEqual([]);
});

test("with a picture code it opens on any tablet, again without a network, until it is stopped", async ({ browser, server }) => {
  const shared = await device(browser, server, PEOPLE.gwen);
  await handOver(shared, server, "Ellie-Mae");
  await live(shared);
  await shared.getByRole("button", { name: "Choose a picture code" }).click();
  await tapCode(shared, "Cat", "Moon", "Star");
  await expect(shared.getByText("Now the same three again.")).toBeVisible();
  await expect(shared.getByText("1", { exact: true })).toBeVisible();
  await tapCode(shared, "Cat", "Moon", "Star");
  await expect(shared.getByText("Your code is set.")).toBeVisible();

  const gwen = await device(browser, server, PEOPLE.gwen);
  const link = (await makeCard(gwen, server, "Ellie-Mae")).replace(/^https?:\/\/[^/]+/, server.url);
  const own = await nobody(browser);
  await own.goto(link);
  await own.waitForURL("**/voice**");
  await hydrated(own);
  await tapCode(own, "Cat", "Star", "Moon");
  await own.getByRole("button", { name: "Open" }).click();
  await expect(own.getByText("Those aren't your pictures")).toBeVisible();
  await tapCode(own, "Cat", "Moon", "Star");
  await own.getByRole("button", { name: "Open" }).click();
  await expect(own.getByRole("heading", { level: 1 })).toHaveText("Hello Ellie-Mae");
  await live(own);
  expect(new URL(own.url()).hash).toBe("");
  await readyForOffline(own, "/sitting", "/card");

  await cut(own);
  await own.goto(link);
  await tapCode(own, "Cat", "Moon", "Star");
  await own.getByRole("button", { name: "Open" }).click();
  await expect(own).toHaveURL(/\/voice/);
  await tapCode(own, "Cat", "Moon", "Star");
  await own.getByRole("button", { name: "Open" }).click();
  await expect(own.getByRole("heading", { level: 1 })).toHaveText("Hello Ellie-Mae");

  await open(gwen, server, `/plans/${server.plan("Ellie-Mae")}/card`);
  await expect(gwen.getByText(/Last used/)).toBeVisible();
  await gwen.getByRole("button", { name: "Stop this card" }).click();
  await expect(gwen.getByText("Stopped", { exact: true })).toBeVisible();
  const late = await nobody(browser);
  await late.goto(link);
  await expect(late.getByText("This card has been stopped")).toBeVisible();
  expect(server.sql("select * from session where card_id is not null")).toEqual([]);
  expect(server.log).not.toContain(link.split("#")[1]);
});

test("whoever first opens a new card chooses the pictures, and the adults are told on which day", async ({ browser, server }) => {
  unwritten(server, "Ellie-Mae");
  const gwen = await device(browser, server, PEOPLE.gwen);
  const link = (await makeCard(gwen, server, "Ellie-Mae")).replace(/^https?:\/\/[^/]+/, server.url);
  await expect(gwen.getByText("Open it for the first time by")).toBeVisible();
  await open(gwen, server, `/plans/${server.plan("Ellie-Mae")}`);
  await expect(gwen.getByText("Not opened yet. Pictures can be chosen with it until")).toBeVisible();

  const own = await nobody(browser);
  await own.goto(link);
  await own.waitForURL("**/voice**");
  await hydrated(own);
  await tapCode(own, "Cat", "Moon", "Star");
  await expect(own.getByText("Now the same three again.")).toBeVisible();
  await expect(own.getByText("1", { exact: true })).toBeVisible();
  await tapCode(own, "Cat", "Moon", "Star");
  await expect(own.getByRole("heading", { level: 1 })).toHaveText("Hello Ellie-Mae");

  await open(gwen, server, `/plans/${server.plan("Ellie-Mae")}`);
  await expect(gwen.getByText(/First opened on .*, and the pictures were chosen with it/)).toBeVisible();
  await gwen.getByRole("link", { name: "A card for Ellie-Mae" }).click();
  await gwen.getByRole("button", { name: "Stop this card" }).click();
  await expect(gwen.getByText("Stopped", { exact: true })).toBeVisible();
  expect(server.sql("select * from session where card_id is not null")).toEqual([]);
});

test("a card that nobody opened in its first week opens nothing while there are no pictures", async ({ browser, server }) => {
  unwritten(server, "Ellie-Mae");
  const gwen = await device(browser, server, PEOPLE.gwen);
  const link = (await makeCard(gwen, server, "Ellie-Mae")).replace(/^https?:\/\/[^/]+/, server.url);
  server.sql(`update card set made_at = made_at - ${8 * 86_400_000}`);
  const found = await nobody(browser);
  await found.goto(link);
  await expect(found.getByText("This card has ended.")).toBeVisible();
  expect(server.sql("select * from session where card_id is not null")).toEqual([]);
});

// Two of Amira's team let her choose new pictures.
async function letChooseAnew(browser, server, plan) {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${plan}/card`);
  await ruth.getByRole("button", { name: "Ask for new pictures" }).click();
  await expect(ruth.getByText("Another professional of the team has to agree")).toBeVisible();
  await expect(ruth.getByRole("button", { name: "Agree to new pictures" })).toHaveCount(0);
  const tom = await device(browser, server, PEOPLE.tom);
  await open(tom, server, `/plans/${plan}`);
  await expect(tom.getByText(/Ruth Osei asked on .* that Amira may choose new pictures/)).toBeVisible();
  await tom.getByRole("link", { name: "A card for Amira" }).click();
  await tom.getByRole("button", { name: "Agree to new pictures" }).click();
  await expect(tom.getByText("Nothing opens until Amira has chosen.")).toBeVisible();
}

test("forgotten pictures: two adults let the child choose others, also on a tablet that the old ones had locked", async ({ browser, server }) => {
  test.setTimeout(120_000);
  const plan = server.plan("Amira");
  const tablet = await device(browser, server, PEOPLE.ruth);
  await handOver(tablet, server, "Amira");
  await tapCode(tablet, "Cat", "Moon", "Boat");
  await tablet.getByRole("button", { name: "Open" }).click();
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Hello Amira");
  await live(tablet);

  await letChooseAnew(browser, server, plan);

  await tablet.goto(`${server.url}/sign-in`);
  await signIn(tablet, server, PEOPLE.ruth);
  await handOver(tablet, server, "Amira");
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Choose a picture code");
  await expect(tablet.getByText(/Ruth Osei and Tom Nowak let you choose new pictures on/)).toBeVisible();
  await expect(tablet.locator("textarea, input")).toHaveCount(0);
  await chooseCode(tablet, "Sun", "Kite", "Fish");
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Hello Amira");
  await expect(tablet.getByText(/Ruth Osei and Tom Nowak let you choose new pictures on/)).toBeVisible();
  await live(tablet);

  await tablet.reload();
  await hydrated(tablet);
  await tapCode(tablet, "Cat", "Moon", "Boat");
  await tablet.getByRole("button", { name: "Open" }).click();
  await expect(tablet.getByText("Those aren't your pictures")).toBeVisible();
  await tapCode(tablet, "Sun", "Kite", "Fish");
  await tablet.getByRole("button", { name: "Open" }).click();
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Hello Amira");
});

test("what was not sent before pictures were forgotten is told to be there, and opens with the old ones alone", async ({ browser, server }) => {
  test.setTimeout(150_000);
  const plan = server.plan("Amira");
  const inPlan = () => server.sql(`select field_values from document where name = '${plan}/my-voice'`)[0].field_values;
  const before = await device(browser, server, PEOPLE.ruth);
  await handOver(before, server, "Amira");
  await tapCode(before, "Cat", "Moon", "Boat");
  await before.getByRole("button", { name: "Open" }).click();
  await live(before);
  await before.getByRole("button", { name: "Start", exact: true }).click();
  await cut(before);
  await before.getByLabel("Want to say more?").fill("Only on this device");
  await expect(status(before)).toHaveText("No internet. Your words are safe here");
  const context = before.context();
  await before.close();

  await letChooseAnew(browser, server, plan);
  const tablet = strict(await context.newPage(), { offline: true });
  await restore(tablet);
  await signIn(tablet, server, PEOPLE.ruth);
  await handOver(tablet, server, "Amira");
  await chooseCode(tablet, "Sun", "Kite", "Fish");
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Hello Amira");
  const told = tablet.getByText("Some of what you said before is still kept here.");
  await expect(told).toBeVisible();
  await live(tablet);
  expect(inPlan()).not.toContain("Only on this device");

  await tablet.getByRole("button", { name: "I know my old pictures" }).click();
  await tapCode(tablet, "Moon", "Cat", "Boat");
  await expect(tablet.getByText(/^Not those three\. Your words are safe\. Try again\. You have \d tries left\.$/)).toBeVisible();
  await expect(tablet.locator(".place svg")).toHaveCount(0);
  await tapCode(tablet, "Cat", "Moon", "Boat");
  await expect(tablet.getByText("What you said before is back.")).toBeVisible();
  await tablet.getByRole("link", { name: "Open", exact: true }).click();
  await tapCode(tablet, "Sun", "Kite", "Fish");
  await tablet.getByRole("button", { name: "Open" }).click();
  await tablet.getByRole("button", { name: "Start", exact: true }).click();
  await expect(tablet.getByLabel("Want to say more?")).toHaveValue("Only on this device");
  await savedToPlan(tablet);
  await expect.poll(inPlan).toContain("Only on this device");
  await tablet.getByRole("button", { name: "Back", exact: true }).click();
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Hello Amira");
  await expect(told).toHaveCount(0);
});

test("a card signs no adult out, and an unknown one says so", async ({ browser, server }) => {
  const gwen = await device(browser, server, PEOPLE.gwen);
  const link = (await makeCard(gwen, server, "Alfie")).replace(/^https?:\/\/[^/]+/, server.url);
  await gwen.goto(link);
  await expect(gwen.getByText("A grown-up is using this device just now")).toBeVisible();
  await open(gwen, server, "/");
  await expect(gwen.getByRole("heading", { level: 1 })).toHaveText("Children");
  const other = await nobody(browser);
  await other.goto(`${server.url}/v#${"0".repeat(64)}`);
  await expect(other.getByText("This card doesn't open anything here")).toBeVisible();
});

test("a carer neither makes cards nor sees them", async ({ browser, server }) => {
  const carol = await device(browser, server, PEOPLE.carol);
  await open(carol, server, `/plans/${server.plan("Alfie")}`);
  await expect(carol.getByRole("link", { name: /A card for/ })).toHaveCount(0);
  const answer = await carol.request.get(`${server.url}/v1/cards?plan=${server.plan("Alfie")}`);
  expect(answer.status()).toBe(403);
});
