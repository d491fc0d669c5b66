// Keeps the app itself, so that it opens without a network: its shell, wasm,
// style and pictures, all of one build. Never a page with anyone's words in it:
// those are sealed in IndexedDB.
const CACHE = "pep-__BUILD__";
const SHELL = "/offline";
const FILES = ["__FILES__"];
const PATIENCE = 6000;

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll([SHELL, ...FILES].map((url) => new Request(url, { cache: "reload" })));
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
