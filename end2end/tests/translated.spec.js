// Carers and young people have a language of their own. Who knows it says in English what
// a carer wrote, and in their language what a young person was replied; both stand there.
import { PEOPLE, device, expect, handOver, hydrated, open, savedToPlan, stored, test, typeIn } from "../pep.js";

test("what a carer wrote is said in English beneath it, and marked once they have changed it", async ({ browser, server }) => {
  const [own, said] = ["Він тепер читає щовечора.", "He reads every evening now."];
  const page = `/plans/${server.plan("Amira")}/carers-view`;
  const jo = await device(browser, server, PEOPLE.jo);
  await open(jo, server, page);
  const head = jo.locator("#topic-0");
  if ((await head.getAttribute("aria-expanded")) === "false") await head.click();
  await jo.locator('[data-path="going-well"]').fill(own);
  await savedToPlan(jo);

  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, page);
  const answer = ruth.locator(".answered .said").filter({ hasText: "What's going well?" });
  await expect(answer).toContainText(own);
  const box = ruth.getByLabel("What it says, in another language: What's going well?");
  await ruth.getByText("Add a translation").click();
  await box.fill(said);
  // Half typed it is there again after a reload, in sight.
  await expect.poll(async () => (await stored(ruth)).keys.some((key) => key.includes("half/translation-"))).toBe(true);
  await ruth.reload();
  await hydrated(ruth);
  await expect(box).toBeVisible();
  await expect(box).toHaveValue(said);
  // It is of what stood there when it was begun.
  await typeIn(jo.locator('[data-path="going-well"]'), " Сам.");
  await savedToPlan(jo);
  await expect(answer).toContainText(`${own} Сам.`);
  await box.locator("xpath=ancestor::div[contains(@class, 'tight')]").getByRole("button", { name: "Add it" }).click();
  await expect(answer).toContainText("Translated by Ruth Osei, a person");
  await expect(answer.getByText(said)).toBeVisible();
  await expect(answer).toContainText(`${own} Сам.`);
  await expect(answer).toContainText("This is of an earlier wording.");
  await expect(box).toHaveValue("");
  // Put back, it says the same again.
  await jo.locator('[data-path="going-well"]').fill(own);
  await savedToPlan(jo);
  await expect(answer).not.toContainText("This is of an earlier wording.");
  await expect(answer.getByText(said)).toBeVisible();
  for (const who of [jo, ruth]) expect(who.problems).toEqual([]);
});

test("a reply is said in a young person's language as well, and they read that first", async ({ browser, server }) => {
  const said = "Gwnawn ein gorau";
  const [{ id: before }] = server.sql(
    "select plan.id from plan join child on child.id = plan.child_id where child.name = 'Shan' and number = 15",
  );
  server.sql(`update shared_answer set language = 'cy' where plan_id = '${before}' and question = 'know'`);
  const tobi = await device(browser, server, "tobi.adeyemi@wrenshire.example");
  await open(tobi, server, `/plans/${before}/agree`);
  const reply = tobi.locator("#reply-know");
  await reply.getByText("Say it in Welsh").click();
  await reply.getByLabel("The same in Welsh").fill(said);
  await reply.getByRole("button", { name: "Add it" }).click();
  await expect(reply).toContainText("In Welsh by Tobi Adeyemi, a person");
  await expect(reply.locator("p.words[lang=cy]")).toHaveText(said);

  const tablet = await device(browser, server, PEOPLE.ruth, { viewport: { width: 820, height: 1180 }, hasTouch: true });
  await handOver(tablet, server, "Shan");
  const came = tablet.locator(".came").filter({ hasText: "aunt Chi" });
  await expect(came.locator(".why").first()).toHaveText(said);
  await expect(came.locator(".why").first()).toHaveAttribute("lang", "cy");
  await expect(came).toContainText("Tobi Adeyemi put this in your language. It was first said like this:");
  await expect(came.locator(".why[lang=en-GB]")).not.toBeEmpty();
  for (const page of [tobi, tablet]) expect(page.problems).toEqual([]);
});
