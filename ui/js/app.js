// Starts the interface, and beside it the worker that holds the core.
import startInterface from "@hnh/ui";
import interfaceModule from "@hnh/ui.wasm";

const assets = JSON.parse(document.getElementById("assets").textContent);

const core = new Worker(assets["worker.js"], { type: "module", name: "hnh-core" });
core.addEventListener("message", ({ data }) => {
  document.documentElement.dataset.core = JSON.stringify(data);
});
core.postMessage({ visit: Date.now() });

startInterface({ module_or_path: interfaceModule });

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js");
}
