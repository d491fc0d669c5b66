// Keeps the app itself, so that it opens without a network: its shell, style and
// pictures, and of its bundles those that whoever is here needs, all of one build.
// Never a page with anyone's words in it: those are sealed in IndexedDB.
const CACHE = "pep-__BUILD__";
const SHELL = "/offline";
const FILES = ["__FILES__"];
const PATIENCE = 6000;
const CARER = "carer";

// The bundle that a file belongs to; nothing for what all of them need.
const bundle = (path) => path.match(/^\/pkg\/(\w+)-/)?.[1];

// The bundles that an earlier build kept: this one keeps the same.
async function before() {
  const names = (await caches.keys()).filter((name) => name.startsWith("pep-") && name !== CACHE);
  const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return new Set(requests.flat().map(({ url }) => bundle(new URL(url).pathname)).filter(Boolean));
}

// A file with a hash in its name never changes: the browser may have it already. One
// after the other: whoever is at work needs the line more.
async function keep(names) {
  const cache = await caches.open(CACHE);
  for (const path of FILES.filter((path) => names.has(bundle(path)))) {
    if (!(await cache.match(path))) await cache.add(path);
  }
}

async function letGo(name) {
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.filter((path) => bundle(path) === name).map((path) => cache.delete(path)));
}

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      const shared = FILES.filter((path) => !bundle(path));
      await cache.addAll([SHELL, ...shared].map((url) => new Request(url, { cache: "reload" })));
      await keep(await before());
      await skipWaiting();
    })(),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      // The build before stays one round longer: its tabs may still be open.
      const ours = (await caches.keys()).filter((name) => name.startsWith("pep-"));
      await Promise.all(ours.filter((name) => name !== CACHE).slice(0, -1).map((name) => caches.delete(name)));
      await clients.claim();
    })(),
  );
});

// A page says which bundles its visitor needs without a network.
addEventListener("message", (event) => {
  const names = new Set(String(event.data).split(" "));
  // The shell takes a phone that keeps the carer's for a carer's.
  const stranger = names.has("plan") && !names.has(CARER);
  event.waitUntil(Promise.all([keep(names), stranger && letGo(CARER)]));
});

// From the network, but not for ever: a filtered network may swallow a request.
async function page(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return (await caches.match(SHELL)) ?? Response.error();
  }
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

// A font that few need: kept from the first time on, whichever build asks for it.
async function font(request) {
  const kept = await caches.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request.url);
  if (answer.ok) await (await caches.open("fonts")).put(request.url, answer.clone());
  return answer;
}

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (FILES.includes(url.pathname)) event.respondWith(file(event.request));
  else if (url.pathname.startsWith("/fonts/")) event.respondWith(font(event.request));
  // A plan as a file is no page: it may take its time, and the shell is no plan.
  else if (event.request.mode === "navigate" && !url.pathname.endsWith("/export.json")) event.respondWith(page(event.request));
});
