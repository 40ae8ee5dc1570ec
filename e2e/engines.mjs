// The main journeys in the engines beside Chromium's: Debian's Firefox, by WebDriver BiDi, and WebKitGTK, by WebDriver.
// Run by `cargo xtask test`, which starts the server and sets BASE_URL. Each check prints a line; one that fails fails the run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import puppeteer from "puppeteer-core";

const base = process.env.BASE_URL ?? "http://127.0.0.1:8000";
const LIMIT_MS = 30_000;

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

async function firefox() {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: "/usr/bin/firefox-esr", headless: true, defaultViewport: null, args: ["--width=1280", "--height=900"] });
  const page = await browser.newPage();
  return {
    go: (path) => page.goto(base + path),
    ask: (script) => page.evaluate(`(() => { ${script} })()`),
    click: async (script) => (await page.evaluateHandle(`(() => { ${script} })()`)).asElement().click(),
    close: () => browser.close(),
  };
}

async function webkit() {
  const [port, started] = [await freePort(), []];
  const run = (command, args, env = {}) => started.push(spawn(command, args, { env: { ...process.env, ...env }, stdio: "ignore" }));
  const display = `:${80 + Math.floor(Math.random() * 900)}`;
  run("Xvfb", [display, "-screen", "0", "1280x850x24"]);
  // As root, as CI runs it, WebKit's sandbox cannot be set up.
  run("WebKitWebDriver", [`--port=${port}`], { DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" });
  const call = async (method, path, body) => {
    const headers = { "content-type": "application/json" };
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body: body && JSON.stringify(body) });
    const { value } = await reply.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const binary = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args: ["--automation"] } } };
  const { sessionId } = await until(() => call("POST", "/session", { capabilities }).catch(() => null));
  const session = `/session/${sessionId}`;
  const execute = (script) => call("POST", `${session}/execute/sync`, { script, args: [] });
  return {
    go: (path) => call("POST", `${session}/url`, { url: base + path }),
    ask: execute,
    // WebKitWebDriver finds no point to press on a card, whose link lies over all of it: its script presses then.
    click: async (script) => call("POST", `${session}/element/${Object.values(await execute(script))[0]}/click`, {})
      .catch(() => execute(`(() => { ${script} })().click()`)),
    close: async () => {
      await call("DELETE", session);
      for (const program of started) program.kill();
    },
  };
}

/** What `find` gives once it gives something. */
async function until(find) {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const found = await find();
    if (found || Date.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const articles = (more) => `return document.querySelectorAll("main article").length > ${more}`;
const link = (part) => `return [...document.querySelectorAll("nav a")].find((a) => a.checkVisibility() && a.getAttribute("href").startsWith("${part}"))`;

const JOURNEY = [
  ["home shows recipes", async (page) => page.go("/"), articles(0)],
  ["recipes are listed", (page) => page.click(link("/recipes")), `return location.pathname === "/recipes" && document.querySelectorAll("main article").length > 10`],
  ["a recipe opens", (page) => page.click(`return document.querySelector("main article a")`), `return document.querySelector('main a[href*="/cook"]')`],
  ["cook mode goes on", async (page) => {
    await page.click(`return [...document.querySelectorAll("main a")].find((a) => /\\/cook/.test(a.href))`);
    await until(() => page.ask(`return Boolean(document.querySelector(".cook-foot .button-primary"))`));
    await page.click(`return document.querySelector(".cook-foot .button-primary")`);
  }, `return document.querySelectorAll(".cook-progress .done").length === 2`],
  ["foods are found", (page) => page.go("/foods?q=tofu"), `return document.querySelectorAll("main li").length > 0`],
  ["the map's list is there, with a map or a sentence for it", (page) => page.go("/map"), `return document.querySelectorAll("article[id^=place-]").length > 0
    && (document.querySelector("#map canvas") || document.querySelector(".map-failed"))`],
  ["what is not kept is said", async () => {}, `return !navigator.storage === Boolean(document.querySelector("p.offline"))`],
];

let [passed, failed] = [0, 0];
for (const [name, open] of [["Firefox", firefox], ["WebKitGTK", webkit]]) {
  const page = await open();
  try {
    for (const [what, act, wanted] of JOURNEY) {
      await act(page);
      const good = await until(() => page.ask(`return Boolean((() => { ${wanted} })())`));
      if (good) passed += 1;
      else failed += 1;
      console.log(`  ${good ? "✓" : "✘"} [${name}] ${what}`);
      if (!good) console.log(String(await page.ask("return document.body.innerText")).slice(0, 500));
    }
  } finally {
    await page.close();
  }
}
console.log(`  ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
