// The app where a browser trusts the address with nothing, and where its core breaks or its session ends.
import { expect, test } from "./app.js";
import { ENGLISH, KOREAN, PASSWORD, go, join, unique } from "./person.js";

for (const [words, missing, account, cook, next] of [
  [KOREAN, /보안 연결\(https\)이 아니라서/, /로그인할 수 없어요/, /요리 시작/, "다음"],
  [ENGLISH, /isn’t secure \(https\)/, /can’t sign in at an address that isn’t secure/, /cook/i, "Next"],
]) {
  test.describe(`over HTTP from another name, ${words.locale}`, () => {
    test.use({ locale: words.locale });

    test("what can work works, and one sentence says what is missing", async ({ page, baseURL }) => {
      await page.goto(`http://hnh.test:${new URL(baseURL).port}/`);
      expect(await page.evaluate(() => isSecureContext)).toBe(false);
      await expect(page.getByText(missing)).toBeVisible();
      await go(page, words.recipes);
      const recipe = page.getByRole("main").getByRole("article").first();
      await expect(recipe).toBeVisible();
      await recipe.getByRole("link").first().click();
      await page.getByRole("link", { name: cook }).first().click();
      await page.getByRole("button", { name: next }).click();
      await page.goBack();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.goto(`http://hnh.test:${new URL(baseURL).port}/`);
      await go(page, words.map);
      await expect(page.getByRole("article").first()).toBeVisible();
      await page.goto(`http://hnh.test:${new URL(baseURL).port}/account`);
      await expect(page.getByText(account)).toBeVisible();
    });
  });
}

test("a core that breaks is replaced by another", async ({ page }) => {
  await page.goto("/");
  await go(page, ENGLISH.recipes);
  await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
  const broken = page.waitForEvent("worker");
  await page.workers()[0].evaluate(() => { setTimeout(() => { throw new Error("the core broke"); }); });
  await broken;
  await page.getByRole("main").getByRole("article").first().getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Ingredients" })).toBeVisible();
});

test("a second tab goes on when the first is closed", async ({ page, context }) => {
  await page.goto("/");
  await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeVisible();
  const second = await context.newPage();
  await second.goto("/");
  await page.close();
  await go(second, ENGLISH.recipes);
  await expect(second.getByRole("main").getByRole("article").first()).toBeVisible();
});

test("a session that ended elsewhere takes nothing away", async ({ page, browser }) => {
  test.slow();
  const name = unique("mina");
  await join(page, name);
  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await other.goto("/account");
  await other.getByLabel("Username or email").fill(name);
  await other.getByLabel("Password").fill(PASSWORD);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByRole("button", { name: "Sign out on all devices" }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await context.close();

  // With the socket open nothing is asked for until its next ping, which the server does not answer any more.
  await expect(page.getByText("You’ve been signed out")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("heading", { level: 1, name: ENGLISH.hello(name) })).toBeVisible();
  await page.reload();
  await page.getByLabel("Username or email").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("You’ve been signed out")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1, name: ENGLISH.hello(name) })).toBeVisible();
});

test("a long outbox written offline arrives whole", async ({ page, context, request }) => {
  test.slow();
  const name = unique("long");
  await join(page, name);
  await page.goto("/board/info/new");
  await expect(page.getByLabel("Title")).toBeVisible();
  await context.setOffline(true);
  for (let number = 1; number <= 3; number += 1) {
    await page.getByLabel("Title").fill(`${name} ${number}`);
    await page.getByLabel("Text", { exact: true }).fill("밥".repeat(18_000));
    await page.getByRole("button", { name: "Post", exact: true }).click();
    await expect(page.getByText(`${name} ${number}`)).toBeVisible();
    await page.getByRole("link", { name: ENGLISH.write }).first().click();
  }
  await context.setOffline(false);
  const there = async () => (await (await request.get(`/api/v1/posts?q=${name}`)).json()).total;
  await expect.poll(there, { timeout: 30_000 }).toBe(3);
});

test("the core passes its suite in a browser's worker", async ({ context, page }) => {
  const files = { "suite-worker.js": "suite-worker.js" };
  await context.route("**/suite/*", (route) => {
    const name = new URL(route.request().url()).pathname.split("/").pop();
    return route.fulfill({ path: files[name] ?? `${process.env.CORE_SUITE}/${name}` });
  });
  await page.goto("/");
  const results = await page.evaluate(() => new Promise((resolve) => {
    const told = [];
    const worker = new Worker("/suite/suite-worker.js", { type: "module" });
    worker.addEventListener("error", ({ message }) => resolve([...told, { name: message, passed: false }]));
    worker.addEventListener("message", ({ data }) => {
      if (data.done) return resolve(told);
      told.push(data);
      if (!data.passed) resolve(told);
    });
  }));
  expect(results.length).toBeGreaterThan(5);
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
});
