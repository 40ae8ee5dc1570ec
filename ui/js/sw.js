// Keeps the app at hand without a network. Each build has its own cache, named by its version.
const cacheName = `app-${HNH_VERSION}`;
const page = "/";

async function listed(when) {
  const { files } = await (await fetch("/assets.json", { cache: "no-cache" })).json();
  return files.filter((file) => file.when === when).map((file) => file.path);
}

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(cacheName);
    await cache.addAll([page, "/manifest.webmanifest", ...await listed("install")]);
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("app-") && name !== cacheName) await caches.delete(name);
    }
    await clients.claim();
  })());
});

// Files named by their content: what was fetched once is right for ever.
async function asset(request) {
  const known = await caches.match(request);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(cacheName)).put(request, response.clone());
  return response;
}

// Pages: the newest when there is a network, the kept one when there is none.
async function shell(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(page);
    if (kept) return kept;
    throw error;
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (request.mode === "navigate") event.respondWith(shell(request));
});
