// Keeps the app at hand without a network. Each build has its own cache, named by its version.
const cacheName = `app-${HNH_VERSION}`;
const page = "/";

async function listed(when, largest = Infinity) {
  const { files } = await (await fetch("/assets.json", { cache: "no-cache" })).json();
  return files.filter((file) => file.when === when && file.size <= largest).map((file) => file.path);
}

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(cacheName);
    await cache.addAll([page, "/manifest.webmanifest", ...await listed("install")]);
  })());
});

// A new version waits until the person takes it: what is open goes on with its own files.
addEventListener("message", ({ data }) => {
  if (data === "take") skipWaiting();
  if (data === "idle") fetchIdle().catch(() => {});
  if (data === "streets") keepStreets().catch(() => {});
});

// What the app needs later, such as the map: fetched ahead, so that it is there without a network and after the next version.
async function fetchIdle() {
  const cache = await caches.open(cacheName);
  // The map of Seoul is read by parts, of which a person needs a few.
  for (const path of await listed("idle", 2_000_000)) {
    if (!await caches.match(path)) await cache.add(path);
  }
}

// The whole map of Seoul, for an area that is kept; its parts are then cut from it.
async function keepStreets() {
  const [streets] = (await listed("idle")).filter((path) => path.endsWith(".pmtiles"));
  if (streets && !await caches.match(streets)) await (await caches.open(cacheName)).add(streets);
}

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    // The version before stays: a tab that still shows it finds its files. They are in the order in which they were made.
    const others = (await caches.keys()).filter((name) => name.startsWith("app-") && name !== cacheName);
    for (const name of others.slice(0, -1)) {
      const old = await caches.open(name);
      for (const request of await old.keys()) {
        // What a person asked to keep stays.
        if (request.url.endsWith(".pmtiles")) await (await caches.open(cacheName)).put(request, await old.match(request));
      }
      await caches.delete(name);
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

// Parts of a large file, such as the map of Seoul: each is kept by itself, since a cache holds whole replies alone.
async function part(request, range) {
  const whole = await caches.match(request.url);
  if (whole) return cut(await whole.blob(), range, whole.headers);
  const key = `${request.url}?${range}`;
  const kept = await caches.match(key);
  if (kept) return new Response(kept.body, { status: 206, headers: kept.headers });
  const response = await fetch(request);
  if (response.status !== 206) return response;
  const fetched = new Response(await response.arrayBuffer(), { headers: response.headers });
  await (await caches.open(cacheName)).put(key, fetched.clone());
  return new Response(fetched.body, { status: 206, headers: fetched.headers });
}

function cut(whole, range, headers) {
  const [, from, to] = /bytes=(\d+)-(\d*)/.exec(range);
  const end = Math.min(to ? Number(to) : Infinity, whole.size - 1);
  const part = new Headers({ "content-type": headers.get("content-type"), "content-range": `bytes ${from}-${end}/${whole.size}` });
  return new Response(whole.slice(Number(from), end + 1), { status: 206, headers: part });
}

// Pages: the kept one, at once and with the files that belong to it.
async function shell(request) {
  return (await (await caches.open(cacheName)).match(page)) ?? fetch(request);
}

// A notification from the server. Whoever looks at the app sees what is new there.
addEventListener("push", (event) => {
  event.waitUntil((async () => {
    const { title, body, page, tag } = event.data.json();
    const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
    if (windows.some(({ focused }) => focused)) return;
    await registration.showNotification(title, { body, tag, data: page, icon: HNH_ICON, renotify: true });
  })());
});

addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  event.waitUntil((async () => {
    const [open] = await clients.matchAll({ type: "window", includeUncontrolled: true });
    if (!open) return clients.openWindow(notification.data);
    open.postMessage({ open: notification.data });
    await open.focus();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const range = request.headers.get("range");
  if (url.pathname.startsWith("/assets/")) event.respondWith(range ? part(request, range) : asset(request));
  else if (request.mode === "navigate" && !url.pathname.startsWith("/api/")) event.respondWith(shell(request));
});
