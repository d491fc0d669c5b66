// A process of many bare sockets, each with one document open, that answer pings;
// where asked to, they type, each in a text of their own making that the others'
// reach only as bytes. A provider each would be gigabytes, and its merging more work
// than the server's.
import WebSocket from "ws";
import * as Y from "yjs";
import { Times } from "./times.mjs";

const [SYNC, UPDATE, AUTH, STATUS] = [0, 2, 2, 8];
const [PING, PONG] = [Buffer.from([9]), Buffer.from([10])];
const ABREAST = 50;

function number(value) {
  const bytes = [];
  for (; value > 127; value >>= 7) bytes.push(128 | (value & 127));
  return Buffer.from([...bytes, value]);
}
const sized = (bytes) => Buffer.concat([number(bytes.length), bytes]);
const now = () => performance.now();

let measured;
let live = 0;
const all = [];

class Bare {
  waiting = [];

  constructor(url, name, token) {
    this.name = sized(Buffer.from(name));
    this.socket = new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true });
    live += 1;
    this.socket.on("close", () => (live -= 1));
    this.socket.on("open", () => this.send(AUTH, 0, sized(Buffer.from(token))));
  }

  // Resolves with the first answer, which names the document.
  open() {
    return new Promise((resolve, reject) => {
      this.socket.on("error", reject);
      this.socket.on("message", (bytes) => {
        if (bytes.equals(PING)) this.socket.send(PONG);
        else if (bytes[this.name.length] === STATUS) this.acknowledged();
        resolve();
      });
    });
  }

  send(type, kind, bytes) {
    this.socket.send(Buffer.concat([this.name, Buffer.from([type, kind]), bytes]));
  }

  acknowledged() {
    const sent = this.waiting.shift();
    if (!measured) return;
    measured.acknowledged += 1;
    measured.ack.note(now() - sent);
  }

  begin(field, pause) {
    const document = new Y.Doc();
    const text = document.getText(`text/${field}`);
    document.on("update", (update) => this.send(SYNC, UPDATE, sized(Buffer.from(update))));
    const type = () => {
      this.waiting.push(now());
      text.insert(text.length, "a");
      this.timer = setTimeout(type, pause * (0.5 + Math.random()));
    };
    this.timer = setTimeout(type, pause * Math.random());
  }
}

const steps = {
  async open({ url, count, documents, tokens }) {
    for (let at = 0; at < count; at += ABREAST) {
      const some = Array.from({ length: Math.min(ABREAST, count - at) }, (_, place) => at + place);
      const opened = some.map((one) => new Bare(url, documents[one % documents.length], tokens[one % tokens.length]));
      all.push(...opened);
      await Promise.all(opened.map((bare) => bare.open()));
    }
    return live;
  },
  begin: ({ field, pause }) => all.forEach((bare) => bare.begin(field, pause)),
  measure: () => void (measured = { acknowledged: 0, ack: new Times() }),
  stop() {
    all.forEach((bare) => clearTimeout(bare.timer));
    return { acknowledged: measured.acknowledged, ack: measured.ack.counts };
  },
  close: () => process.exit(),
};

process.on("message", async ({ step, ...what }) => {
  try {
    process.send({ step, answer: await steps[step](what) });
  } catch (error) {
    process.send({ step, error: String(error) });
  }
});
