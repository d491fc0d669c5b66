// Documents with several editors each, on our server and on the control in turn.
import { Clients } from "./clients.mjs";
import { Hocuspocus, Pep } from "./servers.mjs";
import { Times, spread } from "./times.mjs";

const SIZES = (process.env.PEP_SIZES ?? "10x2 20x4 60x5").split(" ").map((size) => size.split("x").map(Number));
const FIELD = "strengths";
// Milliseconds between two keys of an editor: a fast typist's pace.
const PAUSE = 200;
const WARM_UP = 3_000;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function meetings({ rounds, seconds }) {
  console.log(`Editors who type ${1000 / PAUSE} keys a second, each key an update; ${rounds} rounds of ${seconds} s, in turn.`);
  console.log("Median of the rounds (least-most). Pep acknowledges after fsync, Hocuspocus from memory.");
  const rows = [];
  for (const [documents, editors] of SIZES) {
    const runs = { Pep: [], Hocuspocus: [] };
    for (let round = 0; round < rounds; round += 1) {
      runs.Pep.push(await meeting(new Pep(), documents, editors, seconds));
      runs.Hocuspocus.push(await meeting(new Hocuspocus(), documents, editors, seconds));
    }
    for (const [server, found] of Object.entries(runs)) rows.push({ size: `${documents}x${editors}`, server, ...row(found) });
  }
  console.table(rows);
}

async function meeting(server, documents, editors, seconds) {
  server.fill(documents, editors);
  await server.up();
  const clients = new Clients("typists.mjs");
  const share = clients.share(server.documents.map((name) => ({ name, tokens: server.tokens })));
  await clients.tell("open", (at) => ({ url: server.url, field: FIELD, pause: PAUSE, documents: share(at) }));
  await clients.tell("begin");
  await wait(WARM_UP);
  const before = server.cpu();
  await clients.tell("measure");
  await wait(seconds * 1000);
  const found = { ack: new Times(), peer: new Times(), acknowledged: 0, resident: server.memory() };
  const cpu = server.cpu() - before;
  for (const { acknowledged, ack, peer } of await clients.tell("stop")) {
    found.acknowledged += acknowledged;
    found.ack.add(ack);
    found.peer.add(peer);
  }
  found.same = (await clients.tell("agree")).every(Boolean);
  found.most = server.memory("HWM");
  await clients.close();
  await server.gone();
  return { ...found, cpu: (cpu * 1e6) / found.acknowledged, rate: found.acknowledged / seconds };
}

function row(found) {
  const of = (value, digits) => spread(found.map(value), digits);
  return {
    "updates/s": of(({ rate }) => rate),
    "CPU µs/update": of(({ cpu }) => cpu, 1),
    "ack p50 ms": of(({ ack }) => ack.at(0.5), 1),
    "ack p99 ms": of(({ ack }) => ack.at(0.99), 1),
    "peer p50 ms": of(({ peer }) => peer.at(0.5), 1),
    "peer p99 ms": of(({ peer }) => peer.at(0.99), 1),
    "RSS MiB": of(({ resident }) => resident),
    "most MiB": of(({ most }) => most),
    "all same": found.every(({ same }) => same) ? "yes" : "NO",
  };
}
