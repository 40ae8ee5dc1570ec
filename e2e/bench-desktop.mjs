// Times the desktop program beside the same app in a window of Chromium, the engine that Electron carries.
// Run by `cargo xtask bench desktop`, which sets HNH_PROGRAM, HNH_SERVER_PROGRAM, HNH_APP, HNH_DATA and HNH_PACKAGE.
// ELECTRON=PATH measures Electron's program with an empty page, too.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { freePort, until, webkit } from "./webkit.mjs";

const { HNH_PROGRAM, HNH_SERVER_PROGRAM, HNH_APP, HNH_DATA, HNH_PACKAGE, ELECTRON } = process.env;
const STARTS = 5;
const folder = mkdtempSync(join(tmpdir(), "hnh-bench-"));
const base = `http://127.0.0.1:${await freePort()}`;
const display = `:${80 + Math.floor(Math.random() * 900)}`;
const LISTED = `document.querySelectorAll("main article").length > 0`;

const others = [
  spawn("Xvfb", [display, "-screen", "0", "1280x850x24"], { stdio: "ignore" }),
  spawn(HNH_SERVER_PROGRAM, ["serve"], { stdio: "ignore", env: { ...process.env, HNH_LISTEN: base.slice(7), HNH_APP, HNH_DATA, HNH_TILES_URL: "off", HNH_NO_RATE_LIMITS: "true" } }),
];

const home = join(folder, "home");
mkdirSync(join(home, "app.hnh.HnH"), { recursive: true });
writeFileSync(join(home, "app.hnh.HnH/servers.json"), JSON.stringify({ current: base, known: [base] }));
const env = { XDG_DATA_HOME: home, XDG_CONFIG_HOME: join(folder, "config"), DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent", WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" };
const CHROMIUM = ["--no-sandbox", "--no-first-run", `--user-data-dir=${join(folder, "chromium")}`, `--app=${base}`];
writeFileSync(join(folder, "main.js"), `const { app, BrowserWindow } = require("electron"); app.whenReady().then(() => new BrowserWindow({ title: "Electron" }).loadURL("data:text/html,<title>Electron</title>hello"));`);
writeFileSync(join(folder, "package.json"), `{ "name": "hello", "main": "main.js" }`);

const PROGRAMS = [
  ["HnH", HNH_PROGRAM, [], "HnH"],
  ["Chromium, the same app", "/usr/bin/chromium", CHROMIUM, "HnH"],
  ...(ELECTRON ? [["Electron, hello", ELECTRON, ["--no-sandbox", folder], "Electron"]] : []),
];

/** A process and those it started. */
function family(pid) {
  const parents = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      return [[Number(name), Number(readFileSync(`/proc/${name}/stat`, "utf8").split(") ").pop().split(" ")[1])]];
    } catch {
      return [];
    }
  });
  const found = [pid];
  for (const one of found) found.push(...parents.filter(([, parent]) => parent === one).map(([child]) => child));
  return found;
}

/** Memory in MiB: of each page its share, by the kernel's count. */
function memory(pid) {
  const kib = family(pid).map((one) => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, "utf8"))[1]);
    } catch {
      return 0;
    }
  });
  return kib.reduce((sum, one) => sum + one, 0) / 1024;
}

const ended = (program) => new Promise((resolve) => (program.exitCode === null && program.signalCode === null ? program.once("exit", resolve) : resolve()));
const visible = (title) => new Promise((resolve) => {
  const search = spawn("xdotool", ["search", "--sync", "--onlyvisible", "--name", `^${title}`], { env: { ...process.env, DISPLAY: display }, stdio: "ignore" });
  search.once("exit", resolve);
});
const middle = (figures) => figures.toSorted((a, b) => a - b)[figures.length >> 1];

/** Milliseconds from the start to a window that is shown, and MiB five seconds later. */
async function start([, command, args, title]) {
  const began = performance.now();
  const program = spawn(command, args, { env: { ...process.env, ...env, DISPLAY: display }, stdio: "ignore", detached: true });
  await visible(title);
  const window = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const size = memory(program.pid);
  process.kill(-program.pid);
  await ended(program);
  return { window, size };
}

/** Milliseconds from the start to the first list, both by their drivers. */
const FIRST_LIST = {
  async HnH() {
    const began = performance.now();
    const page = await webkit(HNH_PROGRAM, [], { env: { ...env, TAURI_AUTOMATION: "true", TAURI_WEBVIEW_AUTOMATION: "true" }, pause: 10 });
    await until(() => page.ask(`return ${LISTED}`), 30_000, 10);
    const took = performance.now() - began;
    await page.close();
    return took;
  },
  async "Chromium, the same app"() {
    const began = performance.now();
    const context = await chromium.launchPersistentContext(join(folder, "driven"), { executablePath: "/usr/bin/chromium", headless: false, args: ["--no-sandbox", `--app=${base}`], env: { ...process.env, DISPLAY: display } });
    const page = context.pages()[0] ?? await context.waitForEvent("page");
    await until(() => page.evaluate(LISTED).catch(() => false), 30_000, 10);
    const took = performance.now() - began;
    await context.close();
    return took;
  },
};

try {
  await until(() => fetch(`${base}/readyz`).then((reply) => reply.ok, () => false));
  const rows = [];
  for (const program of PROGRAMS) {
    const [name] = program;
    // The first start, which reads everything from the disk and fills caches, does not count.
    await start(program);
    const starts = [];
    const lists = [];
    for (let i = 0; i < STARTS; i += 1) {
      starts.push(await start(program));
      if (FIRST_LIST[name]) lists.push(await FIRST_LIST[name]());
    }
    rows.push([name, middle(starts.map(({ window }) => window)), lists.length ? middle(lists) : null, middle(starts.map(({ size }) => size))]);
  }
  const ms = (figure) => (figure === null ? "–" : `${figure.toFixed(0)} ms`).padStart(9);
  console.log(`${"".padEnd(26)}${"window".padStart(9)}${"list".padStart(9)}${"memory".padStart(10)}   (middle of ${STARTS} warm starts)`);
  for (const [name, window, list, size] of rows) console.log(`${name.padEnd(26)}${ms(window)}${ms(list)}${`${size.toFixed(0)} MiB`.padStart(10)}`);
  const [[, window, , size]] = rows;
  for (const [name, ...other] of rows.slice(1)) console.log(`${name}: ${(other[0] / window).toFixed(1)} times the time to a window, ${(other[2] / size).toFixed(1)} times the memory`);
  if (HNH_PACKAGE) console.log(`package: ${(statSync(HNH_PACKAGE).size / 1e6).toFixed(1)} MB (goal 15)`);
  console.log(`window: ${window.toFixed(0)} ms (goal 500)`);
} finally {
  for (const program of others) program.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);
