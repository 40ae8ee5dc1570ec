// Starts the interface, and beside it the worker that holds the core.
import "./host.js";
import startInterface from "@hnh/ui";
import interfaceModule from "@hnh/ui.wasm";

startInterface({ module_or_path: interfaceModule });

if ("serviceWorker" in navigator) {
  // The first visit is read in the system's letters: ours are some 300 kB, which come once the app itself is at hand.
  if (navigator.serviceWorker.controller && !navigator.connection?.saveData) {
    const { "fonts.css": href } = JSON.parse(document.getElementById("assets").textContent);
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  }
  navigator.serviceWorker.register("/sw.js");
}
