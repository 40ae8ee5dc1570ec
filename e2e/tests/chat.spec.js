// A chat as two people have it, in both languages: followed, left, told of elsewhere, read.
import { expect, test } from "./app.js";
import { ENGLISH, KOREAN, go, join, unique } from "./person.js";

for (const words of [KOREAN, ENGLISH]) {
  test.describe(words.locale, () => {
    test.use({ locale: words.locale });

    test("a chat of twenty messages is followed, and what is read is no longer new", async ({ page, browser }) => {
      test.slow();
      const [one, two] = [unique("one"), unique("two")];
      await join(page, one, words);
      const context = await browser.newContext({ locale: words.locale });
      const other = await context.newPage();
      await join(other, two, words);

      // From a post to its author, and from there to a chat.
      await go(page, words.board);
      await page.getByRole("link", { name: words.write }).first().click();
      await page.getByLabel(words.title).fill(`Lunch with ${one}`);
      await page.getByRole("button", { name: words.post, exact: true }).click();
      await go(other, words.board);
      await other.getByRole("link", { name: `Lunch with ${one}` }).click();
      await other.getByRole("link", { name: one, exact: true }).click();
      await other.getByRole("button", { name: words.talk, exact: true }).click();
      const line = (who) => who.getByRole("textbox", { name: words.message });
      const said = (who, text) => who.getByRole("log").getByText(text, { exact: true });
      const send = async (who, text) => {
        await line(who).fill(text);
        // A phone's Enter begins a line.
        if (await who.evaluate(() => matchMedia("(pointer: coarse)").matches)) await who.getByRole("button", { name: words.send, exact: true }).click();
        else await line(who).press("Enter");
        await expect(said(who, text)).toBeVisible();
      };
      await send(other, "1");
      await go(page, words.chat);
      await page.getByRole("link", { name: new RegExp(two) }).click();
      for (let i = 2; i <= 20; i += 1) await send(i % 2 ? other : page, `${i}`);
      for (const who of [page, other]) {
        await expect(said(who, "20")).toBeInViewport();
        await expect(line(who)).toBeInViewport();
      }

      // Who has scrolled up stays there, and is told.
      await other.locator("#room-log").hover();
      await other.mouse.wheel(0, -900);
      await expect(said(other, "20")).not.toBeInViewport();
      await send(page, "21");
      await expect(said(other, "21")).not.toBeInViewport();
      await other.getByRole("button", { name: words.newBelow }).click();
      await expect(said(other, "21")).toBeInViewport();

      // Elsewhere the tab tells of what is new, until it is read, and after a reload too.
      await go(other, words.recipes);
      // What arrives while the chat is still in sight is read.
      await expect(other.locator("#room-log")).toHaveCount(0);
      for (const text of ["22", "23", "24"]) await send(page, text);
      const tab = other.getByRole("navigation").getByRole("link", { name: words.chat }).filter({ visible: true });
      await expect(tab).toContainText("3");
      await expect(other).toHaveTitle(/^\(3\)/);
      await tab.click();
      await expect(other.getByRole("main").getByText(words.three)).toBeVisible();
      await other.getByRole("link", { name: new RegExp(one) }).click();
      await expect(said(other, "24")).toBeInViewport();
      await expect(page.getByText(words.read, { exact: true })).toBeVisible();
      for (const again of [false, true]) {
        if (again) await other.reload();
        else await tab.click();
        await expect(other.getByRole("heading", { level: 1, name: words.chats })).toBeVisible();
        await expect(other.getByRole("link", { name: new RegExp(one) })).toBeVisible();
        await expect(other.getByText(words.anyNew)).toHaveCount(0);
        await expect(tab).not.toContainText(/\d/);
      }
      await context.close();
    });
  });
}
