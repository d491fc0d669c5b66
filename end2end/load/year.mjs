// Opening a plan after a year: how long the server takes for its sections, fresh
// after a start, beside a plan that says the same and was written in one go.
import { readFileSync, readdirSync } from "node:fs";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";
import { join } from "./join.mjs";
import { Pep } from "./servers.mjs";
import { spread } from "./times.mjs";

// A long text of each section that a designated teacher writes.
const SECTIONS = {
  "school-now": "offered",
  attendance: "pattern",
  conduct: "positives",
  progress: "strengths",
  "early-years": "two-year-check-said",
  "post-sixteen": "pathway",
  needs: "sen-help",
  wellbeing: "settling",
  targets: "changes",
  "next-steps": "visits",
  "meeting-record": "agreed",
  "care-details": "aim-more",
};
const UPDATES = Number(process.env.PEP_UPDATES ?? 20_000);
// Each load of a page is a new client to the document.
const UPDATES_PER_LOAD = 80;
const RESTARTS = 7;

export async function year() {
  const sections = Object.keys(SECTIONS);
  console.log(`A plan of ${sections.length} sections with ${UPDATES} updates of many page loads, and one with the same words in one update each.`);
  const server = new Pep();
  server.fill(2, 1);
  await server.up();
  const [old, fresh] = server.documents.map((name) => name.split("/")[0]);
  for (const section of sections) {
    const words = await write(server, `${old}/${section}`, SECTIONS[section], UPDATES / sections.length);
    await write(server, `${fresh}/${section}`, SECTIONS[section], 1, words);
  }
  const found = { year: [], control: [] };
  for (let at = 0; at < RESTARTS; at += 1) {
    for (const [which, plan] of [["year", old], ["control", fresh]]) {
      await server.down();
      await server.up();
      found[which].push(await openAll(server, sections.map((section) => `${plan}/${section}`)));
    }
  }
  console.table(
    Object.entries(found).map(([plan, runs]) => ({
      plan,
      "server CPU ms": spread(runs.map(({ cpu }) => cpu), 1),
      "all open after ms": spread(runs.map(({ took }) => took), 1),
      "kB sent": spread(runs.map(({ bytes }) => bytes / 1024)),
    })),
  );
  await server.gone();
}

// Writes one text: by so many keys, of which one in five takes a letter back, or the
// given words at once. Answers what stands there then.
async function write(server, name, field, updates, words) {
  let document = new Y.Doc();
  for (let done = 0; done < updates; ) {
    const next = new Y.Doc();
    Y.applyUpdate(next, Y.encodeStateAsUpdate(document));
    document = next;
    const { end } = await join(server, name, server.tokens[0], document);
    const text = document.getText(`text/${field}`);
    for (let key = 0; key < UPDATES_PER_LOAD && done < updates; key += 1, done += 1) {
      if (words) text.insert(0, words);
      else if (key % 5 === 4) text.delete(text.length - 1, 1);
      else text.insert(text.length, "abcdefghij klmnopqr stuvwxyz."[(done * 7) % 29]);
    }
    await end();
    if (done >= updates) return text.toString();
  }
}

// Opens sections as a page does, over one connection; resolves when all are here.
async function openAll(server, names) {
  const websocketProvider = new HocuspocusProviderWebsocket({ url: server.url, WebSocketPolyfill: WebSocket });
  await new Promise((resolve) => websocketProvider.on("open", resolve));
  const before = running(server.process.pid);
  const began = performance.now();
  let bytes = 0;
  websocketProvider.on("message", ({ data }) => (bytes += data.byteLength));
  const providers = names.map((name) => new HocuspocusProvider({ websocketProvider, name, token: server.tokens[0], document: new Y.Doc() }));
  const opened = providers.map((provider) => new Promise((resolve) => provider.on("synced", resolve)));
  providers.forEach((provider) => provider.attach());
  await Promise.all(opened);
  const took = performance.now() - began;
  const cpu = running(server.process.pid) - before;
  // Each would go on saying that it is there.
  providers.forEach((provider) => provider.destroy());
  websocketProvider.destroy();
  return { took, cpu, bytes };
}

// Milliseconds that the threads of a process have run, finer than a clock tick.
function running(pid) {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]));
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}
