// The desktop program's journeys, in its own window: WebKitWebDriver drives it, a private bus has the desktop's services.
// Run by `cargo xtask test --desktop`, which sets HNH_PROGRAM, HNH_SERVICES, HNH_SERVER_PROGRAM, HNH_APP and HNH_CATALOG.
// Each check prints a line; one that fails fails the run. SHOTS=FOLDER keeps screenshots.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, until, webkit } from "./webkit.mjs";

const { HNH_PROGRAM, HNH_SERVICES, HNH_SERVER_PROGRAM, HNH_APP, HNH_CATALOG, SHOTS } = process.env;
const PASSWORD = "otter-eats-13-barley";
const folder = mkdtempSync(join(tmpdir(), "hnh-desktop-"));
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const running = new Set();
let [passed, failed] = [0, 0];

function start(command, args, env, stdio) {
  const program = spawn(command, args, { env: { ...process.env, ...env }, stdio });
  running.add(program);
  program.once("exit", () => running.delete(program));
  return program;
}

const ended = (program) => new Promise((resolve) => (program.exitCode === null && program.signalCode === null ? program.once("exit", resolve) : resolve()));

// The server, which can be stopped and started again on the same data.
const data = join(folder, "server");
mkdirSync(data);
symlinkSync(HNH_CATALOG, join(data, "catalog"));
let server;
async function serverUp() {
  server = start(HNH_SERVER_PROGRAM, ["serve"], { HNH_LISTEN: `127.0.0.1:${port}`, HNH_APP, HNH_DATA: data, HNH_TILES_URL: "off", HNH_NO_RATE_LIMITS: "true" }, "ignore");
  await until(() => fetch(`${base}/readyz`).then((reply) => reply.ok, () => false));
}
async function serverDown() {
  server.kill();
  await ended(server);
}

// A bus with GeoClue2 and notifications, as a desktop has it.
const bus = `unix:path=${join(folder, "bus")}`;
writeFileSync(join(folder, "bus.conf"), `<busconfig><listen>${bus}</listen><auth>EXTERNAL</auth><auth>ANONYMOUS</auth><allow_anonymous/>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`);
start("dbus-daemon", [`--config-file=${join(folder, "bus.conf")}`, "--nofork"], {}, "ignore");
let services;
let notified = [];
async function desktop(...mode) {
  services?.kill();
  if (services) await ended(services);
  services = await until(async () => {
    const program = start(HNH_SERVICES, mode, { DBUS_SESSION_BUS_ADDRESS: bus }, ["pipe", "pipe", "ignore"]);
    const lines = createInterface(program.stdout);
    const ready = await Promise.race([new Promise((resolve) => lines.once("line", () => resolve(true))), ended(program).then(() => false)]);
    lines.on("line", (line) => notified.push(JSON.parse(line)));
    return ready && program;
  });
}

const home = join(folder, "home");
mkdirSync(join(home, "app.hnh.HnH"), { recursive: true });
writeFileSync(join(home, "app.hnh.HnH/servers.json"), JSON.stringify({ current: base, known: [base] }));
const env = { XDG_DATA_HOME: home, XDG_CONFIG_HOME: join(folder, "config"), DBUS_SESSION_BUS_ADDRESS: bus, DBUS_SYSTEM_BUS_ADDRESS: bus,
  TAURI_AUTOMATION: "true", TAURI_WEBVIEW_AUTOMATION: "true", LANG: "en_GB.UTF-8", LC_ALL: "C.UTF-8", HNH_LOG: "hnh_desktop=debug" };
const open = async (width = 1280, height = 850) => sized(await webkit(HNH_PROGRAM, [], { env, size: `${width + 40}x${height + 40}` }), width, height);
async function sized(page, width, height) {
  await page.resize(width, height);
  return page;
}

async function check(page, what, wanted, limit) {
  const good = await until(() => page.ask(`return Boolean((() => { ${wanted} })())`), limit);
  report(what, good);
  if (!good) console.log(String(await page.ask("return location.href + '\\n' + document.body.innerText")).slice(0, 800));
}
function report(what, good) {
  if (good) passed += 1;
  else failed += 1;
  console.log(`  ${good ? "✓" : "✘"} ${what}`);
}
/** Takes keyboard and pointer away from the window, as another program's would. */
function lookElsewhere(page) {
  const xdotool = (...args) => spawnSync("xdotool", args, { env: { ...process.env, DISPLAY: page.display } }).stdout.toString().trim();
  xdotool("mousemove", "9999", "9999");
  xdotool("windowfocus", xdotool("search", "--maxdepth", "0", ""));
}
async function shot(page, name) {
  if (SHOTS) writeFileSync(join(SHOTS, `${name}.png`), await page.screenshot());
}

const english = (page) => page.ask(`localStorage.setItem("hnh.lang", "en")`);
const tab = (path) => `return [...document.querySelectorAll("nav a")].find((a) => a.checkVisibility() && a.getAttribute("href").split("?")[0] === "${path}")`;
const button = (name) => `return [...document.querySelectorAll("main button, main a, dialog button")].find((b) => b.checkVisibility() && /${name}/.test(b.innerText + (b.getAttribute("aria-label") ?? "")))`;
const field = (label) => `return [...document.querySelectorAll("label")].find((l) => l.innerText.trim().startsWith("${label}")).control`;
const shows = (text) => `return /${text}/.test(document.body.innerText)`;
const press = (page, script) => page.click(script);
const write = (page, label, text) => page.type(field(label), text);

/** Another person, who has no window: the server's API alone. */
async function person(name) {
  const ask = async (method, path, body, token) => (await fetch(`${base}/api/v1${path}`, { method, body: body && JSON.stringify(body),
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) } })).json();
  const { account, token } = await ask("POST", "/accounts", { handle: name, email: `${name}@example.com`, password: PASSWORD, token: true });
  return { account, get: (path) => ask("GET", path, undefined, token), post: (path, body) => ask("POST", path, body, token) };
}

/** The id of two people's room: of the lower id as namespace, a UUID of version 5 of the higher one. */
function directRoom(one, other) {
  const [low, high] = [one, other].sort().map((id) => Buffer.from(id.replaceAll("-", ""), "hex"));
  const hash = createHash("sha1").update(low).update(high).digest().subarray(0, 16);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  return hash.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

try {
  await serverUp();
  await desktop("found", "37.4979", "127.0276");

  let page = await open();
  await check(page, "the window shows the app's first page", `return document.querySelectorAll("main article").length > 0`);
  await english(page);
  await page.go("app://localhost/");
  await check(page, "in English once chosen", shows("What shall we eat"));
  await shot(page, "desktop-home");
  await press(page, button("near me|near you"));
  await check(page, "near me finds Gangnam by the desktop's position", `return location.pathname === "/map" && document.querySelectorAll("article[id^=place-]").length > 2 && /m\\b/.test(document.querySelector("article[id^=place-]").innerText)`);
  await check(page, "the map is drawn from the program's own streets", `return document.querySelector("#map canvas")`);
  // A picture of streets takes more bytes than one of an empty sea.
  const drawn = await until(async () => (await page.screenshot()).length > 150_000);
  report("with streets", drawn);
  await shot(page, "desktop-map");
  await page.resize(800, 700);
  await shot(page, "desktop-map-small");
  await page.resize(1280, 850);

  await press(page, tab("/recipes"));
  await press(page, `return location.pathname === "/recipes" && document.querySelector("main article a")`);
  await check(page, "a recipe opens", `return location.pathname.startsWith("/recipe/") && document.querySelector('main a[href*="/cook"]')`);
  await press(page, button("Save|저장"));
  await check(page, "a recipe is saved", `return document.querySelector("main [aria-pressed=true]")`);
  const saved = await page.ask(`return document.querySelector("main h1").innerText`);

  await press(page, tab("/account"));
  await press(page, `return [...document.querySelectorAll("main input[type=radio]")].find((r) => /Sign up/.test(r.labels[0]?.innerText ?? r.parentElement.innerText))`);
  const name = `mina_${Math.random().toString(36).slice(2, 8)}`;
  await write(page, "Username", name);
  await write(page, "Email", `${name}@example.com`);
  await write(page, "Password", PASSWORD);
  await press(page, `return document.querySelector("main form button[type=submit]")`);
  await check(page, "a person signs up", shows(`Hi, ${name}`));

  await serverDown();
  await page.close();
  page = await webkit(HNH_PROGRAM, [], { env: { ...env, XDG_DATA_HOME: join(folder, "new") } });
  await check(page, "a first start without a server says which one it looks for", `return document.querySelector("main h1") && document.body.innerText.includes("http://127.0.0.1:8000")`);
  await shot(page, "desktop-first-start");
  await page.close();
  page = await open();
  await check(page, "without the server the program starts", `return document.querySelector("main h1")`);
  await press(page, tab("/saved"));
  await check(page, "the saved recipe is there after a restart without the server", `return document.body.innerText.includes(${JSON.stringify(saved)})`);
  await press(page, tab("/board"));
  await press(page, button("Write"));
  const title = `Hello from ${name}`;
  await write(page, "Title", title);
  await write(page, "Text", "Written without a network.");
  await press(page, `return document.querySelector("main form button[type=submit]")`);
  await check(page, "a post written offline is listed", shows(title));
  await serverUp();
  const arrived = await until(async () => (await (await fetch(`${base}/api/v1/posts?q=${name}`)).json()).total === 1);
  report("it arrives when the server is back", arrived);

  lookElsewhere(page);
  const jun = await person(`jun_${Math.random().toString(36).slice(2, 8)}`);
  const { id } = (await jun.get(`/people/${name}`)).person;
  const room = directRoom(jun.account.id, id);
  const changes = [{ open_direct: { id: room, person: id } }, { send: { room, id: crypto.randomUUID(), text: "저녁 같이 먹을래요?" } }];
  await jun.post("/mutations", { client: crypto.randomUUID(), mutations: changes.map((chat, i) => ({ number: i + 1, change: { chat } })) });
  const told = await until(async () => notified.find(({ body }) => /저녁/.test(body)));
  report("a chat message notifies", told);
  services.stdin.write("click\n");
  await check(page, "a click on the notification opens the room", `return location.pathname.startsWith("/chat/") && /저녁 같이/.test(document.body.innerText)`);
  await shot(page, "desktop-chat");

  const second = start(HNH_PROGRAM, ["hnh://foods?q=tofu"], { ...env, DISPLAY: page.display }, "ignore");
  await Promise.race([ended(second), new Promise((resolve) => setTimeout(resolve, 15_000))]);
  report("a second start ends", second.exitCode === 0);
  await check(page, "and its link opens in the first window", `return location.pathname === "/foods" && location.search === "?q=tofu" && document.querySelectorAll("main li").length > 0`);

  await page.go("app://localhost/settings");
  await check(page, "settings say which server it talks to", `return document.body.innerText.includes(${JSON.stringify(base)})`);
  await page.ask(`(() => { ${field("Address")} })().select()`);
  await page.type(field("Address"), "127.0.0.1:9");
  await press(page, button("Use this server"));
  await check(page, "a server that cannot be reached is a sentence", shows("Nothing answers at this address"));
  await page.close();

  for (const [mode, words] of [["denied", "location|area"], ["hanging", "location|area"]]) {
    await desktop(mode);
    page = await open(420, 800);
    await page.ask(`localStorage.removeItem("hnh.spot")`);
    await page.go("app://localhost/");
    await check(page, `home offers what is near (position ${mode})`, button("near me|near you"));
    await press(page, button("near me|near you"));
    await check(page, `position ${mode}: the app says so and goes on with an area`, `return /couldn.t get your location/i.test(document.body.innerText) || document.querySelector("dialog[open]")`);
    await shot(page, `desktop-${mode}`);
    await page.close();
  }
} finally {
  for (const program of running) program.kill();
  await new Promise((resolve) => setTimeout(resolve, 300));
  rmSync(folder, { recursive: true, force: true });
}
console.log(`  ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
