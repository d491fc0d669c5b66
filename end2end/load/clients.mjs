// Processes of clients, told step by step what to do.
import { fork } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const PROCESSES = 2;

export class Clients {
  constructor(file, processes = PROCESSES) {
    this.processes = Array.from({ length: processes }, () => fork(join(here, file)));
  }

  // Tells each process its share, or the same to all; answers what each said.
  async tell(step, share = () => ({})) {
    const one = (process, at) =>
      new Promise((resolve, reject) => {
        process.once("message", ({ error, answer }) => (error ? reject(new Error(error)) : resolve(answer)));
        process.send({ step, ...share(at) });
      });
    return Promise.all(this.processes.map(one));
  }

  close() {
    const ended = (process) => new Promise((resolve) => process.once("exit", resolve));
    const all = Promise.all(this.processes.map(ended));
    this.processes.forEach((process) => process.send({ step: "close" }));
    return all;
  }

  // Every so-manieth of a list, for the process at this place.
  share = (list) => (at) => list.filter((_, place) => place % this.processes.length === at);
}
