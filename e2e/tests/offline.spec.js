import { expect, readyForOffline, test } from "./app.js";

test.use({ locale: "en-GB" });

test("a favourite recipe opens with the network off after a reload, and so does the app", async ({ page, context }) => {
  await page.goto("/recipes");
  const card = page.getByRole("article").first();
  const title = await card.getByRole("heading").innerText();
  await card.getByRole("button", { name: `Save ${title}` }).click();
  await expect(page.getByText("Saved", { exact: true }).last()).toBeVisible();
  await readyForOffline(page);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("link", { name: "Saved" }).click();
  await page.getByRole("article").filter({ hasText: title }).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Ingredients" })).toBeVisible();
  await expect(page.locator("main svg").first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("two tabs share one database", async ({ page, context }) => {
  await page.goto("/recipes");
  const card = page.getByRole("article").first();
  const title = await card.getByRole("heading").innerText();
  const second = await context.newPage();
  await second.goto("/saved");
  await expect(second.getByText("Nothing saved yet")).toBeVisible();
  await card.getByRole("button", { name: `Save ${title}` }).click();
  await expect(second.getByRole("article").filter({ hasText: title })).toBeVisible();
  // The first tab owned the database; the second goes on alone.
  await page.close();
  await second.getByRole("button", { name: `Save ${title}` }).click();
  await expect(second.getByText("Nothing saved yet")).toBeVisible();
});
