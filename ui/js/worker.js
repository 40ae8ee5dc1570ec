// Hosts the core. A browser's tabs share one database, so one of their workers owns it (a Web Lock
// says which) and answers for all; when its tab closes, the next in line takes over.
import startCore, { open } from "@hnh/worker";
import coreModule from "@hnh/worker.wasm";

const tabs = new BroadcastChannel("hnh-core");
const tab = crypto.randomUUID();
const waiting = new Map(); // Commands of this tab that are not answered yet, by id.
let core; // Set in the owner.

function changed(topic) {
  if (topic === "wake") return syncSoon(0);
  if (topic.startsWith("say:")) return say(topic.slice(4));
  if (topic === "account") socket?.close(); // It was opened as somebody else.
  postMessage({ topic });
  tabs.postMessage({ topic });
}

// What others wrote is asked for every so often; after a failure less and less often, with some chance in it so
// that not all devices come back at once.
const SYNC_EVERY_MS = 5_000;
const SYNC_AT_MOST_MS = 120_000;
let failures = 0;
let timer;

function syncSoon(wait) {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    failures = (await core.sync()) ? 0 : failures + 1;
    listen();
    syncSoon(Math.min(SYNC_EVERY_MS * 2 ** failures, SYNC_AT_MOST_MS) * (0.75 + Math.random() / 2));
  }, wait);
}

// The server says over a socket when there is something to fetch; without one, asking every so often is enough.
const PING_EVERY_MS = 25_000;
let socket;

function say(text) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(text);
}

function listen() {
  if (socket?.readyState === WebSocket.OPEN) return core.subscriptions().forEach(say);
  if (socket) return;
  if (failures > 0 || !core.wants_socket()) return;
  const opened = new WebSocket(`${location.origin.replace(/^http/, "ws")}/api/v1/live`);
  let pings;
  socket = opened;
  opened.onopen = () => {
    core.subscriptions().forEach(say);
    pings = setInterval(() => say('{"say":"ping"}'), PING_EVERY_MS);
  };
  opened.onmessage = ({ data }) => {
    if (core.on_message(data)) syncSoon(0);
  };
  // The next sync, which has some chance in its time, opens another.
  opened.onclose = () => {
    clearInterval(pings);
    socket = undefined;
    core.on_disconnect();
  };
}

addEventListener("online", () => core && syncSoon(0));

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
    core = await openDurable();
  } catch (error) {
    // Private windows of some browsers have no files: the app works, but keeps nothing.
    console.warn("HnH keeps nothing on this device:", error);
    core = await open(location.origin, false, changed);
    postMessage({ topic: "unsaved" });
  }
  tabs.postMessage({ owner: true });
  syncSoon(0);
  for (const [id, command] of waiting) answer(id, command);
}

tabs.addEventListener("message", async ({ data }) => {
  if (data.topic) {
    postMessage({ topic: data.topic });
  } else if (data.owner) {
    // Whatever the last owner left unanswered is asked again.
    for (const [id, command] of waiting) tabs.postMessage({ from: tab, id, command });
  } else if (data.command && core) {
    tabs.postMessage({ to: data.from, id: data.id, outcome: await core.call(data.command) });
  } else if (data.to === tab && waiting.delete(data.id)) {
    postMessage({ id: data.id, outcome: data.outcome });
  }
});

addEventListener("message", ({ data: { id, command } }) => {
  waiting.set(id, command);
  if (core) answer(id, command);
  else tabs.postMessage({ from: tab, id, command });
});

if (navigator.locks) navigator.locks.request("hnh-core", async () => {
  await own();
  await new Promise(() => {}); // The lock is held as long as the tab lives.
});
else own();
