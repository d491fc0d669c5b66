// What a young person did not share, and where a child lives, is searched for in
// everything that the server answers to everybody else.
import { request } from "@playwright/test";
import { PASSWORD, PEOPLE, device, expect, handOver, open, savedToPlan, status, test, typeIn } from "../pep.js";
import { cookieOf, openOverWire } from "../wire.js";

const EVERYBODY = {
  ...PEOPLE,
  priya: "priya.nair@wrenshire.example", // Yonas's social worker
  miriam: "miriam.cole@carers.example", // Yonas's carer
  marcus: "marcus.bright@wrenshire.example", // virtual school
  sunita: "sunita.rao@wrenshire.example", // administrator
};
const SECTIONS = ["my-voice", "about-me", "carers-view", "school-now", "attendance", "conduct", "progress", "early-years",
  "post-sixteen", "needs", "wellbeing", "targets", "next-steps", "meeting-record", "actions", "spending",
  "everyday", "care-details", "scores", "private-details"];
// Who must know where Amira lives.
const MUST_KNOW = new Set(["ruth", "tom", "helen", "marcus"]);
const PRIVATE = "Axolotl sentence for nobody but me";
const SHARED = "Pangolin sentence for Ruth alone";

// Someone signed in as a program is: with a cookie and nothing else.
async function signedIn(server, email) {
  const asker = await request.newContext({ baseURL: server.url, extraHTTPHeaders: { origin: server.url } });
  const answer = await asker.post("/v1/sign-in", { form: { email, password: PASSWORD } });
  expect(answer.ok(), email).toBe(true);
  return asker;
}

// Everything that the server answers to someone: every page and function about
// every plan there is, and every document over the wire. As [what was asked, answer].
async function everything(server, asker, shown) {
  const said = [];
  const get = async (path) => said.push([path, await (await asker.get(path)).text()]);
  const post = async (name, form) => said.push([name, await (await asker.post(`/v1/${name}`, { form })).text()]);
  const plans = server.sql("select id from plan").map(({ id }) => id);
  for (const path of ["/", "/voice", "/not-sent", "/sign-in", "/v1/me", "/v1/home", "/v1/sitting"]) await get(path);
  for (const plan of plans) {
    for (const path of [`/plans/${plan}`, `/plans/${plan}/print`, `/v1/plan?plan=${plan}`, `/v1/print?plan=${plan}`]) {
      await get(path);
    }
    await Promise.all(SECTIONS.map(async (section) => {
      await get(`/plans/${plan}/${section}`);
      await get(`/plans/${plan}/${section}/check`);
      await get(`/plans/${plan}/${section}/history`);
      await get(`/v1/history?plan=${plan}&section=${section}&mark=`);
      await get(`/v1/section?plan=${plan}&section=${section}`);
      const { all } = await openOverWire(server, `${plan}/${section}`, shown);
      said.push([`document ${plan}/${section}`, all]);
    }));
    await post("looked", { plan });
    await post("complete", { plan, section: "my-voice", completed: "true" });
    await post("state", { plan, state: "Scheduled" });
  }
  await post("unlock", { code: "cat-moon-boat" });
  await post("choose-code", { code: "cat-moon-boat" });
  return said;
}

const holding = (said, words) => said.filter(([, answer]) => answer.includes(words)).map(([asked]) => asked);

// Yonas writes one thing for himself and one for Ruth.
async function yonasWrites(browser, server) {
  const tablet = await device(browser, server, PEOPLE.ruth);
  await handOver(tablet, server, "Yonas");
  await tablet.getByRole("button", { name: "Start", exact: true }).click();
  const next = tablet.getByRole("button", { name: "Next", exact: true });
  for (const question of [/best thing/, /break and lunch/]) {
    await next.click();
    await expect(tablet.getByRole("heading", { level: 1 })).toHaveText(question);
  }
  await tablet.locator("label.pick").filter({ hasText: /^Really hard$/ }).click();
  await typeIn(tablet.getByLabel("Want to say more?"), PRIVATE);
  await next.click();
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText(/proud of/);
  await typeIn(tablet.getByLabel("Your words"), SHARED);
  await tablet.getByRole("button", { name: "Choose who" }).click();
  await tablet.getByText("Ruth Osei", { exact: true }).click();
  await tablet.getByRole("button", { name: "Share", exact: true }).click();
  await savedToPlan(tablet);
  return tablet;
}

// What is written of where Amira lives, and how her carer is reached.
function secretsOf(server, amira) {
  const values = JSON.parse(
    server.sql(`select field_values from document where name = '${amira}/private-details'`)[0].field_values,
  );
  const secrets = [values.texts.address.split(/[\n,]/)[0], values.texts["carer-phone"]].map((words) => words.trim());
  for (const secret of secrets) expect(secret.length, secret).toBeGreaterThan(5);
  return secrets;
}

test("what a young person did not share is in no answer to anybody else, nor where a child lives but to those who must know it", async ({
  browser,
  server,
}) => {
  test.setTimeout(600_000);
  const tablet = await yonasWrites(browser, server);
  const voice = `${server.plan("Yonas")}/my-voice`;
  // It is there for the child, so that not to find it elsewhere means something.
  const own = await openOverWire(server, voice, { cookie: await cookieOf(tablet) });
  expect(own.all.includes(PRIVATE)).toBe(true);
  const amira = server.plan("Amira");
  const secrets = secretsOf(server, amira);

  for (const [who, email] of Object.entries(EVERYBODY)) {
    const asker = await signedIn(server, email);
    const said = await everything(server, asker, { token: server.token(email) });
    await asker.dispose();
    expect(holding(said, PRIVATE), `${who} finds what was not shared`).toEqual([]);
    expect(holding(said, '"question":"friends"'), `${who} finds that it was answered`).toEqual([]);
    if (who === "ruth") expect(holding(said, SHARED)).toContain(`/v1/plan?plan=${server.plan("Yonas")}`);
    else expect(holding(said, SHARED), `${who} finds what was shared with Ruth`).toEqual([]);
    for (const secret of secrets) {
      const found = holding(said, secret);
      if (MUST_KNOW.has(who)) {
        expect(found, who).toContain(`/v1/section?plan=${amira}&section=private-details`);
        expect(found.filter((asked) => asked.includes("print")), `${who} would print it`).toEqual([]);
      } else {
        expect(found, `${who} finds ${secret}`).toEqual([]);
      }
    }
  }
  const nobody = await request.newContext({ baseURL: server.url, extraHTTPHeaders: { origin: server.url } });
  const said = await everything(server, nobody, {});
  for (const words of [PRIVATE, SHARED, "Yonas", "Amira", ...secrets]) expect(holding(said, words), words).toEqual([]);
  await nobody.dispose();
  // Nor where somebody could look later: in the readable history, or in the log.
  expect(server.sql("select path from history where section = 'my-voice'")).toEqual([]);
  for (const words of [PRIVATE, SHARED, "Yonas", ...secrets]) expect(server.log).not.toContain(words);
});

test("a carer's own pages never show where the child lives", async ({ browser, server }) => {
  const amira = server.plan("Amira");
  const secrets = secretsOf(server, amira);
  const jo = await device(browser, server, PEOPLE.jo);
  await open(jo, server, `/plans/${amira}`);
  await expect(jo.getByRole("link", { name: "Private details" })).toHaveCount(0);
  await open(jo, server, `/plans/${amira}/private-details`);
  await expect(jo.locator("main")).toContainText("This part of the plan isn't yours");
  for (const secret of secrets) await expect(jo.locator("body")).not.toContainText(secret);
});

test("whose part has ended is refused within a moment while they type, and keeps their words", async ({ browser, server }) => {
  const jo = await device(browser, server, PEOPLE.jo, { viewport: { width: 390, height: 844 }, hasTouch: true });
  const plan = server.plan("Amira");
  await open(jo, server, `/plans/${plan}/carers-view`);
  const head = jo.locator("#topic-0");
  if ((await head.getAttribute("aria-expanded")) === "false") await head.click();
  const box = jo.locator('[data-path="going-well"]');
  await typeIn(box, " Wombat one.");
  await savedToPlan(jo);
  const [{ id }] = server.sql(`select id from person where email = '${PEOPLE.jo}'`);
  server.sql(`update relationship set until = '2020-01-01' where person_id = '${id}'`);
  // What the server found out about rights holds for two seconds.
  const refused = async () => {
    if (await box.isEditable()) await box.pressSequentially("z");
    return status(jo).textContent();
  };
  await expect.poll(refused, { timeout: 5_000, intervals: [100] }).toBe("Not sent. Open to fix");
  const words = await box.inputValue();
  expect(words).toMatch(/Wombat one\.z+$/);
  // What came within that moment is in the plan; not the last of it.
  const there = server.sql(`select field_values from document where name = '${plan}/carers-view'`)[0].field_values;
  expect(there).toContain("Wombat one.");
  expect(there).not.toContain(JSON.stringify(words).slice(1, -1));
  await open(jo, server, "/not-sent");
  await expect(jo.locator(".kept-words")).toHaveText(words);
  await expect(jo.locator("main")).toContainText("You can no longer open this plan, because your part in it has ended.");
  expect(jo.problems).toEqual([]);
});
