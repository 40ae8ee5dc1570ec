import { expect, expectAccessible, test } from "./app.js";

// In the order in which a person can walk through them by links.
const PAGES = {
  "/": ["지금 뭐 먹을까요?", "What shall we eat?"],
  "/foods": ["식품", "Foods"],
  "/map": ["지도", "Map"],
  "/recipes": ["레시피", "Recipes"],
  "/plan": ["식단", "Meal plan"],
  "/shopping": ["장보기 목록", "Shopping list"],
  "/book": ["내 레시피", "My recipes"],
  "/book/new": ["새 레시피", "New recipe"],
  "/saved": ["저장", "Saved"],
  "/board": ["정보 게시판", "Information"],
  "/chat": ["채팅", "Chat"],
  "/board?board=buddy": ["밥친구", "Meal buddies"],
  "/account": ["로그인", "Sign in"],
  "/settings": ["설정", "Settings"],
  "/about": ["HnH 소개", "About HnH"],
  "/nowhere": ["페이지를 찾을 수 없어요", "Page not found"],
};

for (const [i, locale] of ["ko-KR", "en-GB"].entries()) {
  for (const scheme of ["light", "dark"]) {
    test.describe(`${locale}, ${scheme}`, () => {
      test.use({ locale, colorScheme: scheme });
      test("every page is reached, speaks the language and is accessible", async ({ page }) => {
        test.setTimeout(180_000);
        await page.goto("/");
        for (const [path, headings] of Object.entries(PAGES)) {
          await test.step(path, async () => {
            const link = page.locator(`a[href="${path}"]`).filter({ visible: true }).first();
            if (path === "/nowhere") await page.goto(path);
            else if (path !== "/") await link.click();
            await expect(page.getByRole("heading", { level: 1, name: headings[i], exact: true })).toBeAttached();
            await expect(page.locator("html")).toHaveAttribute("lang", locale.slice(0, 2));
            await expect(page.locator(".skeleton")).toHaveCount(0);
            await expectAccessible(page);
          });
        }
      });
    });
  }
}

test.describe("choices", () => {
  test.use({ locale: "en-GB" });

  test("language and colours are chosen once and remembered", async ({ page }) => {
    await page.goto("/settings");
    await page.getByRole("radio", { name: "한국어" }).check();
    await expect(page.getByRole("heading", { level: 1, name: "설정" })).toBeVisible();
    await page.getByRole("radio", { name: "어둡게" }).check();
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "설정" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });
});
