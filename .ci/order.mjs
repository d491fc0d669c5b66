// Names the functions of a wasm so that those which are alike come one after the other:
// `wasm-opt --reorder-functions-by-name` then puts them in that order, and brotli finds
// in the last one what the next begins with. A twentieth less to load; nothing that the
// code does changes, and whoever loads it can't tell.
// Use: node order.mjs FROM TO
import { readFileSync, writeFileSync } from "node:fs";

const [from, to] = process.argv.slice(2);
const bytes = readFileSync(from);

// Two bodies are alike by the runs of so many bytes that they share; runs that stand in
// more functions than this tell nothing; and with less in common a new row begins.
const RUN = 4;
const COMMON = 4000;
const LEAST = 0.01;

let at = 8;
const number = () => {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
  }
};
const limits = () => {
  const flags = number();
  number();
  if (flags & 1) number();
};

// The bodies, how many functions are imported, and every section but what names things.
const bodies = [];
const kept = [];
let imported = 0;
while (at < bytes.length) {
  const start = at;
  const id = bytes[at++];
  const length = number();
  const end = at + length;
  if (id === 2) {
    for (let left = number(); left > 0; left--) {
      for (let name = 0; name < 2; name++) {
        const long = number();
        at += long;
      }
      const kind = bytes[at++];
      if (kind === 0) imported++, number();
      else if (kind === 1) at++, limits();
      else if (kind === 2) limits();
      else at += 2;
    }
  } else if (id === 10) {
    for (let left = number(); left > 0; left--) {
      const long = number();
      bodies.push(bytes.subarray(at, at + long));
      at += long;
    }
  }
  if (id !== 0) kept.push(bytes.subarray(start, end));
  at = end;
}

// Each body as the set of its runs, and for each run the functions that have it.
const runs = bodies.map((body) => {
  const found = new Set();
  for (let place = 0; place + RUN <= body.length; place++) found.add(body.latin1Slice(place, place + RUN));
  return found;
});
const having = new Map();
runs.forEach((found, which) => {
  for (const run of found) {
    if (having.has(run)) having.get(run).push(which);
    else having.set(run, [which]);
  }
});

// From each function on to the one that is most like it and has no place yet.
const places = new Array(bodies.length);
let placed = 0;
const next = (which) => {
  const shared = new Map();
  for (const run of runs[which]) {
    const others = having.get(run);
    if (others.length > COMMON) continue;
    for (const other of others) if (places[other] === undefined) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  let best;
  let most = LEAST;
  for (const [other, both] of shared) {
    const alike = both / (runs[which].size + runs[other].size - both + 8);
    if (alike > most) [best, most] = [other, alike];
  }
  return best;
};
for (let first = 0; first < bodies.length; first++) {
  for (let which = first; which !== undefined && places[which] === undefined; which = next(which)) places[which] = placed++;
}

const varint = (value) => {
  const out = [];
  do {
    out.push(value > 127 ? (value & 127) | 128 : value);
    value = Math.floor(value / 128);
  } while (value > 0);
  return out;
};
const text = (words) => [...varint(words.length), ...Buffer.from(words)];
const names = [...varint(bodies.length)];
places.forEach((place, which) => names.push(...varint(which + imported), ...text(String(place).padStart(6, "0"))));
const section = [...text("name"), 1, ...varint(names.length)];
const named = Buffer.from([...section, ...names]);
writeFileSync(to, Buffer.concat([bytes.subarray(0, 8), ...kept, Buffer.from([0, ...varint(named.length)]), named]));
