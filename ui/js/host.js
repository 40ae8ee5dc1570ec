// The page's side of the core: `window.hnhCall(json)` carries a command to the worker and brings
// its outcome back; a change comes as the event `hnh-change` with the topic as its detail.
const assets = JSON.parse(document.getElementById("assets").textContent);
const worker = new Worker(assets["worker.js"], { type: "module", name: "hnh-core" });
const waiting = new Map();
let last = 0;

worker.addEventListener("message", ({ data }) => {
  if (data.topic) {
    dispatchEvent(new CustomEvent("hnh-change", { detail: data.topic }));
  } else {
    waiting.get(data.id)?.(data.outcome);
    waiting.delete(data.id);
  }
});

// A worker that cannot even start answers nothing: say so instead of waiting for ever.
worker.addEventListener("error", () => {
  const problem = { type: "about:blank", code: "storage", title: "The app could not start", status: 0 };
  for (const resolve of waiting.values()) resolve(JSON.stringify({ Err: problem }));
  waiting.clear();
});

window.hnhCall = (command) => new Promise((resolve) => {
  last += 1;
  waiting.set(last, resolve);
  worker.postMessage({ id: last, command });
});

// The map is large: it comes when it is first shown.
window.hnhLoadMap = () => import(assets["map.js"]);

// The device's position. A person may leave the browser's question open for ever, and some devices
// never find themselves: after the limit the app goes on without.
const POSITION_LIMIT_MS = 12_000;
window.hnhPosition = () => new Promise((resolve) => {
  const tell = (outcome) => resolve(JSON.stringify(outcome));
  if (!navigator.geolocation) return tell({ Err: "absent" });
  setTimeout(() => tell({ Err: "slow" }), POSITION_LIMIT_MS);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => tell({ Ok: { lat: coords.latitude, lon: coords.longitude } }),
    ({ code }) => tell({ Err: code === 1 ? "denied" : code === 3 ? "slow" : "absent" }),
    { enableHighAccuracy: false, timeout: 8_000, maximumAge: 60_000 },
  );
});
