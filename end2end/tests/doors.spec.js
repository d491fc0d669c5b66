// Doors that don't open: a session that ended, another site, an address of nothing,
// a wrong password. One clear sentence and a way on, and nothing typed is lost.
import { PEOPLE, PASSWORD, device, expect, hydrated, live, open, savedToPlan, signIn, status, strict, test, typeIn } from "../pep.js";

const STRENGTHS = '[data-path="strengths"]';
const progress = (server) => `/plans/${server.plan("Amira")}/progress`;

// The session ends at the server, as it does after an hour alone.
const endSessions = (server) => server.sql("delete from session");

test("words typed after the session ended are kept, asked for by one sentence, and sent after signing in", async ({
  browser,
  server,
}) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, progress(server));
  const before = await ruth.locator(STRENGTHS).inputValue();
  endSessions(server);
  const box = ruth.locator(STRENGTHS);
  // Rights are looked up again every few seconds: type until that is noticed.
  await expect(async () => {
    await typeIn(box, ".");
    await expect(status(ruth)).toHaveText("Sign in to send 1 change", { timeout: 400 });
  }).toPass();
  await typeIn(box, " After the end.");
  const words = await box.inputValue();
  await expect(status(ruth)).toHaveText("Sign in to send 1 change");
  await ruth.reload();
  expect(new URL(ruth.url()).pathname).toBe("/sign-in");
  await hydrated(ruth);
  await ruth.getByLabel("E-mail address").fill(PEOPLE.ruth);
  await ruth.getByLabel("Password").fill(PASSWORD);
  await ruth.getByRole("button", { name: "Sign in", exact: true }).click();
  await ruth.waitForURL(`**${progress(server)}`);
  await hydrated(ruth);
  await expect(box).toHaveValue(words);
  const other = await device(browser, server, PEOPLE.ruth);
  await open(other, server, progress(server));
  await expect(other.locator(STRENGTHS)).toHaveValue(words);
  expect(words.startsWith(before) && words.endsWith(" After the end.")).toBe(true);
});

test("what is unsent goes out under no other name when somebody else signs in beside it", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, progress(server));
  const box = ruth.locator(STRENGTHS);
  const before = await box.inputValue();
  endSessions(server);
  await expect(async () => {
    await typeIn(box, ".");
    await expect(status(ruth)).toHaveText(/^Sign in to send/, { timeout: 400 });
  }).toPass();
  const words = await box.inputValue();
  const helen = await ruth.context().newPage();
  await signIn(helen, server, PEOPLE.helen);
  // Her page is for her: it shows nothing more, and sends nothing.
  await ruth.waitForURL("**/sign-in");
  await open(helen, server, progress(server));
  await expect(helen.locator(STRENGTHS)).not.toHaveValue(words);
  await helen.getByRole("button", { name: "Sign out", exact: true }).click();
  await helen.waitForURL("**/sign-in");
  await signIn(helen, server, PEOPLE.ruth);
  await open(helen, server, progress(server));
  await expect(helen.locator(STRENGTHS)).toHaveValue(words);
  // The page that she came to first may have sent them.
  const tom = await device(browser, server, PEOPLE.tom);
  await open(tom, server, progress(server));
  await expect(tom.locator("main")).toContainText(words);
  expect(words.startsWith(before)).toBe(true);
});

test("a form sent after the session ended says so beside it", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `${progress(server)}/check`);
  endSessions(server);
  await ruth.getByLabel("Yes", { exact: true }).check();
  await ruth.getByRole("button", { name: "Continue" }).click();
  await expect(ruth.locator("#complete-problem")).toHaveText("Sign in to go on. What you wrote on this device is kept");
});

test("a cookie that is gone leads to signing in and back to the same page", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, progress(server));
  await ruth.context().clearCookies();
  await ruth.reload();
  expect(ruth.url()).toBe(`${server.url}/sign-in?next=${progress(server)}`);
  await expect(ruth.getByRole("heading", { level: 1 })).toHaveText("Sign in");
});

// What the page of Amira's plan sends to move it on.
const step = (server, name) => ({
  plan: server.plan("Amira"),
  asked: { step: name, seal: "", reason: "", sections: [] },
});

test("a page that was open while the server started anew and the plan changed takes both", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const other = await device(browser, server, PEOPLE.ruth);
  for (const page of [ruth, other]) await open(page, server, progress(server));
  const before = await ruth.locator(STRENGTHS).inputValue();
  await server.kill();
  await typeIn(ruth.locator(STRENGTHS), " Typed meanwhile.");
  await expect(status(ruth)).toHaveText("Offline. 1 change waiting to send");
  await server.up();
  await other.locator(STRENGTHS).press("Control+Home");
  await other.locator(STRENGTHS).pressSequentially("From elsewhere. ");
  for (const page of [ruth, other]) await savedToPlan(page);
  for (const page of [ruth, other]) {
    await expect(page.locator(STRENGTHS)).toHaveValue(`From elsewhere. ${before} Typed meanwhile.`);
  }
  // A page of yesterday asks for what no longer is: the plan says where it stands.
  const stale = (data) => ruth.request.post(`${server.url}/v1/step`, { data, headers: { origin: server.url } });
  const answer = await stale(step(server, "end-meeting"));
  expect(await answer.text()).toContain("This can't be done from where the plan is now. Reload the page to see where it is");
  const missing = await stale({ plan: server.plan("Amira") });
  expect(await missing.text()).toContain("Something on this page is out of date. Reload it; what you wrote is kept");
});

test("what another site sends is refused in a sentence and not done", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const cookie = (await ruth.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const body = JSON.stringify(step(server, "start-meeting"));
  const kind = { "content-type": "application/json" };
  const from = (headers) => fetch(`${server.url}/v1/step`, { method: "POST", body, headers: { cookie, ...kind, ...headers } });
  const sentence = "This came from another site, so it was not done. Open Pep and try again.";
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `${server.url}.evil.example` },
    { origin: server.url, "sec-fetch-site": "cross-site" },
    {},
  ]) {
    const answer = await from(headers);
    expect(answer.status, JSON.stringify(headers)).toBe(403);
    expect(await answer.text()).toContain(sentence);
  }
  expect(server.sql(`select state from plan where id = '${server.plan("Amira")}'`)).toEqual([{ state: "drafting" }]);
  // The same from our own page is done, so it was the origin that stopped it.
  expect((await from({ origin: server.url })).status).toBe(200);
  expect(server.sql(`select state from plan where id = '${server.plan("Amira")}'`)).toEqual([{ state: "meeting" }]);
});

test("an address of nothing, and one of somebody else's plan, say the same and lead on", async ({ browser, server }) => {
  const carol = await device(browser, server, PEOPLE.carol);
  const unknown = "0190b5a0-0000-7000-8000-000000000000";
  for (const address of [`/plans/${unknown}`, `/plans/${server.plan("Amira")}`, `/plans/${server.plan("Amira")}/targets`]) {
    await open(carol, server, address);
    await expect(carol.getByRole("heading", { level: 1 })).toHaveText("Nothing here");
    await expect(carol.locator("main")).toContainText("There is nothing here for you to see.");
    await carol.getByRole("link", { name: "Go to the children" }).click();
    await expect(carol.getByRole("heading", { level: 1 })).toHaveText("Children");
  }
  for (const address of ["/plans/7", "/nowhere", `/plans/${unknown}/no-such-part`]) {
    const answer = await carol.goto(`${server.url}${address}`);
    expect(answer.status(), address).toBe(404);
    await expect(carol.locator("main")).toContainText("This address leads nowhere in Pep.");
    await expect(carol.getByRole("link", { name: "Go to the children" })).toHaveAttribute("href", "/");
  }
});

test("a wrong password is told in one sentence that tells nobody who has an account", async ({ page, server }) => {
  strict(page, { offline: true });
  const sentence = "That e-mail address and password don't belong together. Check both and try again";
  for (const email of [PEOPLE.ruth, "nobody@nowhere.example"]) {
    await page.goto(`${server.url}/sign-in`);
    await hydrated(page);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: "There is a problem" })).toContainText(sentence);
    await expect(page.getByLabel("E-mail address")).toHaveValue(email);
    await expect(page.locator("#problems")).toBeFocused();
  }
  await page.getByLabel("E-mail address").fill("");
  await page.getByLabel("Password").fill("");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.locator("#problems")).toContainText("Enter your e-mail address");
  await expect(page.locator("#problems")).toContainText("Enter your password");
  await signIn(page, server, PEOPLE.ruth);
  expect(page.problems).toEqual([]);
});

test("a tablet is offered to be handed over only where the plan takes words", async ({ browser, server }) => {
  // A carer's first page is their only child's.
  for (const [who, path] of [[PEOPLE.ruth, "/"], ["sian.odowd@carers.example", "/carer"]]) {
    const page = await device(browser, server, who);
    await open(page, server, path);
    const rhys = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Rhys" }) });
    await expect(rhys.getByText("This plan isn't open for writing yet")).toBeVisible();
    await expect(rhys.getByRole("button", { name: /Hand over/ })).toHaveCount(0);
  }
});
