// Drawing, recording and photos: made without a network, over a bad one, and kept when
// the tab is killed or the device is full.
import { createHash } from "node:crypto";
import { createServer, connect } from "node:net";
import { LAUNCH } from "../playwright.config.js";
import { PEOPLE, cut, device, expect, handOver, hydrated, live, open, restore, savedToPlan, status, strict, test } from "../pep.js";

const MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
test.use({ launchOptions: { ...LAUNCH, args: [...LAUNCH.args, ...MICROPHONE] } });

// A service worker would ask for what a test holds back, where no test sees it.
const TABLET = { viewport: { width: 1024, height: 768 } };
const BARE = { ...TABLET, serviceWorkers: "block" };

// The tablet in the child's hands, at the first question.
async function asked(browser, server, child = "Yonas", options = TABLET) {
  const page = await device(browser, server, PEOPLE.ruth, options);
  await handOver(page, server, child);
  await start(page);
  return page;
}

async function start(page) {
  await live(page);
  await page.getByRole("button", { name: "Start", exact: true }).click();
}

async function stroke(page, from, to) {
  const box = await page.locator("svg.sheet").first().boundingBox();
  const at = ([x, y]) => [box.x + box.width * x, box.y + box.height * y];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 8 });
  await page.mouse.up();
}

// Whoever wants to draw has the whole sheet before them, above what stands at the bottom.
async function drawIt(page) {
  await page.getByRole("button", { name: "Draw it" }).click();
  const bar = await page.locator(".voice-foot").boundingBox();
  await expect.poll(async () => {
    const { y, height } = await page.locator("svg.sheet").boundingBox();
    return y > 0 && y + height <= bar.y;
  }).toBe(true);
}

const strokes = (page) => page.locator(".pad svg.sheet path");
const media = (server, where = "1 = 1") => server.sql(`select * from media where ${where} order by id`);
// All its bytes as the server has them, a piece at a time.
const whole = (server, id) =>
  Buffer.concat(
    server.sql(`select at from media_piece where media_id = '${id}' order by at`).map(({ at }) => {
      const [{ hex }] = server.sql(`select hex(bytes) as hex from media_piece where media_id = '${id}' and at = ${at}`);
      return Buffer.from(hex, "hex");
    }),
  );
// The strokes of each drawing that has arrived, a text each.
const drawings = (server) =>
  media(server, "kind = 'drawing' and complete_at is not null").map(({ id }) => whole(server, id).toString().split("\n"));

test("a drawing made without a network is safe once there is one, and is seen by whom it is shared with", async ({ browser, server }) => {
  test.slow(); // three devices
  const tablet = await asked(browser, server);
  // What draws comes behind the question.
  await expect(tablet.getByRole("button", { name: "Draw it" })).toBeVisible();
  await cut(tablet);
  await drawIt(tablet);
  await stroke(tablet, [0.2, 0.2], [0.8, 0.7]);
  await stroke(tablet, [0.2, 0.7], [0.8, 0.2]);
  await stroke(tablet, [0.5, 0.1], [0.5, 0.9]);
  await expect(strokes(tablet)).toHaveCount(3);
  await tablet.getByRole("button", { name: "Undo" }).click();
  await expect(strokes(tablet)).toHaveCount(2);
  await tablet.getByLabel("Tell us about your picture").fill("My dog at the gate");
  await expect(status(tablet)).toHaveText("No internet. Your words are safe here");

  // To the next question and back: it is there as it was drawn.
  await tablet.getByRole("button", { name: "Next", exact: true }).click();
  await tablet.getByRole("button", { name: "Back", exact: true }).click();
  await expect(strokes(tablet)).toHaveCount(2);
  expect(media(server)).toEqual([]);
  await tablet.getByRole("button", { name: "Next", exact: true }).click();
  await restore(tablet);
  await savedToPlan(tablet);
  const [drawing] = media(server);
  expect(drawing).toMatchObject({ kind: "drawing", content_type: "image/svg+xml" });
  expect(whole(server, drawing.id).toString().split("\n")).toHaveLength(2);

  // Nobody is given it before it is shared, and nobody but those it is shared with after.
  const desks = {};
  for (const who of ["ruth", "helen"]) desks[who] = await device(browser, server, PEOPLE[who]);
  const get = async (page) => (await page.request.get(`${server.url}/v1/media/${drawing.id}`)).status();
  expect([await get(desks.ruth), await get(desks.helen)]).toEqual([404, 404]);
  await tablet.getByRole("button", { name: "Back", exact: true }).click();
  await tablet.getByRole("button", { name: "Take it back" }).click();
  await tablet.getByRole("button", { name: "Choose who" }).click();
  await tablet.getByLabel(/Helen Castell/).check();
  await expect(tablet.locator(".preview svg.sheet path")).toHaveCount(2);
  await tablet.getByRole("button", { name: "Share", exact: true }).click();
  await savedToPlan(tablet);
  expect([await get(desks.ruth), await get(desks.helen)]).toEqual([404, 200]);
  await open(desks.helen, server, `/plans/${server.plan("Yonas")}`);
  const shown = desks.helen.getByRole("img", { name: "My dog at the gate" });
  await shown.scrollIntoViewIfNeeded();
  await expect.poll(() => shown.evaluate((image) => image.complete && image.naturalWidth)).toBe(1000);
  await tablet.getByRole("button", { name: "Take it back" }).click();
  await expect.poll(() => get(desks.helen)).toBe(404);
  for (const page of [tablet, desks.helen]) expect(page.problems.filter((problem) => !/404/.test(problem))).toEqual([]);
});

test("a drawing that hasn't come yet is not drawn over, and is kept together with what is drawn then", async ({ browser, server }) => {
  test.slow(); // two devices
  const first = await asked(browser, server);
  await drawIt(first);
  await stroke(first, [0.2, 0.2], [0.8, 0.4]);
  await expect(strokes(first)).toHaveCount(1);
  await first.getByRole("button", { name: "Next", exact: true }).click();
  await expect.poll(() => drawings(server)).toHaveLength(1);
  const [[before]] = drawings(server);

  const tablet = await device(browser, server, PEOPLE.ruth, BARE);
  const bytes = /\/v1\/media\/[^/]+$/;
  let fail;
  const failed = new Promise((resolve) => (fail = resolve));
  await tablet.route(bytes, (route) => failed.then(() => route.abort()));
  await handOver(tablet, server, "Yonas");
  const asks = tablet.waitForRequest(bytes);
  await start(tablet);
  await asks;
  await tablet.locator(".pad svg.sheet").evaluate((sheet) => sheet.scrollIntoView({ block: "center", behavior: "instant" }));
  await stroke(tablet, [0.2, 0.5], [0.8, 0.6]);
  await expect(strokes(tablet)).toHaveCount(0);
  fail();
  const note = tablet.locator(".pad .away-note");
  await expect(note).toHaveText("Your picture can be seen here when there is internet.");
  await stroke(tablet, [0.2, 0.5], [0.8, 0.6]);
  await expect(strokes(tablet)).toHaveCount(0);
  // It is asked for again, and nobody has to do anything for that.
  await tablet.unroute(bytes);
  await expect(strokes(tablet)).toHaveCount(1);
  await expect(note).toHaveText("");
  await stroke(tablet, [0.2, 0.5], [0.8, 0.6]);
  await expect(strokes(tablet)).toHaveCount(2);
  await tablet.getByRole("button", { name: "Next", exact: true }).click();
  await expect.poll(() => drawings(server)).toEqual([[before, expect.any(String)]]);
  for (const page of [first, tablet]) expect(page.problems).toEqual([]);
});

test("a tablet is given back once a drawing that is on its way has arrived, and not before", async ({ browser, server }) => {
  const tablet = await asked(browser, server, "Yonas", BARE);
  const upload = /\/v1\/media\//;
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await tablet.route(upload, (route) => held.then(() => route.continue()));
  await drawIt(tablet);
  await stroke(tablet, [0.2, 0.2], [0.8, 0.7]);
  await stroke(tablet, [0.2, 0.7], [0.8, 0.2]);
  await expect(strokes(tablet)).toHaveCount(2);
  const sends = tablet.waitForRequest(upload);
  await tablet.getByRole("button", { name: "Stop for now" }).click();
  await sends;
  const back = tablet.getByRole("link", { name: "Give the tablet back" });
  await back.click();
  await expect(back).toHaveAttribute("aria-busy", "true");
  letGo();
  await tablet.waitForURL("**/sign-in");
  expect(drawings(server).map((lines) => lines.length)).toEqual([2]);
  await expect(tablet.getByRole("heading", { level: 1 })).toHaveText("Take this device back");
  expect(tablet.problems).toEqual([]);
});

test("nobody is heard who has gone on by the time the microphone is allowed", async ({ browser, server }) => {
  const tablet = await asked(browser, server);
  await tablet.evaluate(() => {
    const devices = navigator.mediaDevices;
    const hear = devices.getUserMedia.bind(devices);
    const allowed = new Promise((resolve) => (window.allow = resolve));
    devices.getUserMedia = async (wanted) => {
      await allowed;
      return (window.heard = await hear(wanted));
    };
  });
  await tablet.getByRole("button", { name: "Say it" }).click();
  await tablet.getByRole("button", { name: "Start recording" }).click();
  await expect(tablet.getByText("This device asks if Pep may listen.")).toBeVisible();
  const question = await tablet.locator("h1").innerText();
  await tablet.getByRole("button", { name: "Next", exact: true }).click();
  await expect(tablet.locator("h1")).not.toHaveText(question);
  await tablet.evaluate(() => window.allow());
  const tracks = () => tablet.evaluate(() => window.heard?.getTracks().map(({ readyState }) => readyState));
  await expect.poll(tracks).toEqual(["ended"]);
  // Whoever comes back has no recording, and is heard once they ask for it anew.
  await tablet.getByRole("button", { name: "Back", exact: true }).click();
  await expect(tablet.locator("h1")).toHaveText(question);
  await tablet.getByRole("button", { name: "Say it" }).click();
  await expect(tablet.getByRole("button", { name: "Start recording" })).toBeVisible();
  expect(media(server)).toEqual([]);
  await tablet.getByRole("button", { name: "Start recording" }).click();
  await expect(tablet.locator(".recording .time")).toHaveText(/^0:(0[1-9]|[1-5]\d) of 2:00$/);
  expect(await tracks()).toEqual(["live"]);
  await tablet.getByRole("button", { name: "Stop", exact: true }).click();
  await savedToPlan(tablet);
  await expect.poll(() => media(server, "complete_at is not null")).toHaveLength(1);
  expect(tablet.problems).toEqual([]);
});

test("what is said is recorded, heard again, sent, and taken away", async ({ browser, server }) => {
  const tablet = await asked(browser, server);
  await tablet.getByRole("button", { name: "Say it" }).click();
  await tablet.getByRole("button", { name: "Start recording" }).click();
  await expect(tablet.locator(".recording .time")).toHaveText(/^0:(0[3-9]|[1-5]\d) of 2:00$/);
  await tablet.getByRole("button", { name: "Stop", exact: true }).click();
  // Slowly, so that it isn't over before it is stopped.
  const player = tablet.locator(".recording audio");
  const listen = tablet.getByRole("button", { name: "Listen to your recording", exact: true });
  const stop = tablet.getByRole("button", { name: "Stop", exact: true });
  await player.evaluate((audio) => (audio.playbackRate = 0.1));
  await listen.click();
  await expect(stop).toBeFocused();
  await expect.poll(() => player.evaluate((audio) => audio.currentTime)).toBeGreaterThan(0);
  await stop.click();
  await expect(listen).toBeFocused();
  expect(await player.evaluate((audio) => [audio.paused, audio.currentTime])).toEqual([true, 0]);
  // The next time it plays from its beginning to its end.
  await listen.click();
  await expect(stop).toBeVisible();
  await expect(listen).toBeVisible({ timeout: 60_000 });
  await expect(tablet.locator(".recording .time")).toHaveText(/^0:(0[2-9]|[1-5]\d)$/);
  await savedToPlan(tablet);
  const [recording] = media(server);
  expect(recording).toMatchObject({ kind: "recording", content_type: "audio/webm" });
  expect(whole(server, recording.id)).toHaveLength(recording.length);
  await tablet.getByRole("button", { name: "Take it away" }).click();
  await tablet.getByRole("button", { name: "Yes, take it away" }).click();
  await expect.poll(() => media(server)).toEqual([]);
  expect(tablet.problems).toEqual([]);
});

test("a tab that is killed while it records keeps what was said until then", async ({ browser, server }) => {
  test.slow(); // two pages, on a busy machine
  const tablet = await asked(browser, server);
  await tablet.getByRole("button", { name: "Say it" }).click();
  await tablet.getByRole("button", { name: "Start recording" }).click();
  await expect(tablet.locator(".recording .time")).toHaveText(/^0:(0[4-9]|[1-5]\d) of 2:00$/);
  const crashed = tablet.waitForEvent("crash");
  tablet.goto("chrome://crash").catch(() => {});
  await crashed;
  expect(media(server)).toEqual([]);
  const again = strict(await tablet.context().newPage(), { offline: true });
  await again.goto(`${server.url}/voice`);
  await hydrated(again);
  await start(again);
  await expect(again.locator(".recording audio")).toBeAttached();
  await savedToPlan(again);
  await expect.poll(() => media(server, "complete_at is not null").length).toBe(1);
  const [recording] = media(server);
  expect(recording.content_type).toBe("audio/webm");
  expect(recording.length).toBeGreaterThan(3_000);
});

test("a device that is full stops a recording, keeps what there is and says so", async ({ browser, server }) => {
  test.setTimeout(150_000);
  const tablet = await asked(browser, server);
  await tablet.getByRole("button", { name: "Say it" }).click();
  await tablet.getByRole("button", { name: "Start recording" }).click();
  await expect(tablet.locator(".recording .time")).toHaveText(/^0:(0[2-9]|[1-5]\d) of 2:00$/);
  const protocol = await tablet.context().newCDPSession(tablet);
  await protocol.send("Storage.overrideQuotaForOrigin", { origin: server.url, quotaSize: 1 });
  // Chromium believes for half a minute what it last heard about the room there is.
  await expect(tablet.locator(".recording .stopped")).toContainText("This device is full. What you said until now is kept.", { timeout: 60_000 });
  await expect(tablet.locator(".recording audio")).toBeAttached();
  await protocol.send("Storage.overrideQuotaForOrigin", { origin: server.url });
  await savedToPlan(tablet);
  const [recording] = media(server);
  expect(recording.content_type).toBe("audio/webm");
});

// A network that turns slow, and on which every connection then drops now and again.
async function dropping(port) {
  const open = new Set();
  let slow = false;
  const proxy = createServer((socket) => {
    const onward = connect(port, "127.0.0.1");
    const both = [socket, onward];
    both.forEach((end) => {
      open.add(end);
      end.on("error", () => {});
      end.on("close", () => both.forEach((end) => (end.destroy(), open.delete(end))));
    });
    // A slow line, so that photos take longer than a connection lasts.
    socket.on("data", (bytes) => {
      onward.write(bytes);
      if (!slow) return;
      socket.pause();
      setTimeout(() => socket.resume(), bytes.length / 150);
    });
    onward.pipe(socket);
  });
  await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  let drops = 0;
  let dropper;
  return {
    dropEvery: (milliseconds) => {
      slow = true;
      dropper = setInterval(() => (drops++, open.forEach((end) => end.destroy())), milliseconds);
    },
    url: `http://localhost:${proxy.address().port}`,
    drops: () => drops,
    stop: () => (clearInterval(dropper), open.forEach((end) => end.destroy()), proxy.close()),
  };
}

test("twenty photos arrive over a connection that drops every five seconds, and every byte is equal", async ({ browser, server }) => {
  test.setTimeout(240_000);
  const network = await dropping(server.port);
  const phone = await device(browser, Object.create(server, { url: { value: network.url } }), PEOPLE.jo, {
    viewport: { width: 390, height: 844 },
  });
  await phone.goto(`${network.url}/plans/${server.plan("Amira")}/carers-view`);
  await hydrated(phone);
  await live(phone);
  // Photos with noise in them, so that they stay large, and with what a camera writes.
  const files = await phone.evaluate(async () => {
    const all = [];
    for (let number = 0; number < 20; number++) {
      const canvas = Object.assign(document.createElement("canvas"), { width: 1800, height: 900 });
      const context = canvas.getContext("2d");
      const image = context.createImageData(1800, 900);
      for (let at = 0; at < image.data.length; at += 4) {
        const grey = ((at * 7 + number * 13) % 251) ^ ((Math.random() * 16) | 0);
        image.data.set([grey, (grey + number * 9) % 256, 128, 255], at);
      }
      context.putImageData(image, 0, 0);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.6));
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const exif = new TextEncoder().encode("Exif\0\0taken at 12 Example Street");
      const all_bytes = [0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...bytes.subarray(2)];
      let text = "";
      for (const byte of all_bytes) text += String.fromCharCode(byte);
      all.push(btoa(text));
    }
    return all;
  });
  // What the phone says of each before it sends it: the hash of what is on its disk.
  const here = new Set();
  phone.on("request", (request) => {
    const hash = request.method() === "PUT" && new URL(request.url()).searchParams.get("hash");
    if (hash) here.add(hash);
  });
  network.dropEvery(5_000);
  await phone.locator("#photo-choose").setInputFiles(
    files.map((text, number) => ({ name: `${number}.jpg`, mimeType: "image/jpeg", buffer: Buffer.from(text, "base64") })),
  );
  await expect(phone.locator(".photo-list > li")).toHaveCount(20, { timeout: 90_000 });
  await expect.poll(() => media(server, "complete_at is not null").length, { timeout: 180_000 }).toBe(20);
  await expect(status(phone)).toContainText(/Sent, \d/, { timeout: 60_000 });
  expect(network.drops()).toBeGreaterThan(1);
  const there = media(server).map(({ id }) => whole(server, id));
  const hashes = there.map((bytes) => createHash("sha256").update(bytes).digest("hex"));
  expect(hashes.sort()).toEqual([...here].sort());
  for (const bytes of there) {
    expect(bytes.includes("Example Street")).toBe(false);
    expect(bytes.includes("Exif")).toBe(false);
  }
  // One goes only once it is said twice.
  const [away, photos] = [phone.getByRole("button", { name: "Take photo 20 away" }), phone.locator(".photo-list > li")];
  await away.click();
  await phone.getByRole("button", { name: "No, keep it" }).click();
  await expect(away).toBeFocused();
  await expect(photos).toHaveCount(20);
  await away.click();
  await phone.getByRole("button", { name: "Yes, take it away" }).click();
  await expect(photos).toHaveCount(19);
  network.stop();
});

test("a recording ends by itself after two minutes, and arrives over a connection that drops every five seconds, every byte", async ({ browser, server }) => {
  test.setTimeout(300_000);
  const network = await dropping(server.port);
  const tablet = await asked(browser, Object.create(server, { url: { value: network.url } }));
  await tablet.getByRole("button", { name: "Say it" }).click();
  // Of each piece the tablet says the hash of the whole as it is on its disk.
  const here = new Set();
  tablet.on("request", (request) => {
    const hash = request.method() === "PUT" && new URL(request.url()).searchParams.get("hash");
    if (hash) here.add(hash);
  });
  await tablet.getByRole("button", { name: "Start recording" }).click();
  await expect(tablet.locator(".recording .time")).toHaveText(/^0:0\d of 2:00$/);
  network.dropEvery(5_000);
  await expect(tablet.locator(".recording .stopped")).toHaveText("That is as long as a recording can be. It is kept.", { timeout: 150_000 });
  await expect.poll(() => media(server, "complete_at is not null").length, { timeout: 120_000 }).toBe(1);
  expect(network.drops()).toBeGreaterThan(1);
  const [recording] = media(server);
  const there = whole(server, recording.id);
  expect(there.length).toBe(recording.length);
  expect([createHash("sha256").update(there).digest("hex")]).toEqual([...here]);
  network.stop();
});
