// A recipe of one's own without an account: written, read line by line, put right, cooked, planned, shopped for; offline, too.
import { expect, expectAccessible, readyForOffline, test } from "./app.js";
import { ENGLISH, KOREAN, go } from "./person.js";

const WORDS = {
  "ko-KR": {
    ...KOREAN, book: "내 레시피", add: "새 레시피", title: "제목", servings: "인분", ingredients: "재료", steps: "만드는 법", keep: "저장", plan: "식단에 넣기", put: "식단에 넣기",
    which: "어떤 식품인가요?", food: "식품", cook: "요리 시작", shop: "장보기에 담기", onList: /목록에 \d+개 담기/, basket: "장바구니에 담은 것", week: "이번 주 장보기", planned: "식단", shopping: "장보기",
    name: "할머니 두부조림", lines: "두부 1모\n간장 2큰술\n마법의 가루 1작은술", fix: "마법의 가루 1작은술", change: "바꾸기", search: "설탕", meant: /설탕/, step: "두부를 굽는다.\n5분 조린다.", tofu: /^두부/, soy: /^간장/,
    add1: "살 것 적기", put1: "담기", own: "휴지", known: /3줄 가운데 3줄/, close: "닫기",
  },
  "en-GB": {
    ...ENGLISH, book: "My recipes", add: "New recipe", title: "Title", servings: "Servings", ingredients: "Ingredients", steps: "Method", keep: "Keep", plan: "Plan it", put: "Put on the plan",
    which: "Which food is it?", food: "Food", cook: "Start cooking", shop: "Shopping list", onList: /^Put \d+ lines? on the list/, basket: "In the basket", week: "Shop for this week", planned: "Plan", shopping: "Shopping",
    name: "Grandmother’s tofu", lines: "400 g firm tofu\n2 tbsp soy sauce\n1 tsp magic dust", fix: "1 tsp magic dust", change: "Change", search: "sugar", meant: /sugar/, step: "Fry the tofu.\nSimmer for 5 minutes.", tofu: /^firm tofu/, soy: /^soy sauce/,
    add1: "Add something", put1: "Add", own: "Paper towels", known: /3 of 3 lines/, close: "Close",
  },
};

for (const [locale, words] of Object.entries(WORDS)) test.describe(locale, () => {
  test.use({ locale });
  const part = (page, name) => page.locator(".kitchen-parts").getByRole("link", { name, exact: true }).click();

  test("a recipe is written, put right, cooked, planned and shopped for without an account", async ({ page, context }) => {
    test.slow();
    await page.goto("/");
    await go(page, words.recipes);
    await part(page, words.book);
    await page.getByRole("link", { name: words.add }).click();
    await page.getByRole("button", { name: words.keep, exact: true }).click();
    await expect(page.locator(".field-wrong").first()).toBeVisible();
    await page.getByLabel(words.title, { exact: true }).fill(words.name);
    await page.getByLabel(words.servings, { exact: true }).fill("2");
    await page.getByRole("textbox", { name: words.ingredients }).fill(words.lines);
    // What is not known is said at its line, and the person says what it is.
    const wrong = page.locator(".read-line").filter({ hasText: words.fix });
    await expect(wrong).toHaveClass(/read-gap/);
    await wrong.getByRole("button").click();
    const dialog = page.getByRole("dialog", { name: words.which });
    await dialog.getByLabel(words.food, { exact: true }).fill(words.search);
    await dialog.getByRole("button", { name: words.meant }).first().click();
    await expect(page.getByText(words.known)).toBeVisible();
    await page.getByRole("textbox", { name: words.steps }).fill(words.step);
    await expectAccessible(page);
    // A draft outlives a page that is closed.
    await page.reload();
    await expect(page.getByLabel(words.title, { exact: true })).toHaveValue(words.name);
    await expect(page.getByText(words.known)).toBeVisible();
    await page.getByRole("button", { name: words.keep, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: words.name })).toBeVisible();
    await expect(page.locator(".nutrition").getByText(/kcal/).first()).toBeVisible();
    await expect(page.locator(".state-contains").first()).toBeVisible();
    await expectAccessible(page);

    await page.getByRole("link", { name: words.cook }).click();
    await expect(page.locator(".cook-text")).toBeVisible();
    await page.keyboard.press("ArrowRight");
    await expect(page.locator(".cook-text")).toContainText("5");
    await expect(page.locator(".cook-timers").getByRole("button").first()).toContainText("5");
    await page.goBack();

    await page.getByRole("button", { name: words.plan, exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: words.put, exact: true }).click();
    const meal = page.locator(".planned-meal").filter({ hasText: words.name });
    await expect(meal).toBeVisible();
    await expect(page.locator(".day-sum").first()).toContainText("kcal");
    await expectAccessible(page);

    // Without a network, from the plan.
    await readyForOffline(page);
    await context.setOffline(true);
    await page.getByRole("button", { name: words.week }).click();
    await page.getByRole("dialog").getByRole("button", { name: words.onList }).click();
    const line = (name) => page.locator(".shopping li").filter({ hasText: name });
    await expect(line(words.tofu)).toBeVisible();
    await page.getByLabel(words.add1).fill(words.own);
    await page.getByRole("button", { name: words.put1, exact: true }).click();
    await expect(line(words.own)).toBeVisible();
    await line(words.soy).getByRole("checkbox").check();
    await expect(line(words.soy).and(page.locator(".ticked"))).toBeVisible();
    await expectAccessible(page);
    await page.reload();
    await expect(line(words.soy).and(page.locator(".ticked"))).toBeVisible();
    await expect(line(words.own)).toBeVisible();
  });
});
