// Places by the words people type: stations, dishes in either language, initials, slips, and what is suggested meanwhile.
import { CITY_HALL, expect, expectAccessible, standAt, test } from "./app.js";

const WORDS = {
  "ko-KR": {
    places: "가까운 식당", search: "식당, 메뉴, 음식 종류", list: "찾은 곳", onFoot: /걸어서/, station: "강남역", hongdae: "홍대", hongdaeStation: "홍대입구역",
    menu: /^메뉴: /, recent: "최근 검색", clearRecent: "최근 검색 지우기", filters: /^필터/, at: "시간 지정", day: "요일", time: "시각",
    friday: /^금요일/, show: /보기/, busan: "부산", area: "해운대구", dated: /\d{4}-\d{2} 기준/, map: "지도",
  },
  "en-GB": {
    places: "Places near me", search: "Place, dish or cuisine", list: "Places found", onFoot: /on foot/, station: "Gangnam Station", hongdae: "Hongdae",
    hongdaeStation: "Hongdaeipgu Station", menu: /^Menu: /, recent: "Recent searches", clearRecent: "Clear recent searches", filters: /^Filters/,
    at: "Set a time", day: "Day", time: "Time", friday: /^Fri/, show: /^Show/, busan: "Busan", area: "Haeundae-gu", dated: /As of \d{4}-\d{2}/, map: "Map",
  },
};

for (const [locale, words] of Object.entries(WORDS)) test.describe(locale, () => {
  test.use({ locale });
  const list = (page) => page.getByRole("region", { name: words.list });
  const rows = (page) => list(page).getByRole("article");
  const field = (page) => page.getByRole("combobox", { name: words.search });
  const options = (page) => page.getByRole("listbox").getByRole("option");

  /** The map around Seoul City Hall, opened from home. */
  async function openMap(page, context) {
    await standAt(context, CITY_HALL);
    await page.goto("/");
    await page.getByRole("button", { name: words.places }).click();
    await expect(list(page).getByText(words.onFoot).first()).toBeVisible();
  }

  /** Looks for words and waits until the list is theirs. */
  async function search(page, text) {
    await field(page).fill(text);
    await field(page).press("Enter");
    await expect(page).toHaveURL(/[?&]q=/);
    await expect(list(page).locator("[aria-busy=true]")).toHaveCount(0);
    await expect(rows(page).first()).toBeVisible();
  }

  test("a station's name is a place to search around", async ({ page, context }) => {
    await openMap(page, context);
    await field(page).fill(words.station);
    await field(page).press("Enter");
    await expect(page.locator(".spot-name")).toHaveText(words.station);
    await expect(field(page)).toHaveValue("");
    await expect(rows(page).first()).toContainText(/\d+ m/);
  });

  test("what people call a station is suggested, by mouse and by keyboard", async ({ page, context }) => {
    await openMap(page, context);
    await field(page).fill(words.hongdae);
    const meant = options(page).filter({ hasText: words.hongdaeStation });
    await expect(meant).toBeVisible();
    await expectAccessible(page);
    await meant.click();
    await expect(page.locator(".spot-name")).toHaveText(words.hongdaeStation);
    await field(page).fill(words.station);
    const first = options(page).first();
    await expect(first).toContainText(words.station);
    await field(page).press("ArrowDown");
    await expect(first).toHaveAttribute("aria-selected", "true");
    await expect(field(page)).toHaveAttribute("aria-activedescendant", await first.getAttribute("id"));
    await field(page).press("Enter");
    await expect(page.locator(".spot-name")).toHaveText(words.station);
    await field(page).fill(words.hongdae);
    await expect(options(page).first()).toBeVisible();
    await field(page).press("Escape");
    await expect(options(page)).toHaveCount(0);
  });

  test("a dish finds who has it on the menu, in either language, and says so", async ({ page, context }) => {
    await openMap(page, context);
    const found = [];
    for (const dish of ["비빔밥", "bibimbap"]) {
      await search(page, dish);
      await expect(list(page).getByText(words.menu).filter({ hasText: "비빔밥" }).first()).toBeVisible();
      found.push(await rows(page).evaluateAll((rows) => rows.map((row) => row.id)));
    }
    expect(found[1].filter((id) => found[0].includes(id)).length).toBeGreaterThan(10);
  });

  test("initials find a name before a menu, and one wrong letter is forgiven", async ({ page, context }) => {
    await openMap(page, context);
    await search(page, "ㅂㅈ");
    const names = await rows(page).locator("h3 a").allInnerTexts();
    const initials = (name) => [...name].map((c) => (c >= "가" && c <= "힣" ? "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"[Math.floor((c.charCodeAt(0) - 0xac00) / 588)] : " ")).join("");
    expect(names.slice(0, 5).filter((name) => !initials(name).includes("ㅂㅈ"))).toEqual([]);
    await search(page, "비밤밥");
    await expect(list(page).getByText("비빔밥").first()).toBeVisible();
  });

  test("what was looked for is offered again, and can be forgotten", async ({ page, context }) => {
    await openMap(page, context);
    await search(page, "비빔밥");
    await field(page).fill("");
    await expect(list(page).getByText(words.onFoot).first()).toBeVisible();
    await expect(page).not.toHaveURL(/[?&]q=/);
    await expect(page.getByText(words.recent, { exact: true })).toBeVisible();
    await options(page).filter({ hasText: "비빔밥" }).click();
    await expect(page).toHaveURL(/[?&]q=/);
    await field(page).fill("");
    await page.getByRole("button", { name: words.clearRecent }).click();
    await field(page).blur();
    await field(page).focus();
    await expect(options(page)).toHaveCount(0);
  });

  test("the map's own tab keeps the search near", async ({ page, context }) => {
    await openMap(page, context);
    await search(page, "버거");
    await page.getByRole("navigation").getByRole("link", { name: words.map, exact: true }).filter({ visible: true }).click();
    await expect(field(page)).toHaveValue("");
    await search(page, "버거");
    const far = (await rows(page).allInnerTexts()).filter((row) => !/\d+ k?m/.test(row) || /\d{3,} km/.test(row));
    expect(far).toEqual([]);
  });

  test("in Busan the hours are known", async ({ page, context }) => {
    await openMap(page, context);
    await page.locator(".spot-name").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("searchbox").fill(words.area);
    await dialog.getByRole("button", { name: new RegExp(words.area) }).first().click();
    await expect(page.locator(".spot-name")).toContainText(words.area);
    await page.getByRole("button", { name: words.filters }).click();
    const filters = page.getByRole("dialog");
    await filters.getByRole("radio", { name: words.at }).click();
    const day = filters.getByRole("combobox", { name: words.day });
    const friday = (await day.getByRole("option").allInnerTexts()).find((name) => words.friday.test(name));
    await day.selectOption({ label: friday });
    await filters.getByRole("combobox", { name: words.time }).selectOption("12:30");
    await filters.getByRole("button", { name: words.show }).click();
    await expect.poll(() => rows(page).count()).toBeGreaterThan(10);
    await rows(page).first().getByRole("link").first().click();
    // Each source says of when it is.
    await expect(page.locator(".credit").getByText(words.dated).first()).toBeVisible();
    await expectAccessible(page);
  });

  test("who reads no Korean can say the name", async ({ page, context }) => {
    await openMap(page, context);
    await search(page, "비빔밥");
    const latin = rows(page).locator("h3 .in-latin");
    if (locale === "en-GB") {
      await expect(latin.first()).toHaveText(/^[A-Z][\x20-\x7e]+$/);
    } else {
      await expect(latin).toHaveCount(0);
    }
  });
});
