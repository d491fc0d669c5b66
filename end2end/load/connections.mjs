// Many connections: ten thousand that only listen, and a crowd in one document.
import { Clients } from "./clients.mjs";
import { Pep } from "./servers.mjs";
import { Times, spread } from "./times.mjs";

const IDLE = Number(process.env.PEP_IDLE ?? 10_000);
const IDLE_DOCUMENTS = 60;
const CROWD = 350;
const PAUSE = 10_000;
const FIELD = "strengths";

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// People who have a section open and do nothing.
export async function idle() {
  console.log(`${IDLE} idle connections, each with one of ${IDLE_DOCUMENTS} sections open (gate 257 MiB).`);
  const server = new Pep();
  server.fill(IDLE_DOCUMENTS, 5);
  await server.up();
  const alone = server.memory();
  const clients = new Clients("bare.mjs", 2);
  const opened = await clients.tell("open", () => ({
    url: server.url,
    count: IDLE / 2,
    documents: server.documents,
    tokens: server.tokens,
  }));
  await wait(5_000);
  const before = server.cpu();
  await wait(15_000);
  const cpu = ((server.cpu() - before) / 15) * 100;
  const resident = server.memory();
  console.table([
    {
      open: opened.reduce((sum, count) => sum + count, 0),
      "MiB before": alone.toFixed(0),
      "MiB now": resident.toFixed(0),
      "most MiB": server.memory("HWM").toFixed(0),
      "kB each": (((resident - alone) * 1024) / IDLE).toFixed(1),
      "CPU of one core, %": cpu.toFixed(1),
    },
  ]);
  await clients.close();
  await server.gone();
}

// One document, everybody in it writing now and then (gate: p95 80 ms).
export async function crowd({ rounds, seconds }) {
  console.log(`${CROWD} writers in one section, each a key every ${PAUSE / 1000} s; ${rounds} rounds of ${seconds} s.`);
  const found = [];
  for (let round = 0; round < rounds; round += 1) found.push(await oneCrowd(seconds));
  const of = (value, digits) => spread(found.map(value), digits);
  console.table([
    {
      "updates/s": of(({ acknowledged }) => acknowledged / seconds, 1),
      "CPU µs/update": of(({ cpu }) => cpu),
      "CPU µs/frame sent": of(({ cpu }) => cpu / CROWD, 1),
      "ack p50 ms": of(({ ack }) => ack.at(0.5), 1),
      "ack p95 ms": of(({ ack }) => ack.at(0.95), 1),
      "ack p99 ms": of(({ ack }) => ack.at(0.99), 1),
      "most MiB": of(({ most }) => most),
    },
  ]);
}

async function oneCrowd(seconds) {
  const server = new Pep();
  server.fill(1, 5);
  await server.up();
  const clients = new Clients("bare.mjs");
  await clients.tell("open", () => ({ url: server.url, count: CROWD / 2, documents: server.documents, tokens: server.tokens }));
  await clients.tell("begin", () => ({ field: FIELD, pause: PAUSE }));
  await wait(PAUSE / 2);
  await clients.tell("measure");
  const before = server.cpu();
  await wait(seconds * 1000);
  const cpu = server.cpu() - before;
  const all = { ack: new Times(), acknowledged: 0, most: server.memory("HWM") };
  for (const { acknowledged, ack } of await clients.tell("stop")) {
    all.acknowledged += acknowledged;
    all.ack.add(ack);
  }
  await clients.close();
  await server.gone();
  return { ...all, cpu: (cpu * 1e6) / all.acknowledged };
}
