import { expect, expectAccessible, test } from "./app.js";
import { ENGLISH, go } from "./person.js";

test.use({ locale: "en-GB" });

async function searchFor(page, words) {
  const field = page.locator("[data-search]").filter({ visible: true }).first();
  await field.fill(words);
  await field.press("Enter");
}

test("a high-protein recipe under 500 kcal without nuts", async ({ page, isMobile }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "High protein, up to 500 kcal" }).click();
  await expect(page).toHaveURL(/kcal=\.\.500/);
  if (isMobile) await page.getByRole("button", { name: /^Filters/ }).click();
  await page.getByRole("button", { name: /^Nut-free/ }).click();
  await expect(page).toHaveURL(/nut_free/);
  if (isMobile) await page.getByRole("button", { name: /^Show \d+ recipe/ }).click();
  const cards = page.getByRole("article");
  await expect(cards.first()).toBeVisible();
  for (const text of await cards.allInnerTexts()) {
    expect(Number(/([\d,]+) kcal/.exec(text)[1])).toBeLessThanOrEqual(500);
  }
  await cards.first().getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Ingredients" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Nutrition" })).toBeVisible();
  await expectAccessible(page);
});

test("several keywords must all match, in Korean too", async ({ page }) => {
  await page.goto("/recipes?q=두부");
  await expect(page.getByText(/^\d+ recipes?$/)).toBeVisible();
  const count = async () => Number((await page.getByText(/^\d+ recipes?$/).innerText()).split(" ")[0]);
  const tofu = await count();
  await searchFor(page, "버섯");
  await expect.poll(count).toBeLessThan(tofu);
  expect(await count()).toBeGreaterThan(0);
});

test("servings scale the amounts", async ({ page }) => {
  await page.goto("/recipes");
  await page.getByRole("article").first().getByRole("link").click();
  const amounts = page.locator("main").getByRole("listitem");
  await expect(page.getByRole("heading", { name: "Ingredients" })).toBeVisible();
  const before = await amounts.allInnerTexts();
  await page.getByRole("button", { name: "One more serving" }).click();
  await expect(page).toHaveURL(/servings=/);
  await expect.poll(() => amounts.allInnerTexts()).not.toEqual(before);
});

test("a timer of the cook mode survives a reload", async ({ page }) => {
  await page.goto("/recipes?q=두부");
  await page.getByRole("article").first().getByRole("link").click();
  await page.getByRole("link", { name: "Start cooking" }).click();
  const next = page.getByRole("button", { name: "Next" });
  await expect(next).toBeVisible();
  const start = page.getByRole("button", { name: /^Start .* timer$/ });
  while (!(await start.isVisible())) await next.click();
  await start.click();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("an oven's heat and the weights come in the units one cooks by", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Settings" }).filter({ visible: true }).click();
  await page.getByRole("radio", { name: "oz, cups, °F" }).check();
  await go(page, ENGLISH.recipes);
  await searchFor(page, "banana bread");
  await page.getByRole("article").first().getByRole("link").click();
  await expect(page.locator(".steps").getByText(/\d°F/).first()).toBeVisible();
  await expect(page.locator(".steps").getByText(/°C/)).toHaveCount(0);
  await expect(page.locator(".shopping-amount").getByText(/oz|cup|lb/).first()).toBeVisible();
});

test("a step shows what it needs, and two timers of any length run in sight", async ({ page }) => {
  await page.goto("/");
  await go(page, ENGLISH.recipes);
  await searchFor(page, "tomato lentil");
  await page.getByRole("article").first().getByRole("link").click();
  await page.getByRole("link", { name: "Start cooking" }).click();
  await expect(page.locator(".cook-needs li").first()).toBeVisible();
  for (const [minutes, seconds] of [["", "30"], ["12", "5"]]) {
    await page.getByRole("button", { name: "Set a timer" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("button", { name: "Start", exact: true }).click();
    await expect(sheet.getByRole("alert")).toBeVisible();
    await sheet.getByLabel("Minutes").fill(minutes);
    await sheet.getByLabel("Seconds").fill(seconds);
    await sheet.getByRole("button", { name: "Start", exact: true }).click();
  }
  const timers = page.locator(".timer");
  await expect(timers).toHaveCount(2);
  await expect(timers.first()).toContainText(/0:[23]\d/);
  await expect(timers.last()).toContainText(/1[12]:\d\d/);
  const width = await page.evaluate(() => document.documentElement.clientWidth);
  for (const timer of await timers.all()) {
    const box = await timer.boundingBox();
    expect(box.x + box.width).toBeLessThanOrEqual(width);
  }
});
