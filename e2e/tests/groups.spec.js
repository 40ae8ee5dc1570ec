// Groups, finding what was said, blocking and taking it back; what moderators decide and an appeal.
import { expect, expectAccessible, test } from "./app.js";
import { ENGLISH, go, join, makeModerator, post, talkToAuthor, unique } from "./person.js";

test.use({ locale: "en-GB" });

test("a group of three, begun with one and grown by a name; what was said is found", async ({ page, browser }) => {
  test.slow();
  const [one, two, three] = [unique("one"), unique("two"), unique("three")];
  await join(page, one);
  const title = unique("Group");
  await post(page, title);
  const contexts = await Promise.all([browser.newContext({ locale: "en-GB" }), browser.newContext({ locale: "en-GB" })]);
  const [second, third] = await Promise.all(contexts.map((context) => context.newPage()));
  await join(second, two);
  await join(third, three);
  await talkToAuthor(second, title, one);
  await go(second, ENGLISH.chat);
  await second.getByRole("button", { name: "New group" }).click();
  const form = second.getByRole("dialog", { name: "New group" });
  await form.getByRole("button", { name: "Start group" }).click();
  await expect(form.getByText("Add at least one person.")).toBeVisible();
  await form.getByLabel("Add by username").fill("nobody_has_this");
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await expect(form.getByText("Nobody has this username.")).toBeVisible();
  await form.getByLabel("Add by username").fill(`@${one}`);
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await expect(form.getByRole("checkbox", { name: one })).toBeChecked();
  await form.getByLabel("Group name").fill("Sunday soup");
  await expectAccessible(second);
  await form.getByRole("button", { name: "Start group" }).click();
  await expect(second.getByRole("heading", { level: 1, name: "Sunday soup" })).toBeVisible();
  const say = async (who, text) => {
    await who.getByRole("textbox", { name: ENGLISH.message }).fill(text);
    await who.getByRole("button", { name: "Send", exact: true }).click();
    await expect(who.getByRole("log").getByText(text)).toBeVisible();
  };
  const word = unique("radish");
  await say(second, `bring a ${word}`);
  await second.getByRole("button", { name: "Room menu" }).click();
  await second.getByLabel("Add by username").fill(three);
  await second.getByRole("button", { name: "Add", exact: true }).click();
  await expect(second.getByText("3 people")).toBeVisible();

  for (const who of [page, third]) {
    await go(who, ENGLISH.chat);
    await who.getByRole("link", { name: /Sunday soup/ }).click();
  }
  await say(third, "I bring rice");
  await expect(page.getByRole("log").getByText("I bring rice")).toBeVisible();
  await go(page, ENGLISH.chat);
  await page.getByRole("searchbox", { name: "Search messages" }).fill(word);
  await page.getByRole("main").getByRole("link", { name: new RegExp(word) }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sunday soup" })).toBeVisible();
  // Found on the device, too.
  await page.context().setOffline(true);
  await go(page, ENGLISH.chat);
  await page.getByRole("searchbox", { name: "Search messages" }).fill(word);
  await expect(page.getByRole("main").getByRole("link", { name: new RegExp(word) })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search messages" }).fill("nobody said this");
  await expect(page.getByText("No messages with these words.")).toBeVisible();
  await Promise.all(contexts.map((context) => context.close()));
});

test("whom one blocked is listed, and can be let back", async ({ page, browser }) => {
  const [one, two] = [unique("one"), unique("two")];
  await join(page, one);
  const title = unique("Loud");
  await post(page, title);
  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await join(other, two);
  await go(other, ENGLISH.board);
  await other.getByRole("link", { name: title }).click();
  await other.getByRole("link", { name: one, exact: true }).first().click();
  await other.getByRole("button", { name: "Block", exact: true }).click();
  await expect(other.getByRole("button", { name: "Unblock" })).toBeVisible();
  await other.getByRole("banner").getByRole("link", { name: ENGLISH.account }).filter({ visible: true }).click();
  const blocked = other.locator("section").filter({ has: other.getByRole("heading", { name: "Blocked people" }) });
  await expect(blocked.getByText(`@${one}`)).toBeVisible();
  await expectAccessible(other);
  await blocked.getByRole("button", { name: "Unblock" }).click();
  await expect(blocked).toHaveCount(0);
  await go(other, ENGLISH.board);
  await expect(other.getByRole("link", { name: title })).toBeVisible();
  await context.close();
});

test("a report is decided with a reason that all can read, and an appeal is heard", async ({ page, browser }) => {
  test.skip(!process.env.HNH_SERVER_PROGRAM, "makes a moderator by the server's own program");
  test.slow();
  const [author, reader, moderator] = [unique("author"), unique("reader"), unique("moder")];
  await join(page, author);
  const title = unique("Buy now");
  await post(page, title);
  const contexts = await Promise.all([browser.newContext({ locale: "en-GB" }), browser.newContext({ locale: "en-GB" })]);
  const [other, judge] = await Promise.all(contexts.map((context) => context.newPage()));
  await join(other, reader);
  await join(judge, moderator);
  makeModerator(moderator);
  await go(other, ENGLISH.board);
  await other.getByRole("link", { name: title }).click();
  await other.getByRole("button", { name: "Report" }).click();
  await other.getByRole("button", { name: "Send report" }).click();
  await expect(other.getByText("A moderator will take a look")).toBeVisible();

  await judge.reload();
  await judge.getByRole("link", { name: "Moderation" }).click();
  const row = () => judge.getByRole("article").filter({ hasText: title });
  await expect(row()).toContainText(reader);
  await expectAccessible(judge);
  await row().getByRole("button", { name: "Hide" }).click();
  await expect(row().locator(".field-wrong")).toBeVisible();
  const reason = unique("Advertising");
  await row().getByLabel("Your reason").fill(reason);
  await row().getByRole("button", { name: "Hide" }).click();
  await expect(row()).toHaveCount(0);

  // The reader no longer has it, but can read why.
  await go(other, ENGLISH.board);
  await expect(other.getByRole("link", { name: title })).toHaveCount(0);
  await other.getByRole("link", { name: "Moderators’ decisions" }).click();
  await expect(other.getByText(reason)).toBeVisible();

  // Its author is told, and asks for another look.
  await page.getByRole("banner").getByRole("link", { name: /Notices/ }).click();
  await page.getByRole("link", { name: /moderator hid/ }).first().click();
  await page.getByLabel("Why should it be shown again?").fill("It is my own kimchi, for free");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Ask for another look" }).click();
  await expect(page.getByText("A moderator will look at it again.")).toBeVisible();
  await judge.reload();
  await expect(row()).toContainText("Appeal");
  await row().getByLabel("Your reason").fill("For free is no advertising");
  await row().getByRole("button", { name: "Show again" }).click();
  await go(other, ENGLISH.board);
  await expect(other.getByRole("link", { name: title })).toBeVisible();
  await Promise.all(contexts.map((context) => context.close()));
});
