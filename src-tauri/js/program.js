// What the program gives its page in place of a browser's worker: the core, the device's position, and what only a
// program can do. It runs before the page's own scripts.
if (window === top) {
  const invoke = (command, given) => window.__TAURI_INTERNALS__.invoke(command, given);
  const told = (promise) => promise.then((Ok) => JSON.stringify({ Ok }), (Err) => JSON.stringify({ Err }));
  window.hnhCall = (command) => invoke("call", { command });
  if (!POSITION_BY_THE_WEBVIEW) window.hnhPosition = () => told(invoke("position"));
  window.hnhServers = () => told(invoke("servers"));
  window.hnhUseServer = (address) => told(invoke("use_server", { address }));
  if (ON_A_DESK) {
    window.hnhOptions = () => told(invoke("options"));
    window.hnhSetOption = (name, on) => told(invoke("set_option", { name, on }));
  }
  // A link or a notification leads to a page of the app.
  window.hnhOpen = (path) => {
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
  };
  addEventListener("DOMContentLoaded", () => {
    window.__TAURI__.event.listen("hnh-change", ({ payload }) => dispatchEvent(new CustomEvent("hnh-change", { detail: payload })));
    invoke("ready");
  });
  // What the server gives as a file goes where the person says.
  addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="/api/"]');
    if (!link) return;
    event.preventDefault();
    const path = link.getAttribute("href");
    invoke("save_file", { path, name: link.download || path.split("/").pop() });
  }, true);
  if (ON_A_DESK && !navigator.wakeLock) {
    navigator.wakeLock = {
      async request() {
        if (!await invoke("keep_awake", { on: true })) throw new DOMException("the screen cannot be kept awake", "NotAllowedError");
        return { release: () => invoke("keep_awake", { on: false }) };
      },
    };
  }
}
