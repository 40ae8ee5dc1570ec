// An area that is kept: near me without a network, from a fresh start by clicking.
import { ALEXANDERPLATZ, GANGNAM, expect, expectAccessible, readyForOffline, standAt, test } from "./app.js";
import { go } from "./person.js";

const WORDS = [
  {
    locale: "en-GB", position: ALEXANDERPLATZ, saved: "Saved", title: "Offline areas", add: "Add an area", nearMe: "Near me", measured: /places?, about [\d.]+ [kM]B/,
    download: "Download", facts: /[\d,]+ places? · [\d.]+ MB · saved/, map: "Map", list: "Places found", onFoot: /\d+ m · \d+ min on foot/, stand: /^Offline: places saved/,
    vegan: "Vegan options", open: "Open now", closes: /Open|Closes/, remove: "Remove", removed: "Area removed", here: "Around you, 5 km",
  },
  {
    locale: "ko-KR", position: GANGNAM, saved: "저장", title: "오프라인 지역", add: "지역 추가", nearMe: "내 주변", measured: /식당 [\d,]+곳, 약 [\d.]+ [kM]B, 길 지도 [\d.]+ MB/,
    download: "받기", facts: /식당 [\d,]+곳 · [\d.]+ MB · .*저장/, map: "지도", list: "찾은 곳", onFoot: /\d+ m · 걸어서/, stand: /오프라인이에요. .*저장한 식당/,
    vegan: "비건 메뉴 있음", open: "영업 중", closes: /영업/, remove: "삭제", removed: "지역을 삭제했어요", here: "내 주변 5 km",
  },
];

for (const words of WORDS) {
  test.describe(`an area that is kept, ${words.locale}`, () => {
    test.use({ locale: words.locale });

    test("near me works without a network, with diets, distances and what is open", async ({ page, context }) => {
      test.slow();
      await standAt(context, words.position);
      await page.goto("/");
      await readyForOffline(page);
      await page.getByRole("link", { name: words.saved, exact: true }).filter({ visible: true }).first().click();
      await expect(page.getByRole("heading", { name: words.title })).toBeVisible();
      await page.getByRole("button", { name: words.add }).click();
      const dialog = page.getByRole("dialog").filter({ visible: true });
      await dialog.getByRole("button", { name: words.nearMe }).click();
      await expect(dialog.getByText(words.measured)).toBeVisible();
      await expectAccessible(page);
      await dialog.getByRole("button", { name: words.download }).click();
      await expect(dialog).toHaveCount(0);
      await expect(page.getByText(words.here)).toBeVisible();
      await expect(page.getByText(words.facts)).toBeVisible();

      await context.setOffline(true);
      await go(page, words.map);
      const list = page.getByRole("region", { name: words.list });
      await expect(list.getByText(words.stand)).toBeVisible();
      await expect(list.getByRole("article").first()).toContainText(words.onFoot);
      const all = await list.getByRole("article").count();
      await page.getByRole("button", { name: words.vegan }).first().click();
      await expect.poll(() => list.getByRole("article").count()).toBeLessThanOrEqual(all);
      await expect(list.getByRole("article").first()).toContainText(words.onFoot);
      await list.getByRole("article").first().getByRole("link").first().click();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.reload();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

      await page.getByRole("link", { name: words.saved, exact: true }).filter({ visible: true }).first().click();
      await page.getByRole("button", { name: words.remove }).click();
      await expect(page.getByText(words.removed)).toBeVisible();
      await expect(page.getByText(words.facts)).toHaveCount(0);
    });
  });
}
