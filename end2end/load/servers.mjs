// The two servers that are compared, each a process of its own in a folder of its
// own, and what they cost.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const PEP = process.env.PEP_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "release", "pep");
const [MOST_DOCUMENTS, MOST_PEOPLE] = [60, 6];
const SINCE = "2024-09-01";
const TICKS = Number(execFileSync("getconf", ["CLK_TCK"]));

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

class Running {
  data = mkdtempSync(join(tmpdir(), "pep-load-"));
  complaints = [];

  // Starts the process; resolves once it says that it listens.
  async up() {
    this.port = await freePort();
    const [program, args] = this.command();
    this.process = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, RUST_LOG: "warn" } });
    this.process.stderr.on("data", (text) => this.complaints.push(...String(text).split("\n").filter(Boolean)));
    return new Promise((resolve, reject) => {
      this.process.stdout.on("data", (text) => String(text).includes("ready") && resolve());
      this.process.on("exit", () => reject(new Error(`${this.name} ended`)));
    });
  }

  down() {
    return new Promise((resolve) => {
      this.process.removeAllListeners("exit");
      this.process.on("exit", resolve);
      this.process.kill("SIGKILL");
    });
  }

  async gone() {
    await this.down();
    if (this.complaints.length > 0) console.log(`${this.name} complained ${this.complaints.length} times: ${this.complaints[0]}`);
    rmSync(this.data, { recursive: true, force: true });
  }

  // Seconds of CPU that it used so far.
  cpu() {
    const after = readFileSync(`/proc/${this.process.pid}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(after[11]) + Number(after[12])) / TICKS;
  }

  // MiB in memory: now, or with "HWM" at the most.
  memory(which = "RSS") {
    const status = readFileSync(`/proc/${this.process.pid}/status`, "utf8");
    return Number(status.match(new RegExp(`Vm${which}:\\s+(\\d+)`))[1]) / 1024;
  }
}

// Our server: a document is a section of a child's plan, and all people may write in
// all of them.
export class Pep extends Running {
  name = "Pep";

  command() {
    return [PEP, ["serve", "--data", this.data, "--addr", `127.0.0.1:${this.port}`]];
  }

  get url() {
    return `ws://127.0.0.1:${this.port}/sync`;
  }

  // Commands fill one folder, once; each server then gets a copy of it.
  fill(documents, people, section = "progress") {
    filled ??= fillOne(MOST_DOCUMENTS, MOST_PEOPLE);
    cpSync(filled.data, this.data, { recursive: true });
    this.documents = filled.plans.slice(0, documents).map((plan) => `${plan}/${section}`);
    this.people = filled.emails.slice(0, people);
    this.tokens = filled.tokens.slice(0, people);
  }
}

let filled;

function fillOne(children, people) {
  const data = mkdtempSync(join(tmpdir(), "pep-load-"));
  process.on("exit", () => rmSync(data, { recursive: true, force: true }));
  // Only a command that reads is written to: another may be gone before it is.
  const input = (args) => (args.includes("--password-stdin") ? { input: "an invented password" } : {});
  const run = (...args) =>
    execFileSync(PEP, [...args, "--data", data], { encoding: "utf8", stdio: "pipe", ...input(args) }).trim();
  const last = (answer) => answer.split(/\s/).at(-1);
  const emails = Array.from({ length: people }, (_, at) => `teacher${at}@school.example`);
  emails.forEach((email, at) => run("user", "add", "--email", email, "--name", `Teacher ${at}`, "--password-stdin"));
  const plans = Array.from({ length: children }, (_, at) => {
    const name = ["--name", `Child${at}`, "--full-name", `Child${at} Example`];
    const child = last(run("child", "add", ...name, "--born", "2014-03-17", "--year-group", "Year 8"));
    const member = ["--child", child, "--role", "designated-teacher", "--since", SINCE];
    emails.forEach((email) => run("user", "join", "--email", email, ...member));
    return last(run("plan", "add", "--child", child));
  });
  return { data, plans, emails, tokens: emails.map((email) => run("token", "--user", email)) };
}

// Any name is a document there, and any token opens it.
export class Hocuspocus extends Running {
  name = "Hocuspocus";

  command() {
    return [process.execPath, [join(here, "hocuspocus.mjs"), this.port, join(this.data, "documents.db")]];
  }

  get url() {
    return `ws://127.0.0.1:${this.port}`;
  }

  fill(documents, people, section = "progress") {
    this.tokens = Array.from({ length: people }, () => "any");
    this.documents = Array.from({ length: documents }, (_, at) => `plan${at}/${section}`);
  }
}
