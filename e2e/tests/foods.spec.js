import { expect, expectAccessible, test } from "./app.js";

for (const [locale, words, sodium] of [["ko-KR", "김치", /나트륨/], ["en-GB", "kimchi", /Sodium/]]) {
  test.describe(locale, () => {
    test.use({ locale });
    test(`how much sodium 100 g of ${words} has`, async ({ page }) => {
      await page.goto("/foods");
      await page.getByRole("searchbox").first().fill(words);
      await page.getByRole("link", { name: /^(배추김치|napa cabbage kimchi)$/i }).first().click();
      const row = page.getByRole("row").filter({ hasText: sodium });
      await expect(row.first()).toContainText(/551\s*mg/);
      await expectAccessible(page);
    });
  });
}

test.describe("initials", () => {
  test.use({ locale: "ko-KR" });
  test("ㄱㅊ finds kimchi", async ({ page }) => {
    await page.goto("/foods?q=ㄱㅊ");
    await expect(page.getByRole("link", { name: /김치|고추/ }).first()).toBeVisible();
  });
});
