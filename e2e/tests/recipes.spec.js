import { expect, expectAccessible, test } from "./app.js";

test.use({ locale: "en-GB" });

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
  await page.getByRole("search").getByRole("searchbox").or(page.locator("[data-search]")).first().fill("버섯");
  await page.keyboard.press("Enter");
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
