// The main job, by clicking from a fresh start: what is near me, in Gangnam and in Berlin, with the position and without.
import { ALEXANDERPLATZ, CITY_HALL, GANGNAM, expect, standAt, test } from "./app.js";

const WORDS = {
  "ko-KR": {
    places: "가까운 식당", nearMe: "내 주변", map: "지도", list: "찾은 곳", onFoot: /\d+ m · 걸어서/, filters: /^필터/, pick: "지역 고르기", where: "어느 지역에서 찾을까요?",
    off: /위치 권한이 꺼져 있어요/, area: "강남구", vegan: "비건 메뉴 있음", at: "시간 지정", day: "요일", time: "시각", friday: /^금요일/, show: /보기/, unknown: /영업시간 모름 \d+곳/,
    taller: "목록 펼치기", smaller: "목록 접기", way: /[\d.]+ k?m · 걸어서/, onMap: "지도에서 보기", search: "식당, 메뉴, 음식 종류", best: /^잘 맞는 \d+곳|^\d+곳/,
    none: "5 km 안에는 없어요", drop: /^‘🦄qqzzx’ 빼기 \(\d+개\)/,
  },
  "en-GB": {
    places: "Places near me", nearMe: "Near me", map: "Map", list: "Places found", onFoot: /\d+ m · \d+ min on foot/, filters: /^Filters/, pick: "Pick an area", where: "Where shall we look?",
    off: /Location is off/, area: "Gangnam-gu", vegan: "Vegan options", at: "Set a time", day: "Day", time: "Time", friday: /^Fri/, show: /^Show/, unknown: /Hours unknown: \d+/,
    taller: "Expand list", smaller: "Collapse list", way: /[\d.]+ k?m · \d+ min on foot/, onMap: "Show on the map", search: "Place, dish or cuisine",
    best: /^Best \d+|^\d+ places?/, none: "Nothing within 5 km", drop: /^Remove “🦄qqzzx” \(\d+\)/,
  },
};
const CITIES = { Gangnam: GANGNAM, Berlin: ALEXANDERPLATZ };

/** The ids of the nearest places, by the server. */
async function nearest(request, { latitude, longitude }, more = {}) {
  const reply = await request.get("/api/v1/restaurants", { params: { lat: latitude, lon: longitude, limit: 5, ...more } });
  return (await reply.json()).items.map(({ place }) => place.id);
}

const tab = (page, name) => page.getByRole("navigation").getByRole("link", { name, exact: true }).filter({ visible: true });
/** The ids of the places listed. */
const listed = (list) => list.locator("article[id^=place-]").evaluateAll((rows) => rows.map((row) => row.id.replace("place-", "")));

for (const [locale, words] of Object.entries(WORDS)) {
  test.describe(locale, () => {
    test.use({ locale });
    const list = (page) => page.getByRole("region", { name: words.list });

    for (const [city, position] of Object.entries(CITIES)) {
      test(`near me in ${city}, from home's button`, async ({ page, context, request }) => {
        await standAt(context, position);
        await page.goto("/");
        await page.getByRole("button", { name: words.places }).click();
        await expect(list(page).getByText(words.onFoot).first()).toBeVisible();
        const want = await nearest(request, position);
        expect((await listed(list(page))).slice(0, 5)).toEqual(want);
      });

      test(`near me in ${city}, from the map's button`, async ({ page, context, request }) => {
        await standAt(context, position);
        await page.goto("/");
        await tab(page, words.map).click();
        // Before anybody says where they are, no distance is told.
        await expect(list(page).getByRole("article").first()).toBeVisible();
        await expect(list(page).getByText(/\d+ k?m\b/)).toHaveCount(0);
        await page.getByRole("button", { name: words.nearMe }).first().click();
        await expect(list(page).getByText(words.onFoot).first()).toBeVisible();
        const want = await nearest(request, position);
        await expect.poll(async () => (await listed(list(page))).slice(0, 5)).toEqual(want);
        // The map shows the same set, above the sheet, with the blue dot.
        const shown = (await listed(list(page))).length;
        await expect(page.locator("#map")).toHaveAttribute("data-shown", String(shown));
        const [dot, sheet] = [page.locator(".map-here"), list(page)];
        await expect(dot).toBeVisible();
        await expect.poll(async () => {
          const [mark, body, map] = [await dot.boundingBox(), await sheet.boundingBox(), await page.locator("#map").boundingBox()];
          const beside = body.x + body.width <= map.x + 1;
          return mark.y > map.y && (beside || mark.y + mark.height < body.y);
        }).toBe(true);
      });
    }

    test("the mark follows who walks, and the list stays as it was", async ({ page, context }) => {
      await standAt(context, GANGNAM);
      await page.goto("/");
      await tab(page, words.map).click();
      await page.getByRole("button", { name: words.nearMe }).first().click();
      await expect(list(page).getByText(words.onFoot).first()).toBeVisible();
      const before = await listed(list(page));
      const dot = page.locator(".map-here");
      await expect(dot).toBeVisible();
      // The map comes to rest before anybody walks.
      let at;
      await expect.poll(async () => {
        const [was, now] = [at, await dot.boundingBox()];
        at = now;
        return was?.y === now.y;
      }, { intervals: [500] }).toBe(true);
      await context.setGeolocation({ latitude: GANGNAM.latitude + 0.003, longitude: GANGNAM.longitude });
      await expect.poll(async () => (await dot.boundingBox()).y).toBeLessThan(at.y - 5);
      expect(await listed(list(page))).toEqual(before);
    });

    test("a denied position leads to picking an area, which is remembered", async ({ page }) => {
      await page.goto("/");
      await page.getByRole("button", { name: words.places }).click();
      const dialog = page.getByRole("dialog", { name: words.where });
      await expect(dialog.getByText(words.off)).toBeVisible();
      await dialog.getByRole("searchbox").fill(words.area);
      await dialog.getByRole("button", { name: new RegExp(words.area) }).first().click();
      await expect(list(page).getByText(words.onFoot).first()).toBeVisible();
      await page.reload();
      await expect(page.getByRole("button", { name: new RegExp(words.area) })).toBeVisible();
    });

    test("a vegan dish on Friday at 19:30 at Seoul City Hall", async ({ page, context }) => {
      await standAt(context, CITY_HALL);
      await page.goto("/");
      await page.getByRole("button", { name: words.places }).click();
      await expect(list(page).getByText(words.onFoot).first()).toBeVisible();
      await page.getByRole("button", { name: words.filters }).click();
      const filters = page.getByRole("dialog");
      await filters.getByRole("button", { name: words.vegan }).click();
      await filters.getByRole("radio", { name: words.at }).click();
      const day = filters.getByRole("combobox", { name: words.day });
      const friday = (await day.getByRole("option").allInnerTexts()).find((name) => words.friday.test(name));
      await day.selectOption({ label: friday });
      await filters.getByRole("combobox", { name: words.time }).selectOption("19:30");
      // How many have unknown hours is counted on the button …
      const show = filters.getByRole("button", { name: words.show });
      await expect(show).toHaveText(words.unknown);
      await show.click();
      // … and they are a group of their own; what is listed besides is open then.
      const unknown = list(page).getByRole("button", { name: words.unknown });
      await expect(unknown).toBeVisible();
      if (await unknown.getAttribute("aria-expanded") === "false") await unknown.click();
      await expect(page.locator(".unknown-hours article").first()).toBeVisible();
      const open = await list(page).locator(".map-list-body > .place-rows article").allInnerTexts();
      expect(open.filter((text) => !/19:30/.test(text))).toEqual([]);
      // Each wish is a chip, and can be dropped.
      const chips = list(page).getByRole("listitem").filter({ hasText: "19:30" }).getByRole("button");
      await chips.first().click();
      await expect(unknown).toHaveCount(0);
      await expect(list(page).getByRole("article").first()).toBeVisible();
    });
  });
}

for (const [locale, words] of Object.entries(WORDS)) test.describe(`the sheet and the map, ${locale}`, () => {
  test.use({ locale });
  const list = (page) => page.getByRole("region", { name: words.list });

  async function standInBerlin(page, context) {
    await standAt(context, ALEXANDERPLATZ);
    await page.goto("/");
    await page.getByRole("button", { name: words.places }).click();
    await expect(list(page).getByText(words.onFoot).first()).toBeVisible();
    await expect(page.locator("#map")).toHaveAttribute("data-ready", "true");
  }

  test("a cluster that is pressed comes apart, and a marker shows its card", async ({ page, context }) => {
    await standInBerlin(page, context);
    const map = await page.locator("#map canvas").boundingBox();
    const sheet = await list(page).boundingBox();
    const beside = sheet.x + sheet.width <= map.x + 1;
    const bottom = beside ? map.y + map.height : Math.min(sheet.y, map.y + map.height);
    const chosen = page.locator(".place-chosen");
    // From the middle of what is seen of the map outwards, until a marker was found; a cluster on the way opens.
    const cursorAt = ([x, y]) => new Promise((tell) => {
      // The map says what is under the pointer with its next frame.
      requestAnimationFrame(() => requestAnimationFrame(() => tell(getComputedStyle(document.elementFromPoint(x, y)).cursor)));
    });
    for (let turn = 0, presses = 0; turn < 1_200 && presses < 8; turn += 1) {
      const angle = Math.sqrt(turn) * 2.4;
      const [x, y] = [map.x + map.width / 2 + 3.6 * angle * Math.cos(angle), (map.y + bottom) / 2 + 3.6 * angle * Math.sin(angle)];
      if (x < map.x + 8 || x > map.x + map.width - 60 || y < map.y + 8 || y > bottom - 8) continue;
      await page.mouse.move(x, y);
      if (await page.evaluate(cursorAt, [x, y]) !== "pointer") continue;
      const before = await page.locator("#map").getAttribute("data-shown");
      await page.mouse.click(x, y);
      presses += 1;
      turn = 0;
      if (await chosen.first().waitFor({ timeout: 2_500 }).then(() => true, () => false)) break;
      expect(await page.locator("#map").getAttribute("data-shown")).toBe(before);
    }
    await expect(chosen).toHaveCount(1);
    await expect(chosen).toBeInViewport();
  });

  test("back from a place finds the list where it was", async ({ page, context, isMobile }) => {
    await standInBerlin(page, context);
    if (isMobile) await list(page).getByRole("button", { name: words.taller }).click();
    const row = list(page).getByRole("article").nth(20);
    await row.scrollIntoViewIfNeeded();
    const [name, before] = [await row.getByRole("heading").innerText(), await row.boundingBox()];
    await row.getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await page.goBack();
    await expect(row.getByRole("heading")).toHaveText(name);
    await expect.poll(async () => Math.abs((await row.boundingBox()).y - before.y)).toBeLessThan(20);
  });

  test("a place is shown on the map, chosen, with its distance from me", async ({ page, context }) => {
    await standInBerlin(page, context);
    const row = list(page).getByRole("article").nth(4);
    const told = (await row.innerText()).match(words.way)[0];
    const name = await row.getByRole("heading").innerText();
    await row.getByRole("link").click();
    await page.getByRole("button", { name: words.onMap }).click();
    const chosen = page.locator(".place-chosen");
    await expect(chosen.getByRole("heading")).toHaveText(name);
    await expect(chosen).toContainText(told);
  });

  test("the sheet follows the finger", async ({ page, context, isMobile }) => {
    test.skip(!isMobile, "on a wide window the list stands beside the map");
    await standInBerlin(page, context);
    const handle = list(page).getByRole("button", { name: words.taller });
    const box = await handle.boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const height = () => list(page).evaluate((sheet) => sheet.clientHeight);
    const before = await height();
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y - 60, { steps: 4 });
    expect(Math.abs((await height()) - before - 60)).toBeLessThan(3);
    await page.mouse.move(x, y - 260, { steps: 8 });
    await page.mouse.up();
    await expect(list(page).getByRole("button", { name: words.smaller })).toBeVisible();
  });

  test("words are looked for, said when they find nothing, and taken away again", async ({ page, context }) => {
    await standInBerlin(page, context);
    const field = page.getByRole("combobox", { name: words.search });
    await field.fill("falafel");
    await field.press("Enter");
    await expect(list(page).getByText(words.best)).toBeVisible();
    await field.fill("🦄qqzzx");
    await field.press("Enter");
    await expect(list(page).getByText(words.none)).toBeVisible();
    // What to drop is offered.
    await list(page).getByRole("button", { name: words.drop }).click();
    await expect(field).toHaveValue("");
    await expect(list(page).getByRole("article").first()).toBeVisible();
    await expect(list(page).getByText(words.none)).toHaveCount(0);
  });

  test("nonsense in an address is no dead end", async ({ page }) => {
    await page.goto("/map?bbox=1,2&diet=unicorn");
    await expect(list(page).getByRole("article").first()).toBeVisible();
  });
});
