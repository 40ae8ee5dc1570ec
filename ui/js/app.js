// Starts the interface, and beside it the worker that holds the core.
import "./host.js";
import startInterface from "@hnh/ui";
import interfaceModule from "@hnh/ui.wasm";

startInterface({ module_or_path: interfaceModule });

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js");
}
