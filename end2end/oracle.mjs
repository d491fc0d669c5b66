// A live oracle: the same edits as the Rust side makes, made with npm's yjs, and read
// by its own reading of the layout that `src/sync/document` describes. One line of
// JSON in for each story, one out.
import { createInterface } from 'node:readline';
import * as Y from 'yjs';

const ALIVE_FOR = 5_000;

const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (update) => Buffer.from(update).toString('hex');

function markAlive(doc, field, row, by, at) {
  const alive = doc.getMap(`alive/${field}/${row}`);
  if (at - (alive.get(by) ?? -Infinity) >= ALIVE_FOR) alive.set(by, at);
}

function keepRow(doc, path, by, at) {
  const steps = path.split('/');
  if (steps.length >= 3) markAlive(doc, steps[0], steps[1], by, at);
}

const edits = {
  splice(doc, { path, at: place, delete: gone, insert }, by, at) {
    const text = doc.getText(`text/${path}`);
    const from = Math.min(place, text.length);
    const count = Math.min(gone, text.length - from);
    if (count > 0) text.delete(from, count);
    if (insert) text.insert(from, insert);
    keepRow(doc, path, by, at);
  },
  set(doc, { path, value }, by, at) {
    const fact = doc.getMap(`fact/${path}`);
    for (const writer of [...fact.keys()]) if (writer !== by) fact.delete(writer);
    fact.set(by, { v: value, at });
    keepRow(doc, path, by, at);
  },
  clear(doc, { path }, by, at) {
    const fact = doc.getMap(`fact/${path}`);
    for (const writer of [...fact.keys()]) fact.delete(writer);
    keepRow(doc, path, by, at);
  },
  place(doc, { field, row, order }, by, at) {
    doc.getMap(`rows/${field}`).set(row, order);
    markAlive(doc, field, row, by, at);
  },
  remove(doc, { field, row }, by) {
    const alive = doc.getMap(`alive/${field}/${row}`);
    for (const writer of [...alive.keys()]) alive.delete(writer);
    doc.getMap(`rows/${field}`).set(`${row}/gone`, by);
  },
  back(doc, { field, row }, by, at) {
    doc.getMap(`rows/${field}`).delete(`${row}/gone`);
    markAlive(doc, field, row, by, at);
  },
};

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// What a document says, as plain values.
function read(doc) {
  const said = { texts: {}, facts: {}, rows: {} };
  for (const root of [...doc.share.keys()]) {
    const [kind, path] = [root.slice(0, root.indexOf('/')), root.slice(root.indexOf('/') + 1)];
    if (kind === 'text') {
      const text = doc.getText(root).toString();
      if (text) said.texts[path] = text;
    } else if (kind === 'fact') {
      const entries = [...doc.getMap(root)].map(([by, { v, at }]) => ({ by, at, value: v }));
      if (entries.length) said.facts[path] = entries.sort((a, b) => a.at - b.at || compare(a.by, b.by));
    } else if (kind === 'rows') {
      const map = doc.getMap(root);
      const rows = [...map.keys()]
        .filter((key) => !key.endsWith('/gone'))
        .map((id) => {
          const removed_by = map.get(`${id}/gone`) ?? null;
          const kept_by_edit = removed_by !== null && doc.getMap(`alive/${path}/${id}`).size > 0;
          return { id, order: map.get(id), removed_by, kept_by_edit };
        });
      if (rows.length) said.rows[path] = rows.sort((a, b) => compare(a.order, b.order) || compare(a.id, b.id));
    }
  }
  return said;
}

function fresh(clientID) {
  const doc = new Y.Doc();
  if (clientID) doc.clientID = clientID;
  return doc;
}

// Replays a story with yjs alone, and then with the updates that Rust made.
function replay({ clients, steps, updates }) {
  const docs = clients.map(fresh);
  const made = [];
  for (const step of steps) {
    if (step.edit) {
      const doc = docs[step.who];
      const before = Y.encodeStateVector(doc);
      let update = null;
      const listen = (bytes) => (update = bytes);
      doc.on('update', listen);
      doc.transact(() => edits[step.edit](doc, step, step.by, step.now));
      doc.off('update', listen);
      made.push(update ?? Y.encodeStateAsUpdate(fresh(), before));
    } else if (step.update !== undefined) {
      Y.applyUpdate(docs[step.to], made[step.update]);
    } else {
      Y.applyUpdate(docs[step.to], Y.encodeStateAsUpdate(docs[step.from], Y.encodeStateVector(docs[step.to])));
    }
  }
  const reader = fresh();
  updates.forEach((update) => Y.applyUpdate(reader, bytes(update)));
  const stuck = docs.concat(reader).some((doc) => doc.store.pendingStructs || doc.store.pendingDs);
  return { said: docs.map(read), of_rust: read(reader), updates: made.map(hex), stuck };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(replay(JSON.parse(line)))}\n`);
}
