// The page's side of the core: `window.hnhCall(json)` carries a command to the worker and brings
// its outcome back; a change comes as the event `hnh-change` with the topic as its detail. The desktop
// program has its own core and gives these functions to the page before this script runs.
const assets = JSON.parse(document.getElementById("assets").textContent);
const waiting = new Map(); // Commands that are not answered yet, by number.
let last = 0;
let worker;
let breaks = 0; // How often it broke within a minute.

// Asking twice changes nothing; what changes something may have been done before the core broke.
const READS = /^{"(Count|Find|Get|List|Older|Read|Search)/;

function refuse(id, code, title) {
  const outcome = JSON.stringify({ Err: { type: `https://hnh.example/problems/${code}`, code, title, status: 0 } });
  waiting.get(id)?.resolve(outcome);
  waiting.delete(id);
}

// A core that breaks answers nothing any more: another takes over. It is asked once more what was only asked; the rest is
// refused, and so is what breaks this one too.
function start() {
  worker = new Worker(assets["worker.js"], { type: "module", name: "hnh-core" });
  worker.addEventListener("message", ({ data }) => {
    if (data.topic) {
      dispatchEvent(new CustomEvent("hnh-change", { detail: data.topic }));
    } else {
      waiting.get(data.id)?.resolve(data.outcome);
      waiting.delete(data.id);
    }
  });
  worker.addEventListener("error", () => {
    worker.terminate();
    worker = undefined;
    breaks += 1;
    setTimeout(() => breaks -= 1, 60_000);
    if (breaks <= 3) start();
    for (const [id, asked] of waiting) {
      if (worker && !asked.again && READS.test(asked.command)) {
        asked.again = true;
        worker.postMessage({ id, command: asked.command });
      } else {
        refuse(id, "internal", "The app broke over this; nothing of yours was lost");
      }
    }
  });
}

if (!window.hnhCall) {
  start();
  window.hnhCall = (command) => new Promise((resolve) => {
    last += 1;
    waiting.set(last, { command, resolve, again: false });
    if (worker) worker.postMessage({ id: last, command });
    else refuse(last, "storage", "The app could not start");
  });
}

// The ingredient engine comes when an own recipe is first shown.
window.hnhRead = async (question) => (await import(assets["reader.js"])).reader.ask(question);

// The map is large: it comes when it is first shown.
window.hnhLoadMap = () => import(assets["map.js"]);

// The device's position. A person may leave the browser's question open for ever, and some devices
// never find themselves: after the limit the app goes on without.
const POSITION_LIMIT_MS = 12_000;
const byTheBrowser = !window.hnhPosition;
window.hnhPosition ??= () => new Promise((resolve) => {
  const tell = (outcome) => resolve(JSON.stringify(outcome));
  if (!navigator.geolocation) return tell({ Err: "absent" });
  setTimeout(() => tell({ Err: "slow" }), POSITION_LIMIT_MS);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => tell({ Ok: { lat: coords.latitude, lon: coords.longitude } }),
    ({ code }) => tell({ Err: code === 1 ? "denied" : code === 3 ? "slow" : "absent" }),
    { enableHighAccuracy: false, timeout: 8_000, maximumAge: 60_000 },
  );
});

// While the map is looked at, the mark follows the person: `hnh-moved` events tell where. Nobody is asked for it; whoever said
// yes to the position before is followed.
let following;
window.hnhFollow = async (on) => {
  if (following !== undefined) navigator.geolocation.clearWatch(following);
  following = undefined;
  if (!on || !byTheBrowser || !navigator.geolocation) return;
  const { state } = await navigator.permissions?.query({ name: "geolocation" }) ?? {};
  if (state !== "granted") return;
  following = navigator.geolocation.watchPosition(
    ({ coords }) => dispatchEvent(new CustomEvent("hnh-moved", { detail: JSON.stringify({ lat: coords.latitude, lon: coords.longitude }) })),
    () => {},
    { enableHighAccuracy: false, maximumAge: 10_000 },
  );
};

// The file of an input, as a name and its bytes in Base64; null for none. Choosing the same again works.
window.hnhFiles = async (id) => {
  const input = document.getElementById(id);
  const files = [...input.files];
  input.value = "";
  const read = (file) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ name: file.name, size: file.size, data: reader.result.split(",")[1] ?? "" });
    reader.onerror = reject;
    reader.readAsDataURL(file);
  });
  return JSON.stringify(await Promise.all(files.map(read)));
};

// A kitchen timer rings by the system while the app is out of sight, where the person lets it.
window.hnhAllowRing = () => {
  if (window.Notification?.permission === "default") Notification.requestPermission().catch(() => {});
};
window.hnhRing = async (title, body) => {
  if (!document.hidden || window.Notification?.permission !== "granted") return;
  const worker = await navigator.serviceWorker?.getRegistration();
  const told = { body, tag: `timer ${body}`, data: location.pathname + location.search };
  if (worker) await worker.showNotification(title, told);
  else new Notification(title, told);
};

// Has the browser keep a text as a file.
window.hnhSave = (name, type, text) => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
