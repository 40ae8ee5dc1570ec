// What a first visit costs, and how long a slow network makes one wait: `BASE_URL=… node first-visit.mjs`.
import { chromium } from "playwright-core";

const base = process.env.BASE_URL ?? "http://127.0.0.1:8000";
const GANGNAM = { latitude: 37.4979, longitude: 127.0276 };
/** 400 kbit/s with two seconds of latency, the "slow 3G" of browsers' tools. */
const SLOW_3G = { offline: false, latency: 2_000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "ko-KR", geolocation: GANGNAM, permissions: ["geolocation"] };

/** Has the browser slow down whatever it opens in a target. */
async function slow(target) {
  await target.send("Network.enable");
  await target.send("Network.emulateNetworkConditions", SLOW_3G);
}

/** Slows down the service workers that are there. */
async function slowWorkers() {
  const all = await browser.newBrowserCDPSession();
  const { targetInfos } = await all.send("Target.getTargets");
  for (const { targetId } of targetInfos.filter(({ type }) => type === "service_worker" || type === "worker")) {
    const { sessionId } = await all.send("Target.attachToTarget", { targetId, flatten: false });
    for (const [id, method, params] of [[1, "Network.enable", {}], [2, "Network.emulateNetworkConditions", SLOW_3G]]) {
      await all.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method, params }) });
    }
  }
}

/** Bytes over the wire of everything that the page and its workers ask for, until nothing more comes. */
async function firstVisit() {
  // Service workers fetch again what the page has: blocked here, since those replies come from the browser's cache.
  const context = await browser.newContext({ ...phone, serviceWorkers: "block" });
  const page = await context.newPage();
  const sizes = new Map();
  page.on("requestfinished", async (request) => {
    const { responseBodySize, responseHeadersSize } = await request.sizes();
    sizes.set(request.url(), responseBodySize + responseHeadersSize);
  });
  await page.goto(`${base}/`, { waitUntil: "networkidle" });
  await page.waitForSelector(".recipe-cards article");
  await page.waitForTimeout(2_000);
  const total = [...sizes.values()].reduce((a, b) => a + b, 0);
  console.log(`first visit at home: ${sizes.size} requests, ${total} bytes`);
  for (const [url, size] of [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 5)) console.log(`  ${size} ${new URL(url).pathname}`);
  await context.close();
}

/** When words are first painted, on a slow network with nothing at hand. */
async function firstPaint() {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await slow(await context.newCDPSession(page));
  const from = Date.now();
  await page.goto(`${base}/`, { waitUntil: "commit", timeout: 120_000 });
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0, undefined, { timeout: 120_000 });
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime);
  console.log(`slow 3G, first visit: first paint of words ${(paint / 1_000).toFixed(1)} s (${((Date.now() - from) / 1_000).toFixed(1)} s by the clock)`);
  await context.close();
}

/** The map's list on a later visit, from pressing the tab. */
async function secondVisit() {
  const context = await browser.newContext(phone);
  const first = await context.newPage();
  await first.goto(`${base}/`);
  await first.locator(".where-are-you button").first().click();
  await first.waitForSelector(".place-row");
  await first.waitForFunction(() => navigator.serviceWorker.controller);
  await first.waitForTimeout(2_000);
  const second = await context.newPage();
  await first.close();
  await slow(await context.newCDPSession(second));
  await slowWorkers();
  let from = Date.now();
  await second.goto(`${base}/`, { waitUntil: "commit" });
  await second.waitForSelector(".place-row", { timeout: 60_000 });
  console.log(`slow 3G, second visit: home's list ${((Date.now() - from) / 1_000).toFixed(1)} s after opening it`);
  await slowWorkers();
  from = Date.now();
  await second.locator("nav a[href='/map']:visible").click();
  await second.waitForSelector(".map-list .place-row", { timeout: 60_000 });
  console.log(`slow 3G, second visit: the map's list ${((Date.now() - from) / 1_000).toFixed(1)} s after pressing its tab`);
  await context.close();
}

await firstVisit();
await firstPaint();
await secondVisit();
await browser.close();
