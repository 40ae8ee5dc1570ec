import { ALEXANDERPLATZ, CITY_HALL, expect, standAt, test } from "./app.js";

test.use({ locale: "en-GB" });

const list = (page) => page.getByRole("region", { name: "Places found" });

test("a vegan dish near Seoul City Hall", async ({ page, context }) => {
  await standAt(context, CITY_HALL);
  await page.goto("/");
  await page.getByRole("link", { name: "Vegan places" }).click();
  await page.getByRole("button", { name: "Near me" }).click();
  await expect(list(page).getByText(/ m · \d+ min on foot/).first()).toBeVisible();
  await list(page).getByRole("article").first().getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Menu" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Vegan" }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Directions" })).toHaveAttribute("href", /map\.kakao\.com/);
});

test("a vegetarian restaurant near Alexanderplatz that is open on Friday at 19:30", async ({ page, context }) => {
  await standAt(context, ALEXANDERPLATZ);
  await page.goto("/map");
  await page.getByRole("button", { name: "Near me" }).click();
  await expect(list(page).getByRole("article").first()).toBeVisible();
  await page.getByRole("button", { name: /^Filters/ }).click();
  const filters = page.getByRole("dialog", { name: "Filters" });
  await filters.getByRole("button", { name: "Vegetarian" }).click();
  const timed = filters.getByRole("radio", { name: "Choose a time" });
  await timed.click();
  await expect(timed).toBeChecked();
  await filters.getByLabel("Local time at the place").fill("2026-10-09T19:30");
  await filters.getByLabel("Local time at the place").blur();
  await filters.getByRole("button", { name: /^Show .* places?$/ }).click();
  await expect(page).toHaveURL(/open=2026-10-09T19:30/);
  const found = list(page).getByRole("article");
  await expect(found.first()).toContainText("Open");
  const opening = await found.allInnerTexts();
  expect(opening.length).toBeGreaterThan(3);
  expect(opening.filter((text) => !text.includes("Open"))).toEqual([]);
});

test("list and map show the same set", async ({ page }) => {
  await page.goto("/map?bbox=126.974,37.563,126.984,37.57&lat=37.5663&lon=126.9779");
  await expect(page.locator("#map")).toBeVisible();
  await expect(page.locator("#map")).toHaveAttribute("data-shown", /^[1-9]/);
  const shown = Number(await page.locator("#map").getAttribute("data-shown"));
  await expect(list(page).getByText(new RegExp(`^${shown} places?$`))).toBeVisible();
  await expect(list(page).getByRole("article")).toHaveCount(shown);
  await expect(page.locator("nav a:visible[aria-current=page]")).toHaveText("Map");
});

test("a denied position leads to picking an area, which is remembered", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Near me" }).click();
  await expect(page.getByText(/pick an area/i).first()).toBeVisible();
  await page.getByRole("button", { name: "Pick an area" }).click();
  const dialog = page.getByRole("dialog", { name: "Where shall we look?" });
  await dialog.getByRole("searchbox").fill("명동1가");
  await dialog.getByRole("button", { name: /명동1가/ }).first().click();
  await expect(page.getByText(/m · \d+ min on foot/).first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: /명동1가/ })).toBeVisible();
});

test("nonsense in the search is no dead end", async ({ page }) => {
  await page.goto("/map?bbox=126.9,37.5,127.1,37.6&q=%F0%9F%A6%84qqzzx");
  await expect(list(page).getByText("Nothing here")).toBeVisible();
  await page.goto("/map?bbox=1,2&diet=unicorn");
  await expect(list(page).getByRole("article").first()).toBeVisible();
});
