// Networks that refuse WebSockets, or swallow them: Pep goes over plain HTTP by itself,
// and promises the same.
import { Network } from "../network.js";
import { PEOPLE, cut, device, expect, open, restore, savedToPlan, seen, status, stored, test, typeIn, watch } from "../pep.js";

const WORDS = '[data-path="changes"]';
const targets = (server) => `/plans/${server.plan("Amira")}/targets`;

// Two people in one section, behind a network of their school's.
async function two(browser, server, network) {
  const desks = [];
  for (const who of [PEOPLE.ruth, PEOPLE.tom]) {
    const desk = await device(browser, network.reached, who);
    await open(desk, network.reached, targets(server));
    await expect(desk.locator("[data-document][data-live]").first()).toBeAttached();
    desks.push(desk);
  }
  return desks;
}

for (const sockets of ["refused", "swallowed"]) {
  test(`where WebSockets are ${sockets}, two people write together, apart and over losses, and nothing is lost`, async ({
    browser,
    server,
  }) => {
    test.slow(); // two devices, three networks
    const network = await Network.before(server, sockets);
    const [ruth, tom] = await two(browser, server, network);
    const before = await ruth.locator(WORDS).inputValue();
    const both = async (words) => {
      for (const desk of [ruth, tom]) await expect(desk.locator(WORDS)).toHaveValue(words);
    };

    // Together, and each sees the other's words as they come.
    await typeIn(ruth.locator(WORDS), " Ruth is here.");
    await expect(tom.locator(WORDS)).toHaveValue(`${before} Ruth is here.`);
    await typeIn(tom.locator(WORDS), " So is Tom.");
    await both(`${before} Ruth is here. So is Tom.`);
    for (const desk of [ruth, tom]) await savedToPlan(desk);
    expect(network.carried).toBeGreaterThan(0);

    // Apart, and together again.
    await cut(tom);
    await typeIn(tom.locator(WORDS), " Tom from the train.");
    await expect(status(tom)).toHaveText("Offline. 1 change waiting to send");
    await ruth.locator(WORDS).press("Control+Home");
    await ruth.locator(WORDS).pressSequentially("Meanwhile: ");
    await savedToPlan(ruth);
    await restore(tom);
    await both(`Meanwhile: ${before} Ruth is here. So is Tom. Tom from the train.`);
    await savedToPlan(tom);

    // On a network that loses requests and answers, while both type.
    network.loseEvery(5);
    const lost = network.lost;
    const line = "one two three four five six seven eight nine ten";
    await Promise.all([
      ruth.locator(WORDS).press("Control+Home").then(() => ruth.locator(WORDS).pressSequentially(`${line}. `, { delay: 40 })),
      typeIn(tom.locator(WORDS), ` ${line}`),
    ]);
    await both(`${line}. Meanwhile: ${before} Ruth is here. So is Tom. Tom from the train. ${line}`);
    for (const desk of [ruth, tom]) await savedToPlan(desk);
    expect(network.lost).toBeGreaterThan(lost);
    network.loseEvery(0);

    const words = await ruth.locator(WORDS).inputValue();
    expect(network.upgraded).toBe(0);
    // Somebody at home, on an ordinary network, reads it all.
    const home = await device(browser, server, PEOPLE.ruth);
    await open(home, server, targets(server));
    await expect(home.locator(WORDS)).toHaveValue(words);
    await typeIn(home.locator(WORDS), " From home.");
    await both(`${words} From home.`);
    for (const desk of [ruth, tom, home]) expect(desk.problems).toEqual([]);
    await network.stop();
  });
}

test("over plain HTTP words are called saved to the plan only once they are, also over a server killed meanwhile", async ({
  browser,
  server,
}) => {
  const network = await Network.before(server, "refused");
  const [ruth, tom] = await two(browser, server, network);
  const before = await ruth.locator(WORDS).inputValue();
  await typeIn(ruth.locator(WORDS), " First.");
  await savedToPlan(ruth);
  await expect.poll(async () => (await stored(ruth)).keys.filter((key) => key.startsWith("outbox "))).toEqual([]);

  // A server that holds its breath commits nothing.
  server.process.kill("SIGSTOP");
  await watch(ruth);
  await typeIn(ruth.locator(WORDS), "!");
  await expect(status(ruth)).toHaveText("Sending");
  expect(await seen(ruth)).toEqual(["Saving", "Saved on this device", "Sending"]);
  await server.kill();
  await expect(status(ruth)).toHaveText("Offline. 1 change waiting to send");
  await typeIn(ruth.locator(WORDS), " Third.");
  await typeIn(tom.locator(WORDS), " Tom's.");
  await server.up();
  for (const desk of [ruth, tom]) await savedToPlan(desk);
  for (const desk of [ruth, tom]) {
    for (const words of [`${before} First.`, "! Third.", " Tom's."]) {
      await expect.poll(() => desk.locator(WORDS).inputValue()).toContain(words);
    }
  }
  expect(await tom.locator(WORDS).inputValue()).toBe(await ruth.locator(WORDS).inputValue());
  for (const desk of [ruth, tom]) expect(desk.problems).toEqual([]);
  await network.stop();
});

test("a page that went over plain HTTP goes back to a WebSocket where one opens by then", async ({ browser, server }) => {
  const network = await Network.before(server, "refused");
  const [ruth, tom] = await two(browser, server, network);
  const before = await ruth.locator(WORDS).inputValue();
  await typeIn(ruth.locator(WORDS), " Over lines.");
  await savedToPlan(ruth);
  network.sockets = "passed";
  // Ten minutes later, and the laptop is woken.
  await ruth.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 601_000;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect.poll(() => network.upgraded).toBe(2); // one to find out, one to stay
  await typeIn(ruth.locator(WORDS), " Over a socket.");
  await savedToPlan(ruth);
  for (const desk of [ruth, tom]) await expect(desk.locator(WORDS)).toHaveValue(`${before} Over lines. Over a socket.`);
  expect(ruth.problems).toEqual([]);
  await network.stop();
});
