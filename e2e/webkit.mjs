// Drives a program that shows its pages by WebKitGTK: WebKitWebDriver on a display of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

const LIMIT_MS = 30_000;

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

/** What `find` gives once it gives something; else its last answer. It is asked every `pause` milliseconds. */
export async function until(find, limit = LIMIT_MS, pause = 200) {
  const end = Date.now() + limit;
  for (;;) {
    const found = await find();
    if (found || Date.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Starts a program with a window of its own; scripts are bodies of functions. */
export async function webkit(binary, args, { env = {}, size = "1280x850", pause } = {}) {
  const [port, started] = [await freePort(), []];
  const run = (command, given, more = {}) => started.push(spawn(command, given, { env: { ...process.env, ...more }, stdio: ["ignore", "ignore", process.env.DEBUG ? "inherit" : "ignore"] }));
  const display = `:${80 + Math.floor(Math.random() * 900)}`;
  run("Xvfb", [display, "-screen", "0", `${size}x24`]);
  // As root, as CI runs it, WebKit's sandbox cannot be set up.
  run("WebKitWebDriver", [`--port=${port}`], { DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", ...env });
  const call = async (method, path, body) => {
    const headers = { "content-type": "application/json" };
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body: body && JSON.stringify(body) });
    const { value } = await reply.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } };
  const { sessionId } = await until(() => call("POST", "/session", { capabilities }).catch((error) => (process.env.DEBUG && console.log(String(error)), null)), LIMIT_MS, pause) ?? {};
  if (!sessionId) throw new Error(`${binary} did not start`);
  const session = `/session/${sessionId}`;
  const ask = (script) => call("POST", `${session}/execute/sync`, { script, args: [] });
  const find = async (script) => `${session}/element/${Object.values(await until(() => ask(script).catch(() => null)))[0]}`;
  return {
    display,
    ask,
    go: (url) => call("POST", `${session}/url`, { url }),
    // WebKitWebDriver finds no point to press on a card, whose link lies over all of it: its script presses then.
    click: async (script) => call("POST", `${await find(script)}/click`, {}).catch(() => ask(`(() => { ${script} })().click()`)),
    type: async (script, text) => call("POST", `${await find(script)}/value`, { text }),
    resize: (width, height) => call("POST", `${session}/window/rect`, { x: 0, y: 0, width, height }),
    screenshot: async () => Buffer.from(await call("GET", `${session}/screenshot`), "base64"),
    close: async () => {
      await call("DELETE", session).catch(() => {});
      for (const program of started) program.kill();
    },
  };
}
