// The app that stays on the device: newer versions taken by choice, a gateway without a server behind it, what is shared to it.
import { createServer, request } from "node:http";
import { once } from "node:events";
import { expect, readyForOffline, test } from "./app.js";
import { ENGLISH, go, join, unique } from "./person.js";

/** Stands before the server: `mode.version` names another build of the app, `mode.down` answers as a gateway does alone. */
async function gateway(baseURL) {
  const mode = { version: "", down: false };
  const proxy = createServer((asked, answer) => {
    if (mode.down) return answer.writeHead(502, { "content-type": "text/html" }).end("<h1>502 Bad Gateway</h1>");
    // The next build names its files anew, and has none of this one's.
    if (mode.version && /^\/assets\/map-/.test(asked.url)) return answer.writeHead(404).end();
    const { "if-none-match": _, ...headers } = { ...asked.headers, "accept-encoding": "identity" };
    const passed = request(new URL(asked.url, baseURL), { method: asked.method, headers }, (reply) => {
      if (asked.url !== "/sw.js" || !mode.version) {
        answer.writeHead(reply.statusCode, reply.headers);
        return reply.pipe(answer);
      }
      const parts = [];
      reply.on("data", (part) => parts.push(part)).on("end", () => {
        answer.writeHead(200, { "content-type": "text/javascript", "cache-control": "no-cache" });
        answer.end(Buffer.concat(parts).toString().replace("app-", `app-${mode.version}-`));
      });
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return { mode, address: `http://127.0.0.1:${proxy.address().port}`, close: () => { proxy.closeAllConnections(); proxy.close(); } };
}

const cached = (page, part) => page.evaluate(async (part) => {
  const kept = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => `${name} ${url}`)));
  return kept.flat().filter((line) => line.includes(part)).length;
}, part);

test.describe("the app on the device", () => {
  test.use({ locale: "en-GB" });
  let front;
  test.beforeEach(async ({ baseURL }) => { front = await gateway(baseURL); });
  test.afterEach(() => front.close());

  test("a new version waits until it is taken, and an old tab goes on", async ({ page, context }) => {
    test.slow();
    await page.goto(front.address);
    await readyForOffline(page);
    const old = await context.newPage();
    await old.goto(front.address);
    // What the app needs later is fetched when nothing else is to do.
    await expect.poll(() => cached(old, "/assets/map-"), { timeout: 60_000 }).toBeGreaterThanOrEqual(3);

    front.mode.version = "next";
    await page.reload();
    const news = page.getByRole("status").filter({ hasText: "A new version of HnH is ready." });
    await expect(news).toBeVisible();
    await go(page, ENGLISH.recipes);
    await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
    expect(await cached(page, "app-next")).toBeGreaterThan(0);
    await news.getByRole("button", { name: "Reload" }).click();
    await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
    await expect(news).toHaveCount(0);

    await expect(old.getByText("HnH was updated in another tab.")).toBeVisible();
    await go(old, ENGLISH.map);
    await expect(old.locator("#map canvas")).toBeVisible();
    await old.getByRole("button", { name: "Reload" }).click();
    await expect(old.getByText("HnH was updated in another tab.")).toHaveCount(0);
  });

  test("a gateway with no server behind it is no network", async ({ page }) => {
    await page.goto(front.address);
    await readyForOffline(page);
    front.mode.down = true;
    await page.reload();
    await go(page, ENGLISH.recipes);
    await expect(page.getByText("You’re offline", { exact: true })).toBeVisible();
  });
});

test("what another app shares begins a post", async ({ page }) => {
  await join(page, unique("mina"));
  const shared = new URLSearchParams({ title: "Soup & bread", text: "Look at this", link: "https://soup.example/?a=1&b=2" });
  await page.goto(`/board/info/new?${shared}`);
  await expect(page.getByRole("textbox", { name: ENGLISH.title })).toHaveValue("Soup & bread");
  await expect(page.getByRole("textbox", { name: "Text" })).toHaveValue("Look at this\n\nhttps://soup.example/?a=1&b=2");
});

test.describe("installing", () => {
  test.use({ locale: "en-GB" });

  test("the app is offered for the home screen where the browser can do it", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("link", { name: "Settings" }).filter({ visible: true }).click();
    await expect(page.getByRole("heading", { name: "Appearance" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Install HnH" })).toHaveCount(0);
    // A browser tells of it once it finds the app worth it, which one without a person never does.
    await page.evaluate(() => dispatchEvent(Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
      prompt() { window.prompted = true; }, userChoice: Promise.resolve({ outcome: "accepted" }),
    })));
    await page.getByRole("button", { name: "Install" }).click();
    await expect.poll(() => page.evaluate(() => window.prompted)).toBe(true);
    await page.evaluate(() => dispatchEvent(new Event("appinstalled")));
    await expect(page.getByRole("heading", { name: "Install HnH" })).toHaveCount(0);
    await page.getByRole("button", { name: "Back" }).click();
    await expect(page).toHaveURL("/");
  });
});
