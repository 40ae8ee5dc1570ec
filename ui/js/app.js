// Starts the interface, and beside it the worker that holds the core.
import "./host.js";
import { offerPush } from "./push.js";
import "./photos.js";
import startInterface from "@hnh/ui";
import interfaceModule from "@hnh/ui.wasm";

startInterface({ module_or_path: interfaceModule });

// The desktop program has everything at hand, and needs nobody to keep it for offline.
const program = "hnhServers" in window;
const kept = !program && "serviceWorker" in navigator;
// The first visit is read in the system's letters: ours are some 300 kB, which come once the app itself is at hand, and on a
// slow network only if they are here already.
const { "fonts.css": fonts } = JSON.parse(document.getElementById("assets").textContent);
const { saveData, effectiveType } = navigator.connection ?? {};
const slow = saveData || /[23]g/.test(effectiveType);
const wanted = program || (kept && navigator.serviceWorker.controller && (!slow || caches.match(fonts)));
Promise.resolve(wanted).then((wanted) => {
  if (wanted) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: fonts }));
});
if (kept) keepVersions();

// A new version is fetched in the background and waits; the app offers it (`hnhTakeVersion`). Where another tab took it, this
// one goes on and says so.
async function keepVersions() {
  const workers = navigator.serviceWorker;
  const tell = (version) => {
    window.hnhVersion = version;
    dispatchEvent(new CustomEvent("hnh-version"));
  };
  const registration = await workers.register("/sw.js");
  offerPush(registration);
  // A notification was clicked: the app that is open goes to its page.
  workers.addEventListener("message", ({ data }) => {
    if (!data.open) return;
    history.pushState(null, "", data.open);
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
  });
  const look = () => registration.waiting && workers.controller && tell("waiting");
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  look();
  let mine = false;
  let before = workers.controller;
  workers.addEventListener("controllerchange", () => {
    // The first worker of all takes over nothing.
    if (before) {
      if (mine) location.reload();
      else tell("taken");
    }
    before = workers.controller;
  });
  window.hnhTakeVersion = () => {
    mine = true;
    if (registration.waiting) registration.waiting.postMessage("take");
    else location.reload();
  };
  // The map of Seoul is the app's own; other streets come from elsewhere and are not kept.
  const inSeoul = (lon, lat) => lon > 126.5 && lon < 127.45 && lat > 37.2 && lat < 37.9;
  window.hnhKeepStreets = (lon, lat) => inSeoul(lon, lat) && registration.active?.postMessage("streets");
  window.hnhStreetsBytes = async (lon, lat) => {
    if (!inSeoul(lon, lat)) return 0;
    const { files } = await (await fetch("/assets.json")).json();
    const streets = files.find(({ path }) => path.endsWith(".pmtiles"));
    return streets && !await caches.match(streets.path) ? streets.size : 0;
  };
  // An app that stays open for days asks now and then.
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - asked < 3_600_000) return;
    asked = Date.now();
    registration.update().catch(() => {});
  });
  if (!slow) workers.ready.then(() => setTimeout(() => registration.active?.postMessage("idle"), 10_000));
}

// The browser offers to install the app at a moment of its own; the app asks at one that fits.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  window.hnhInstall = async () => {
    window.hnhInstall = undefined;
    await event.prompt();
    return (await event.userChoice).outcome === "accepted";
  };
  dispatchEvent(new CustomEvent("hnh-install"));
});
