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
