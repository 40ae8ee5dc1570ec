// The server under everything that takes memory at once, in a cgroup of so many MiB: `cargo xtask bench memory`.
// HNH_SERVER_PROGRAM, HNH_APP and HNH_DATA say what runs; the first argument is the limit in MiB, the second the seconds.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, mkdirSync, readFileSync, rmdirSync, rmSync, symlinkSync, writeFileSync, existsSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { randomUUID } from "node:crypto";

const limitMiB = Number(process.argv[2] ?? 128);
const seconds = Number(process.argv[3] ?? 60);
const SOCKETS = 1_000;
const PASSWORD = "otter-eats-13-barley";

/** A picture of 12 million pixels, as a phone takes it: what matters is what it takes once it is unpacked. */
function photo(width = 4_000, height = 3_000) {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) rows.fill(y & 255, y * (width * 3 + 1) + 1, (y + 1) * (width * 3 + 1));
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

/** A cgroup with a limit, of version 1 or 2. */
function group() {
  const one = "/sys/fs/cgroup/memory";
  const folder = join(existsSync(one) ? one : "/sys/fs/cgroup", `hnh-${process.pid}`);
  mkdirSync(folder);
  const version1 = existsSync(one);
  writeFileSync(join(folder, version1 ? "memory.limit_in_bytes" : "memory.max"), String(limitMiB * 1024 * 1024));
  const read = (name) => readFileSync(join(folder, name), "utf8");
  return {
    folder,
    kills: () => Number(/oom_kill (\d+)/.exec(read(version1 ? "memory.oom_control" : "memory.events"))?.[1] ?? 0),
  };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

const cgroup = group();
const data = mkdtempSync(join(tmpdir(), "hnh-memory-"));
symlinkSync(join(process.env.HNH_DATA, "catalog"), join(data, "catalog"));
const base = `http://127.0.0.1:${await freePort()}`;
const server = spawn("sh", ["-c", `echo $$ > ${cgroup.folder}/cgroup.procs; exec "$HNH_SERVER_PROGRAM" serve`], {
  env: { ...process.env, HNH_LISTEN: base.slice(7), HNH_DATA: data, HNH_TILES_URL: "off", HNH_NO_RATE_LIMITS: "true", HNH_LOG: "error" },
  stdio: ["ignore", "ignore", "inherit"],
});
let ended = false;
server.on("exit", () => { ended = true; });
const memory = () => {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  const mib = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { anonymous: mib("RssAnon"), resident: mib("VmRSS"), peak: mib("VmHWM") };
};

/** WebSockets of people who follow a board. */
async function openSockets(count, people) {
  const say = Buffer.from(JSON.stringify({ say: "follow", feed: "board:info" }));
  // A client's frame is masked; a mask of zeros changes nothing.
  const frame = Buffer.concat([Buffer.from([0x81, 0x80 | say.length, 0, 0, 0, 0]), say]);
  const { hostname, port } = new URL(base);
  const open = async (person) => {
    const socket = connect(Number(port), hostname);
    socket.on("error", () => {});
    socket.write(`GET /api/v1/live HTTP/1.1\r\nHost: hnh\r\nAuthorization: Bearer ${person.token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`);
    const [head] = await once(socket, "data");
    if (!String(head).startsWith("HTTP/1.1 101")) throw new Error(`a socket was refused: ${head}`);
    socket.write(frame);
    await once(socket, "data");
    return socket;
  };
  const sockets = [];
  for (let i = 0; i < count; i += 50) sockets.push(...await Promise.all(Array.from({ length: 50 }, (_, n) => open(people[(i + n) % people.length]))));
  return sockets;
}

/** Makes a change as a person, in their turn. */
function change(name, person, change) {
  person.client ??= randomUUID();
  person.number = (person.number ?? 0) + 1;
  return ask(name, "/api/v1/mutations", json("POST", { client: person.client, mutations: [{ number: person.number, change }] }, person.token));
}

const counted = new Map();
async function ask(name, path, options = {}) {
  const entry = counted.get(name) ?? { done: 0, failed: 0, slowest: 0 };
  counted.set(name, entry);
  const began = performance.now();
  try {
    const response = await fetch(base + path, { ...options, signal: AbortSignal.timeout(60_000) });
    const body = await response.arrayBuffer();
    if (response.status >= 400) throw new Error(String(response.status));
    entry.done += 1;
    entry.slowest = Math.max(entry.slowest, performance.now() - began);
    return { status: response.status, body };
  } catch (error) {
    if (!ended || entry.failed === 0) entry.failed += 1;
    entry.why = String(error.cause?.code ?? error.message);
    if (ended) throw error;
    return { status: 0 };
  }
}
const json = (method, body, token) => ({ method, headers: { "content-type": "application/json", ...token && { authorization: `Bearer ${token}` } }, body: JSON.stringify(body) });
const as = (token, more = {}) => ({ ...more, headers: { authorization: `Bearer ${token}` } });

try {
  for (let tries = 0; ; tries += 1) {
    const ready = await fetch(`${base}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) break;
    if (ended || tries > 200) throw new Error("the server does not start within the limit");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const calm = memory();
  const people = [];
  for (let i = 0; i < 8; i += 1) {
    const form = { handle: `person_${i}`, email: `person_${i}@example.com`, password: PASSWORD, token: true };
    const { status, body } = await ask("sign up", "/api/v1/accounts", json("POST", form));
    if (status !== 201) throw new Error(`signing up: ${status} ${counted.get("sign up").why}`);
    people.push({ ...form, token: JSON.parse(Buffer.from(body)).token });
  }
  let post;
  // Posts as long as they may be, so that the feed's pages are as large as they get.
  for (let number = 1; number <= 120; number += 1) {
    const draft = { title: `Post ${number}`, body: "건강한 밥상 이야기. ".repeat(1_400) };
    const id = randomUUID();
    post ??= id;
    await change("write a long post", people[number % people.length], { board: { write_post: { id, board: "info", draft, version: 0 } } });
  }
  // How many changes a second: comments, each in a transaction of its own and told to everybody.
  const commented = performance.now();
  let comments = 0;
  await Promise.all(people.map(async (person) => {
    while (performance.now() - commented < 5_000) {
      await change("comment", person, { board: { write_comment: { id: randomUUID(), post, parent: null, text: "맛있겠어요", version: 0 } } });
      comments += 1;
    }
  }));
  const rate = Math.round(comments / (performance.now() - commented) * 1_000);
  const before = memory().anonymous;
  const sockets = await openSockets(SOCKETS, people);
  const withSockets = memory().anonymous;
  const picture = photo();
  const until = performance.now() + seconds * 1_000;
  const forever = async (work) => { while (performance.now() < until && !ended) await work(); };
  const any = () => people[Math.floor(Math.random() * people.length)];
  let worst = 0;
  const watching = forever(async () => {
    worst = Math.max(worst, memory().anonymous);
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const times = (count, work) => Array.from({ length: count }, () => forever(work));
  await Promise.all([
    watching,
    ...times(8, () => ask("sign in", "/api/v1/sessions", json("POST", { login: any().handle, password: PASSWORD, token: true }))),
    ...times(6, () => ask("upload a photo", `/api/v1/photos/${randomUUID()}`, as(any().token, { method: "PUT", body: picture }))),
    ...times(3, () => ask("export", "/api/v1/account/export", as(any().token))),
    ...times(8, () => ask("read a feed", "/api/v1/feeds/board:info?after=0&limit=500", as(any().token))),
    ...times(8, () => ask("places", "/api/v1/restaurants?lat=37.4979&lon=127.0276&open=now&limit=200")),
    ...times(4, () => ask("recipes", "/api/v1/recipes?q=tofu&facets=true&limit=200")),
  ]);
  for (const socket of sockets) socket.destroy();
  const after = ended ? { peak: NaN } : memory();
  console.log(`limit ${limitMiB} MiB, ${seconds} s, 12-megapixel photos`);
  console.log(`${rate} comments a second by ${people.length} people, before the rest`);
  console.log(`${SOCKETS} open sockets that follow a board: ${((withSockets - before) * 1024 / SOCKETS).toFixed(1)} KiB each`);
  console.log(`own memory (anonymous): ${calm.anonymous} MiB at rest, ${worst} MiB at most; resident with mapped files ${after.peak} MiB at most`);
  for (const [name, { done, failed, slowest, why }] of counted) {
    console.log(`  ${name.padEnd(18)} ${String(done).padStart(6)} answered, slowest ${String(Math.round(slowest)).padStart(6)} ms${failed ? `, ${failed} FAILED (${why})` : ""}`);
  }
  const failures = [...counted.values()].reduce((sum, { failed }) => sum + failed, 0);
  console.log(`${cgroup.kills()} killed for memory, ${failures} failed`);
  process.exitCode = ended || failures || cgroup.kills() ? 1 : 0;
} finally {
  server.kill("SIGTERM");
  if (!ended) await once(server, "exit");
  rmSync(data, { recursive: true });
  rmdirSync(cgroup.folder);
}
