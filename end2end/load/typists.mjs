// A process of editors: unmodified providers, each with a connection of its own, that
// type in documents at a person's pace and note when their keys are acknowledged and
// when the others of the same document have them. load.mjs forks it and says when.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";
import { Times } from "./times.mjs";

const now = () => performance.now();
let measured; // what is counted between "measure" and "stop"

class Editor {
  constructor({ url, name, token, field, pause, sentAt }) {
    Object.assign(this, { pause, sentAt, waiting: [], unsynced: 0 });
    this.socket = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket });
    this.document = new Y.Doc();
    this.text = this.document.getText(`text/${field}`);
    this.provider = new HocuspocusProvider({ websocketProvider: this.socket, name, token, document: this.document });
  }

  // Resolves once the document is here.
  open() {
    return new Promise((resolve, reject) => {
      this.provider.on("synced", () => {
        this.listen();
        resolve();
      });
      this.provider.on("authenticationFailed", ({ reason }) => reject(new Error(reason)));
      this.provider.attach();
    });
  }

  listen() {
    this.caret = Y.createRelativePositionFromTypeIndex(this.text, this.text.length);
    this.provider.on("unsyncedChanges", ({ number }) => {
      if (number < this.unsynced) this.acknowledged();
      this.unsynced = number;
    });
    this.document.on("afterTransaction", (transaction) => {
      if (!transaction.local) this.received(transaction);
    });
  }

  acknowledged() {
    const sent = this.waiting.shift();
    if (!measured || sent === undefined) return;
    measured.acknowledged += 1;
    measured.ack.note(now() - sent);
  }

  received({ beforeState, afterState }) {
    for (const [client, clock] of afterState) {
      for (let at = beforeState.get(client) ?? 0; at < clock; at += 1) {
        const sent = this.sentAt.get(client)?.[at];
        if (measured && sent !== undefined) measured.peer.note(now() - sent);
      }
    }
  }

  type() {
    const place = Y.createAbsolutePositionFromRelativePosition(this.caret, this.document)?.index ?? this.text.length;
    const sent = now();
    this.waiting.push(sent);
    const { clientID: client } = this.document;
    if (!this.sentAt.has(client)) this.sentAt.set(client, []);
    this.sentAt.get(client)[Y.getState(this.document.store, client)] = sent;
    this.text.insert(place, "abcdefghijklmnop qrstuvwxyz "[Math.floor(Math.random() * 28)]);
    // Behind one's own letter, where others write in the same place: each has their words.
    this.caret = Y.createRelativePositionFromTypeIndex(this.text, place + 1, -1);
    this.timer = setTimeout(() => this.type(), this.pause * (0.5 + Math.random()));
  }

  begin() {
    this.timer = setTimeout(() => this.type(), this.pause * Math.random());
  }

  end() {
    this.provider.destroy();
    this.socket.destroy();
  }
}

let documents = []; // lists of the editors of one document

const everyone = () => documents.flat();

const steps = {
  async open({ url, field, pause, documents: asked }) {
    for (const { name, tokens } of asked) {
      const sentAt = new Map();
      const editors = tokens.map((token) => new Editor({ url, name, token, field, pause, sentAt }));
      documents.push(editors);
      await Promise.all(editors.map((editor) => editor.open()));
    }
  },
  begin: () => everyone().forEach((editor) => editor.begin()),
  measure: () => void (measured = { acknowledged: 0, ack: new Times(), peer: new Times() }),
  stop() {
    const counted = measured;
    measured = undefined;
    everyone().forEach((editor) => clearTimeout(editor.timer));
    return { acknowledged: counted.acknowledged, ack: counted.ack.counts, peer: counted.peer.counts };
  },
  // After the last key: whether all was acknowledged and all of a document say the same.
  async agree() {
    const same = (editors) => new Set(editors.map(({ text }) => text.toString())).size === 1;
    const done = () => everyone().every(({ waiting }) => waiting.length === 0) && documents.every(same);
    for (let tries = 0; tries < 300 && !done(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    return done();
  },
  close() {
    everyone().forEach((editor) => editor.end());
    process.exit();
  },
};

process.on("message", async ({ step, ...what }) => {
  try {
    process.send({ step, answer: await steps[step](what) });
  } catch (error) {
    process.send({ step, error: String(error) });
  }
});
