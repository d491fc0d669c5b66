// Writes in a section as a person does, through the wire and without a browser: for
// plans that have to be full before a test begins.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { randomUUID } from "node:crypto";
import WebSocket from "ws";
import * as Y from "yjs";

// `rows` are lists of cells by the ids of their columns; a value that starts with = is
// a fact, any other is text.
export async function write(server, email, name, { texts = {}, facts = {}, rows = {} }) {
  const me = server.sql(`select id from person where email = '${email}'`)[0].id;
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${server.port}/sync`,
    WebSocketPolyfill: WebSocket,
  });
  const document = new Y.Doc();
  const provider = new HocuspocusProvider({ websocketProvider, name, token: server.token(email), document });
  await new Promise((resolve, reject) => {
    provider.on("synced", resolve);
    provider.on("authenticationFailed", ({ reason }) => reject(new Error(`${name}: ${reason}`)));
    provider.attach();
  });
  const refused = new Promise((_, reject) =>
    provider.on("stateless", ({ payload }) => /"why"/.test(payload) && reject(new Error(`${name}: ${payload}`))),
  );
  refused.catch(() => {});
  const text = (path, words) => {
    const there = document.getText(`text/${path}`);
    there.delete(0, there.length);
    there.insert(0, words);
  };
  const fact = (path, value) => {
    const there = document.getMap(`fact/${path}`);
    for (const writer of [...there.keys()]) if (writer !== me) there.delete(writer);
    there.set(me, { v: value, at: Date.now() });
  };
  document.transact(() => {
    Object.entries(texts).forEach(([path, words]) => text(path, words));
    Object.entries(facts).forEach(([path, value]) => fact(path, value));
    for (const [table, lines] of Object.entries(rows)) {
      lines.forEach((cells, place) => {
        const row = randomUUID();
        document.getMap(`rows/${table}`).set(row, `z${String.fromCharCode(98 + place)}`);
        document.getMap(`alive/${table}/${row}`).set(me, Date.now());
        for (const [column, value] of Object.entries(cells)) {
          const path = `${table}/${row}/${column}`;
          value.startsWith("=") ? fact(path, value.slice(1)) : text(path, value);
        }
      });
    }
  });
  const committed = new Promise((resolve) => {
    const look = () => provider.unsyncedChanges === 0 && resolve();
    provider.on("unsyncedChanges", look);
    look();
  });
  try {
    await Promise.race([committed, refused]);
  } finally {
    provider.destroy();
    websocketProvider.destroy();
  }
}

// A day so many days from today, as it is kept.
export const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
