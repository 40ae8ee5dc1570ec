// Hosts the core. A browser's tabs share one database, so one of their workers owns it (a Web Lock
// says which) and answers for all; when its tab closes, the next in line takes over.
import startCore, { open } from "@hnh/worker";
import coreModule from "@hnh/worker.wasm";

// Without a secure context there is none of this: then each tab has a core of its own, which keeps nothing.
const alone = { postMessage() {}, addEventListener() {} };
const shared = Boolean(navigator.locks && navigator.storage?.getDirectory && globalThis.BroadcastChannel);
const tabs = shared ? new BroadcastChannel("hnh-core") : alone;
const tab = `${Date.now()}-${Math.random()}`;
const waiting = new Map(); // Commands of this tab that are not answered yet, by id.
const guests = new Set(); // Other tabs' commands that the core works on.
let core; // Set in the owner.

// When the core breaks, the page starts another worker; what it broke over is refused, or it would break the next one.
addEventListener("unhandledrejection", ({ reason }) => setTimeout(() => { throw reason; }));
addEventListener("error", () => {
  const outcome = JSON.stringify({ Err: { type: "https://hnh.example/problems/internal", code: "internal", title: "The app broke over this", status: 0 } });
  for (const { from, id } of guests) tabs.postMessage({ to: from, id, outcome });
});

function changed(topic) {
  postMessage({ topic });
  tabs.postMessage({ topic });
}

addEventListener("online", () => core?.wake());

async function answer(id, command) {
  const outcome = await core.call(command);
  if (waiting.delete(id)) postMessage({ id, outcome });
}

// The files of a closed tab's database are freed a moment after its lock.
async function openDurable() {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await open(location.origin, true, changed);
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 + 25 * attempt));
    }
  }
}

async function own() {
  await startCore({ module_or_path: coreModule });
  try {
    if (!shared) throw new Error("this address is not secure, or the browser has no files for it");
    core = await openDurable();
  } catch (error) {
    // The app works, but keeps nothing; the core says so to who asks how it stands.
    console.warn("HnH keeps nothing on this device:", error);
    core = await open(location.origin, false, changed);
  }
  tabs.postMessage({ owner: true });
  for (const [id, command] of waiting) answer(id, command);
  changed("sync");
}

tabs.addEventListener("message", async ({ data }) => {
  if (data.topic) {
    postMessage({ topic: data.topic });
  } else if (data.owner) {
    // Whatever the last owner left unanswered is asked again.
    for (const [id, command] of waiting) tabs.postMessage({ from: tab, id, command });
  } else if (data.command && core) {
    guests.add(data);
    tabs.postMessage({ to: data.from, id: data.id, outcome: await core.call(data.command) });
    guests.delete(data);
  } else if (data.to === tab && waiting.delete(data.id)) {
    postMessage({ id: data.id, outcome: data.outcome });
  }
});

addEventListener("message", ({ data: { id, command } }) => {
  waiting.set(id, command);
  if (core) answer(id, command);
  else tabs.postMessage({ from: tab, id, command });
});

if (shared) navigator.locks.request("hnh-core", async () => {
  await own();
  await new Promise(() => {}); // The lock is held as long as the tab lives.
});
else own();
