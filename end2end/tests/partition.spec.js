// Real partitions: a browser in a network of its own, behind a cable that swallows what
// goes through it and tells nobody. Nothing is closed and nothing is refused; there is
// just no answer any more, in both directions or in one.
import { chromium } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHROMIUM, LAUNCH } from "../playwright.config.js";
import { PEOPLE, device, expect, open, savedToPlan, status, test } from "../pep.js";

const CHANGES = '[data-path="changes"]';
const ip = (...args) => execFileSync("ip", args, { stdio: "pipe" });

// Making a network needs root, and a kernel that lets it.
function mayMakeNetworks() {
  try {
    ip("netns", "add", `pep-try-${process.pid}`);
    ip("netns", "del", `pep-try-${process.pid}`);
    return true;
  } catch {
    return false;
  }
}

// A network with one cable to this machine, and a browser in it.
async function farAway(server) {
  const number = process.pid % 250;
  const [name, here, there] = [`pep-${process.pid}`, `pepa${process.pid}`, `pepb${process.pid}`];
  const [near, far] = [`10.77.${number}.1`, `10.77.${number}.2`];
  ip("netns", "add", name);
  ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name);
  ip("addr", "add", `${near}/30`, "dev", here);
  ip("link", "set", here, "up");
  ip("-n", name, "link", "set", "lo", "up");
  ip("-n", name, "addr", "add", `${far}/30`, "dev", there);
  ip("-n", name, "link", "set", there, "up");

  // The server listens on this machine alone; this hands on what comes off the cable.
  const door = net.createServer((socket) => {
    const inside = net.connect(server.port, "127.0.0.1");
    for (const end of [socket, inside]) {
      end.on("error", () => {});
      end.on("close", () => [socket, inside].forEach((each) => each.destroy()));
    }
    socket.pipe(inside);
    inside.pipe(socket);
  });
  await new Promise((resolve) => door.listen(0, near, resolve));
  const url = `http://${near}:${door.address().port}`;

  const folder = mkdtempSync(join(tmpdir(), "pep-far-"));
  const start = join(folder, "chromium");
  writeFileSync(start, `#!/bin/sh\nexec ip netns exec ${name} ${CHROMIUM} "$@"\n`);
  chmodSync(start, 0o755);
  const args = [...LAUNCH.args, `--unsafely-treat-insecure-origin-as-secure=${url}`];
  const browser = await chromium.launch({ executablePath: start, args });
  return {
    url,
    browser,
    cut: () => ip("link", "set", here, "down"),
    mend: () => {
      ip("link", "set", here, "up");
    },
    // What the browser sends arrives; what the server says doesn't.
    deafen: () => ip("route", "replace", "blackhole", `${far}/32`),
    hear: () => ip("route", "del", "blackhole", `${far}/32`),
    async end() {
      await browser.close();
      door.close();
      ip("link", "del", here);
      ip("netns", "del", name);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const words = (page) => page.locator(CHANGES).inputValue();
const type = async (page, place, text) => {
  await page.locator(CHANGES).press(place);
  await page.locator(CHANGES).pressSequentially(text);
};

async function merged(pages, parts) {
  for (const page of pages) await savedToPlan(page);
  await expect.poll(async () => new Set(await Promise.all(pages.map(words))).size, { timeout: 60_000 }).toBe(1);
  const end = await words(pages[0]);
  for (const part of parts) expect(end.split(part).length - 1, part).toBe(1);
}

test.describe("with networks of its own", () => {
  test.skip(!mayMakeNetworks(), "this machine makes no networks");

  test("a cable that swallows everything, and comes back: both sides' words are there once", async ({ browser, server }) => {
    test.setTimeout(180_000);
    const away = await farAway(server);
    try {
      const address = `/plans/${server.plan("Amira")}/targets`;
      const tom = await device(browser, server, PEOPLE.tom);
      const helen = await device(away.browser, { url: away.url }, PEOPLE.helen);
      await open(tom, server, address);
      await open(helen, { url: away.url }, address);
      await type(helen, "Control+End", " before the silence.");
      await expect.poll(() => words(tom)).toContain("before the silence.");

      away.cut();
      await type(helen, "Control+End", " Written in the silence.");
      await type(tom, "Control+Home", "Written meanwhile. ");
      await savedToPlan(tom);
      // Nothing tells the far side but that nothing is answered.
      await expect(status(helen)).toContainText("waiting to send", { timeout: 60_000 });
      await expect(status(helen)).not.toContainText("Saved to the plan");
      away.mend();
      await merged([tom, helen], ["before the silence.", "Written in the silence.", "Written meanwhile."]);
    } finally {
      await away.end();
    }
  });

  test("a cable that carries words out and no answer back: what came twice counts once", async ({ browser, server }) => {
    test.setTimeout(180_000);
    const away = await farAway(server);
    try {
      const address = `/plans/${server.plan("Amira")}/targets`;
      const tom = await device(browser, server, PEOPLE.tom);
      const helen = await device(away.browser, { url: away.url }, PEOPLE.helen);
      await open(tom, server, address);
      await open(helen, { url: away.url }, address);

      away.deafen();
      await type(helen, "Control+End", " Said to someone who can't answer.");
      await type(tom, "Control+Home", "An answer that isn't heard. ");
      await savedToPlan(tom);
      await expect(status(helen)).toContainText("waiting to send", { timeout: 60_000 });
      away.hear();
      await merged([tom, helen], ["Said to someone who can't answer.", "An answer that isn't heard."]);
    } finally {
      await away.end();
    }
  });
});
