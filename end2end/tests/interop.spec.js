// An unmodified @hocuspocus/provider and yjs from npm open a section with a token,
// edit a text and a fact, see the browser's edits and are seen by it.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";
import { PEOPLE, device, expect, hydrated, savedToPlan, test } from "../pep.js";

function join(server, name, token) {
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${server.port}/sync`,
    WebSocketPolyfill: WebSocket,
  });
  const provider = new HocuspocusProvider({ websocketProvider, name, token, document: new Y.Doc() });
  provider.attach();
  provider.end = () => {
    provider.destroy();
    websocketProvider.destroy();
  };
  return provider;
}

const synced = (provider) =>
  provider.isSynced ? Promise.resolve() : new Promise((resolve) => provider.on("synced", resolve));

const committed = (provider) => expect.poll(() => provider.unsyncedChanges).toBe(0);

test("the provider and the browser write in one section", async ({ browser, server }) => {
  const documents = server.documents(PEOPLE.ruth);
  const progress = documents.find((each) => each.section === "progress" && each.right === "write");
  const ruth = await device(browser, server, PEOPLE.ruth);
  await ruth.goto(`${server.url}/plans/${progress.plan}/progress`);
  await hydrated(ruth);
  const strengths = ruth.locator('[data-path="strengths"]');
  await expect(strengths).toBeVisible();

  const provider = join(server, progress.name, server.token(PEOPLE.ruth));
  await synced(provider);
  const text = provider.document.getText("text/strengths");
  expect(await strengths.inputValue()).toBe(text.toString());

  text.insert(0, "From a program: ");
  await committed(provider);
  await expect(strengths).toHaveValue(/^From a program: /);

  await strengths.press("Control+End");
  await strengths.pressSequentially(" And from a browser.");
  await savedToPlan(ruth);
  await expect.poll(() => text.toString()).toMatch(/^From a program: [^]* And from a browser\.$/);

  // A fact is a map of writers; the name of the token's owner is theirs alone.
  const me = await ruth.evaluate(() => document.documentElement.dataset.holder);
  const age = provider.document.getMap("fact/reading-years");
  provider.document.transact(() => {
    for (const writer of [...age.keys()]) if (writer !== me) age.delete(writer);
    age.set(me, { v: "11", at: Date.now() });
  });
  await committed(provider);
  await expect(ruth.locator('[data-path="reading-years"]')).toHaveValue("11");
  expect(ruth.problems).toEqual([]);
  provider.end();
});

test("a token that opens nothing is told so", async ({ server }) => {
  const [first] = server.documents(PEOPLE.ruth);
  const provider = join(server, first.name, "not a token");
  const why = await new Promise((resolve) => provider.on("authenticationFailed", ({ reason }) => resolve(reason)));
  expect(why).toMatch(/Sign in/);
  provider.end();
});
