// The real server, with a demo authority of its own for each test file that asks,
// and the people who use it.
import { test as base, expect } from "@playwright/test";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stored } from "./stored.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
export const PEP =
  process.env.PEP_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "release", "pep");

export const PASSWORD = "open the demo door";
export const PEOPLE = {
  ruth: "ruth.osei@hazelbank.example", // designated teacher
  tom: "tom.nowak@wrenshire.example", // social worker
  jo: "jo.barlow@carers.example", // Amira's carer
  helen: "helen.castell@wrenshire.example", // virtual school
  pat: "pat.harrowgate@carers.example", // a carer whose part ended
  carol: "carol.prentice@carers.example", // Alfie's carer
  gwen: "gwen.pritchard@thistlelane.example", // designated teacher
};

// What a command says on its error stream is told where it fails, and nowhere else.
const pep = (args, options = {}) => execFileSync(PEP, args, { encoding: "utf8", stdio: "pipe", ...options });

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

let filled; // one demo folder, made once for this worker and copied

export class Server {
  static async start() {
    if (!filled) {
      filled = mkdtempSync(join(tmpdir(), "pep-demo-"));
      pep(["demo", "--data", filled]);
    }
    const server = new Server();
    server.data = mkdtempSync(join(tmpdir(), "pep-e2e-"));
    cpSync(filled, server.data, { recursive: true });
    server.port = await freePort();
    await server.up();
    return server;
  }

  // A server with nobody in it, whose clock the test sets: `at("2026-12-14T09:00")`.
  static async empty(now) {
    const server = new Server();
    server.data = mkdtempSync(join(tmpdir(), "pep-e2e-"));
    server.clock = join(server.data, "clock");
    server.at(now);
    server.port = await freePort();
    await server.up();
    return server;
  }

  // Sets the clock of a server that began empty.
  at(now) {
    writeFileSync(this.clock, now);
  }

  get environment() {
    return this.clock ? { ...process.env, PEP_TEST_CLOCK_FILE: this.clock } : process.env;
  }

  get url() {
    return `http://localhost:${this.port}`;
  }

  // Returns once the server says that it listens.
  up() {
    this.log = "";
    this.process = spawn(PEP, ["serve", "--data", this.data, "--addr", `127.0.0.1:${this.port}`], {
      stdio: ["ignore", "pipe", "pipe"],
      env: this.environment,
    });
    this.process.stderr.on("data", (text) => (this.log += text));
    return new Promise((resolve, reject) => {
      this.process.stdout.on("data", (text) => String(text).includes("ready") && resolve());
      this.process.on("exit", () => reject(new Error(`the server ended: ${this.log}`)));
    });
  }

  // kill -9
  kill() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.process.removeAllListeners("exit");
      this.process.on("exit", resolve);
      this.process.kill("SIGKILL");
    });
  }

  async stop() {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }

  token(email) {
    return this.run("token", "--user", email).trim();
  }

  // The documents that someone may open: [{name, plan, section, right}].
  documents(email) {
    return this.run("documents", "--user", email)
      .trim()
      .split("\n")
      .filter(Boolean)
      .map((line) => {
        const [name, right] = line.split(" ");
        const [plan, section] = name.split("/");
        return { name, plan, section, right };
      });
  }

  run(...args) {
    return pep([...args, "--data", this.data], { env: this.environment });
  }

  // Adds someone who signs in with the demo's password.
  add(email, name) {
    const args = ["user", "add", "--email", email, "--name", name, "--password-stdin", "--data", this.data];
    pep(args, { input: PASSWORD, env: this.environment });
  }

  // From today on, somebody is no longer in a child's team.
  leave(email, child) {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const { id } = this.sql(`select id from child where name = '${child}'`)[0];
    this.run("user", "leave", "--email", email, "--child", id, "--until", yesterday);
  }

  // What no page and no command tells: rows of the database, as objects. What was written in
  // documents stands in the journal alone for some seconds, so that is waited for.
  sql(query) {
    const isAboutDocuments = /\b(document|history)\b/.test(query);
    const waits = () => this.rows("select count(*) as many from journal")[0].many > 0;
    for (let tries = 0; isAboutDocuments && tries < 120 && waits(); tries += 1) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
    return this.rows(query);
  }

  rows(query) {
    const answer = execFileSync("sqlite3", ["-json", "-cmd", ".timeout 5000", join(this.data, "pep.db"), query]);
    return JSON.parse(answer.toString() || "[]");
  }

  // The id of a child's latest plan.
  plan(child) {
    return this.sql(
      `select plan.id from plan join child on child.id = plan.child_id where child.name = '${child}' order by number desc`,
    )[0].id;
  }
}

export const test = base.extend({
  server: [
    async ({ browser }, use) => {
      const server = await Server.start();
      await use(server);
      // A page that goes on, a slow one above all, takes from every test that follows.
      await Promise.all(browser.contexts().map((context) => context.close()));
      await server.stop();
    },
    { scope: "test" },
  ],
});

export { expect, stored };

// A page that fails the test on any error in its console, but for those that a
// test of a missing network means to cause.
export function strict(page, { offline = false } = {}) {
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const text = message.text();
    if (offline && /ERR_|Failed to load resource|WebSocket|fetch/.test(text)) return;
    page.problems.push(text);
  });
  return page;
}

// Someone at a device of their own, signed in.
export async function device(browser, server, email, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London", ...options });
  const page = strict(await context.newPage(), { offline: true });
  await signIn(page, server, email);
  return page;
}

export async function signIn(page, server, email, password = PASSWORD) {
  await page.goto(`${server.url}/sign-in`);
  await hydrated(page);
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel(/password/i).fill(password);
  await page.getByRole("button", { name: /sign in/i }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await hydrated(page);
}

// The wasm has taken the page over.
export async function hydrated(page) {
  await page.waitForFunction(() => document.documentElement.hasAttribute("data-live"));
}

// Opens a page of Pep; where it has a form or questions, its document as well, and where it
// says who is here, that.
export async function open(page, server, path) {
  await page.goto(`${server.url}${path}`);
  await hydrated(page);
  await live(page);
  await behind(page);
}

// The strip that comes behind a page has taken the place of what stood there until then.
const behind = (page) => expect(page.locator(".here:not(:has(ul))")).toHaveCount(0);

// The document of the page is open: what is typed goes into it at once.
export async function live(page) {
  await expect(page.locator("[data-document]:not([data-live])")).toHaveCount(0);
}

// What the status line shows.
export const status = (page) => page.locator(".status > span[aria-hidden]").first();

// Notes every status line that shows from now on, also those that pass in a moment.
export const watch = (page) =>
  page.evaluate(() => {
    const line = document.querySelector(".status > span[aria-hidden]");
    window.lines = [];
    const note = () => window.lines.at(-1) !== line.textContent && window.lines.push(line.textContent);
    new MutationObserver(note).observe(line, { childList: true, characterData: true, subtree: true });
  });
export const seen = (page) => page.evaluate(() => window.lines);

// Waits until the status line says that this device's words are in the plan.
export async function savedToPlan(page) {
  await expect(status(page)).toContainText(/Saved to the plan|Sent, \d|Safe in your plan/);
}

export const cut = (page) => page.context().setOffline(true);
export const restore = (page) => page.context().setOffline(false);

// A device of some years, on the far side of a home's Wi-Fi. Gives what its browser can
// be told more with.
const SLOWER = 4;
export const LINE = { latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 };
export async function slowed(page) {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await protocol.send("Network.emulateNetworkConditions", { offline: false, ...LINE });
  return protocol;
}

// This device has all that opens Pep without a network, and its copies of these pages.
export async function readyForOffline(page, ...copies) {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
  // The bundles that whoever is here needs, all of each.
  await page.waitForFunction(async () => {
    const wanted = (document.documentElement.dataset.keeps ?? "").split(" ").filter(Boolean);
    const keys = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    const kept = keys.flat().map(({ url }) => new URL(url).pathname);
    const files = JSON.parse((await (await fetch("/sw.js")).text()).match(/FILES = (\[.*?\]);/s)[1]);
    return files.filter((path) => wanted.some((name) => path.startsWith(`/pkg/${name}-`))).every((path) => kept.includes(path));
  });
  for (const copy of copies) {
    await expect.poll(async () => (await stored(page)).keys.some((key) => key.endsWith(copy)), copy).toBe(true);
  }
}

// Types at the end of a box, key by key.
export async function typeIn(box, words) {
  await box.press("Control+End");
  await box.pressSequentially(words);
}

// Two presses: one too many closes no meeting.
export async function closeMeeting(page) {
  await page.getByText("Close the meeting …").click();
  await page.getByRole("button", { name: "Close the meeting", exact: true }).click();
}

// The tablet is signed in by an adult and goes into a child's hands.
export async function handOver(page, server, child) {
  await open(page, server, "/");
  await page.getByRole("button", { name: `Hand over to ${child}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hand over", exact: true }).click();
  await page.waitForURL("**/voice");
  await hydrated(page);
}

// kill -9, for all of a browser that keeps its things in this folder.
export function killBrowser(folder) {
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${id}/cmdline`, "utf8").includes(`--user-data-dir=${folder}`)) process.kill(Number(id), "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}

// Says of every area that the plan on the page is good, as the virtual school does
// before it agrees one.
export async function scoreAll(page, plan) {
  const areas = await page.locator(".quality .lines > li > b").allTextContents();
  expect(areas.length).toBeGreaterThan(0);
  await page.evaluate(
    async ({ plan, areas }) => {
      for (const area of areas) {
        const body = JSON.stringify({ plan, score: { area, level: "green", comment: "" } });
        const answer = await fetch("/v1/score", { method: "POST", headers: { "Content-Type": "application/json" }, body });
        if (!answer.ok) throw new Error(await answer.text());
      }
    },
    { plan, areas },
  );
}
