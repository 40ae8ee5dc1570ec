// A person's diet and allergies, chosen once and part of every search, by clicking.
import { ALEXANDERPLATZ, expect, expectAccessible, standAt, test } from "./app.js";
import { PASSWORD, go, join, unique } from "./person.js";

const WORDS = {
  "ko-KR": { settings: "설정", vegan: "비건", egg: "달걀", hidden: /레시피 \d+개를 숨겼어요/, all: "전부 보기", again: "다시 적용", recipes: "레시피", home: "홈", list: "찾은 곳", places: "가까운 식당", places_hidden: /\d+곳을 숨겼어요/, title: "내 식단과 알레르기", diets: "식단", allergies: "알레르기" },
  "en-GB": { settings: "Settings", vegan: "Vegan", egg: "Egg", hidden: /\d+ recipes hidden/, all: "Show all", again: "Apply again", recipes: "Recipes", home: "Home", list: "Places found", places: "Places near me", places_hidden: /\d+ places hidden/, title: "My diet and allergies", diets: "Diet", allergies: "Allergies" },
};

for (const [locale, words] of Object.entries(WORDS)) test.describe(locale, () => {
  test.use({ locale });

  test("are chosen once, apply to recipes and places, and can be set aside", async ({ page, context }) => {
    await standAt(context, ALEXANDERPLATZ);
    await page.goto("/");
    await page.getByRole("link", { name: words.settings }).filter({ visible: true }).first().click();
    await expect(page.getByRole("heading", { name: words.title })).toBeVisible();
    await page.getByRole("group", { name: words.diets }).getByRole("button", { name: words.vegan, exact: true }).click();
    await page.getByRole("group", { name: words.allergies }).getByRole("button", { name: new RegExp(words.egg) }).first().click();
    await expectAccessible(page);
    await go(page, words.recipes);
    await expect(page.getByText(words.hidden)).toBeVisible();
    const count = async () => Number((await page.locator(".recipes-count").innerText()).replace(/\D/g, ""));
    const few = await count();
    await page.getByRole("button", { name: words.all }).click();
    await expect.poll(count).toBeGreaterThan(few);
    await page.getByRole("button", { name: words.again }).click();
    await expect.poll(count).toBe(few);
    // The same after a reload, and for places.
    await page.reload();
    await expect(page.getByText(words.hidden)).toBeVisible();
    await go(page, words.home);
    await page.getByRole("button", { name: words.places }).click();
    const list = page.getByRole("region", { name: words.list });
    await expect(list.getByText(words.places_hidden)).toBeVisible();
    const rows = await list.getByRole("article").allInnerTexts();
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter((row) => !row.includes(words.vegan))).toEqual([]);
  });
});

test.describe("with an account", () => {
  test.use({ locale: "en-GB" });

  test("another device has them too, and a change there comes back", async ({ page, browser }) => {
    test.slow();
    const name = unique("needs");
    const diets = (who) => who.getByRole("group", { name: "Diet" });
    const settings = async (who) => {
      await who.getByRole("link", { name: "Settings" }).filter({ visible: true }).first().click();
      await expect(diets(who)).toBeVisible();
    };
    const pressed = (who, diet, on) => expect(diets(who).getByRole("button", { name: diet, exact: true })).toHaveAttribute("aria-pressed", String(on));
    // Chosen before there is an account.
    await page.goto("/");
    await settings(page);
    await diets(page).getByRole("button", { name: "Vegan", exact: true }).click();
    await join(page, name);
    const context = await browser.newContext({ locale: "en-GB" });
    const other = await context.newPage();
    await other.goto("/");
    await other.getByRole("banner").getByRole("link", { name: "Account" }).filter({ visible: true }).click();
    await other.getByLabel(/Username/).fill(name);
    await other.getByLabel("Password").fill(PASSWORD);
    await other.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(other.getByRole("heading", { level: 1, name: `Hi, ${name}` })).toBeVisible();
    await settings(other);
    await pressed(other, "Vegan", true);
    await diets(other).getByRole("button", { name: "Gluten-free", exact: true }).click();
    await diets(other).getByRole("button", { name: "Vegan", exact: true }).click();
    await settings(page);
    await pressed(page, "Gluten-free", true);
    await pressed(page, "Vegan", false);
    await context.close();
  });
});
