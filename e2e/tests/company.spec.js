// Boards and meals as people use them: from a place or a recipe, with drafts, edits, answers and reports, by clicking.
import { GANGNAM, expect, expectAccessible, standAt, test } from "./app.js";
import { ENGLISH, PASSWORD, go, join, unique } from "./person.js";

test.use({ locale: "en-GB" });

/** Opens the editor of the information board. */
async function write(page) {
  await go(page, ENGLISH.board);
  await page.getByRole("link", { name: ENGLISH.write }).first().click();
  await expect(page.getByLabel(ENGLISH.title)).toBeVisible();
}

/** Writes a post and opens it. */
async function post(page, title, { text = "", tags = "" } = {}) {
  await write(page);
  await page.getByLabel(ENGLISH.title).fill(title);
  await page.getByLabel("Text", { exact: true }).fill(text);
  await page.getByLabel(/^Tags/).fill(tags);
  await page.getByRole("button", { name: ENGLISH.post, exact: true }).click();
  await page.getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** A local time for a field, so many days ahead. */
function ahead(days) {
  const date = new Date(Date.now() + days * 86_400_000);
  const two = (n) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T19:00`;
}

test("from a place to a meal there, with an account made on the way", async ({ page, context }) => {
  await standAt(context, GANGNAM);
  await page.goto("/");
  await page.getByRole("button", { name: "Places near me" }).click();
  const row = page.getByRole("region", { name: "Places found" }).getByRole("article").first();
  await row.getByRole("link").first().click();
  const together = page.getByRole("link", { name: "Eat here together" });
  await expect(together).toBeVisible();
  const place = await page.getByRole("heading", { level: 1 }).innerText();
  await together.click();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  const name = unique("host");
  await page.getByRole("radio", { name: ENGLISH.join }).check();
  await page.getByLabel(ENGLISH.user, { exact: true }).fill(name);
  await page.getByLabel(ENGLISH.email).fill(`${name}@example.com`);
  await page.getByLabel(ENGLISH.password).fill(PASSWORD);
  await page.getByRole("button", { name: ENGLISH.join }).click();
  // Back where one was, with the place chosen.
  await expect(page.locator(".venue-picked")).toContainText(place);
  await expectAccessible(page);
  const title = unique("Lunch");
  await page.getByLabel(ENGLISH.title).fill(title);
  await page.getByLabel("Date and time").fill(ahead(3));
  await page.getByRole("button", { name: ENGLISH.post, exact: true }).click();
  // The list says where and when.
  const listed = page.getByRole("article").filter({ hasText: title });
  await expect(listed).toContainText(place);
  await expectAccessible(page);
});

test("a venue is found by its name, the nearest first, and can be another", async ({ page, context }) => {
  await standAt(context, GANGNAM);
  await join(page, unique("venue"));
  await go(page, ENGLISH.board);
  await page.getByRole("radio", { name: "Meal buddies" }).check();
  await page.getByRole("link", { name: "Host a meal" }).first().click();
  await page.getByLabel("Find a place").fill("본죽");
  const found = page.getByRole("list", { name: "Place", exact: true }).getByRole("button");
  await expect(found.first()).toContainText("본죽");
  await found.first().click();
  await expect(page.locator(".venue-picked")).toContainText("본죽");
  await page.getByRole("button", { name: "Choose another place" }).click();
  await expect(page.getByLabel("Find a place")).toBeVisible();
});

test("what was typed is there again, until it is sent or thrown away", async ({ page }) => {
  await join(page, unique("draft"));
  await write(page);
  const title = unique("Half a thought");
  await page.getByLabel(ENGLISH.title).fill(title);
  await page.getByLabel("Text", { exact: true }).fill("about **tofu**");
  await go(page, ENGLISH.recipes);
  await write(page);
  await expect(page.getByLabel(ENGLISH.title)).toHaveValue(title);
  await expect(page.getByLabel("Text", { exact: true })).toHaveValue("about **tofu**");
  await page.reload();
  await expect(page.getByLabel(ENGLISH.title)).toHaveValue(title);
  await page.getByRole("button", { name: ENGLISH.post, exact: true }).click();
  await expect(page.getByRole("article").filter({ hasText: title })).toContainText("about tofu");
  await write(page);
  await expect(page.getByLabel(ENGLISH.title)).toHaveValue("");
  await page.getByLabel(ENGLISH.title).fill("nothing");
  await go(page, ENGLISH.recipes);
  await write(page);
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(page.getByLabel(ENGLISH.title)).toHaveValue("");
});

test("a post is rewritten, its tag leads to others, and answers say to whom", async ({ page }) => {
  await join(page, unique("writer"));
  const [title, tag] = [unique("Soup"), unique("t").slice(0, 10)];
  await post(page, title, { text: "with leek", tags: tag });
  await page.getByRole("link", { name: "Edit" }).click();
  await expect(page.getByLabel("Text", { exact: true })).toHaveValue("with leek");
  await page.getByLabel("Text", { exact: true }).fill("with leek and rice");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".prose").first()).toHaveText("with leek and rice");
  await expect(page.getByText("Edited").first()).toBeVisible();
  await page.getByLabel("Comment", { exact: true }).fill("tasty");
  await page.getByRole("button", { name: "Post comment" }).click();
  const comment = page.locator(".comment").filter({ hasText: "tasty" });
  await comment.getByRole("button", { name: "Like" }).click();
  await expect(comment.getByRole("button", { name: /Like/ })).toHaveAttribute("aria-pressed", "true");
  await comment.getByRole("button", { name: "Reply" }).click();
  const answer = page.getByLabel(/^Reply to /);
  await expect(answer).toBeFocused();
  await answer.fill("and quick");
  await page.getByRole("button", { name: "Post comment" }).first().click();
  await expect(page.locator(".comment").filter({ hasText: "and quick" })).toBeVisible();
  await comment.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Edit comment").fill("tasty and warm");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".comment").filter({ hasText: "tasty and warm" })).toContainText("Edited");
  await expectAccessible(page);
  await page.getByRole("link", { name: `#${tag}` }).click();
  await expect(page.getByRole("article").filter({ hasText: title })).toBeVisible();
});

test("a comment and a person are reported with a reason", async ({ page, browser }) => {
  await join(page, unique("author"));
  const title = unique("Debate");
  await post(page, title);
  await page.getByLabel("Comment", { exact: true }).fill("rude words");
  await page.getByRole("button", { name: "Post comment" }).click();
  await expect(page.locator(".comment")).toContainText("rude words");
  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await join(other, unique("reader"));
  await go(other, ENGLISH.board);
  await other.getByRole("link", { name: title }).click();
  const comment = other.locator(".comment");
  await comment.getByRole("button", { name: "Report" }).click();
  await other.getByLabel("Reason").selectOption({ label: "Insults or harassment" });
  await expectAccessible(other);
  await other.getByRole("button", { name: "Send report" }).click();
  await expect(other.getByText("A moderator will take a look")).toBeVisible();
  await comment.locator(".person-link").click();
  await expect(comment).toHaveCount(0);
  await other.getByRole("button", { name: "Report" }).click();
  await other.getByRole("button", { name: "Send report" }).click();
  await expect(other.getByText("A moderator will take a look").last()).toBeVisible();
  await context.close();
});

test("a recipe to cook together is on the invitation", async ({ page }) => {
  await join(page, unique("cook"));
  await go(page, ENGLISH.recipes);
  await page.getByRole("article").first().getByRole("link").first().click();
  const together = page.getByRole("link", { name: "Cook this together" });
  await expect(together).toBeVisible();
  const recipe = await page.getByRole("heading", { level: 1 }).innerText();
  await together.click();
  await expect(page.locator(".venue-picked")).toContainText(recipe);
});

test("who is named hears of it, and reads what was said before", async ({ page, browser }) => {
  const author = unique("alma");
  await join(page, author);
  const title = unique("Stew");
  await post(page, title, { text: "with barley" });
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Text", { exact: true }).fill("with barley and kale");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Earlier versions" }).click();
  await expect(page.locator(".history-version").first()).toContainText("with barley");
  await expectAccessible(page);

  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await join(other, unique("reader"));
  await go(other, ENGLISH.board);
  await other.getByRole("link", { name: title }).click();
  await other.getByLabel("Comment", { exact: true }).fill(`@${author} how long does it take?`);
  await other.getByRole("button", { name: "Post comment" }).click();
  await expect(other.locator(".comment")).toContainText("how long");
  await context.close();

  const bell = page.getByRole("link", { name: /^Notices/ }).filter({ visible: true }).first();
  await expect(bell).toHaveAccessibleName(/not seen/);
  await bell.click();
  const notice = page.getByRole("article").filter({ hasText: "mentioned" }).filter({ hasText: "how long does it take?" });
  await expect(notice.getByText("New", { exact: true })).toBeVisible();
  await expect(bell).not.toHaveAccessibleName(/not seen/);
  await expectAccessible(page);
  await notice.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
});

test("a meal is called off, and everybody reads why", async ({ page, context, browser }) => {
  await standAt(context, GANGNAM);
  await join(page, unique("host"));
  await go(page, ENGLISH.board);
  await page.getByRole("radio", { name: "Meal buddies" }).check();
  await page.getByRole("link", { name: "Host a meal" }).first().click();
  const title = unique("Dinner");
  await page.getByLabel(ENGLISH.title).fill(title);
  await page.getByLabel("Date and time").fill(ahead(2));
  await page.getByRole("list", { name: "Place", exact: true }).getByRole("button").first().click();
  await page.getByRole("button", { name: ENGLISH.post, exact: true }).click();
  await page.getByRole("link", { name: title }).click();
  await page.getByRole("button", { name: "Call it off" }).click();
  await page.getByLabel(/^Why\?/).fill("The cook is ill");
  await page.getByRole("button", { name: "Call the meal off" }).click();
  await expect(page.locator(".meal")).toContainText("The cook is ill");
  const other = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await other.goto("/");
  await go(other, ENGLISH.board);
  await other.getByRole("radio", { name: "Meal buddies" }).check();
  await other.getByRole("link", { name: title }).click();
  await expect(other.locator(".meal")).toContainText("The cook is ill");
  await other.context().close();
});

test("people who share a diet and a time are suggested, with the reason", async ({ page, browser }) => {
  const share = async (page, name) => {
    await join(page, name);
    await page.getByRole("group", { name: "Diets" }).getByRole("button", { name: "Vegan", exact: true }).click();
    await page.getByRole("group", { name: "Free times" }).getByRole("button", { name: "Weekend lunch" }).click();
    const shown = page.getByRole("group", { name: "Shown to others" });
    await shown.getByLabel("Diets").check();
    await shown.getByLabel("Free times").check();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Profile saved")).toBeVisible();
  };
  const context = await browser.newContext({ locale: "en-GB" });
  await share(await context.newPage(), unique("nora"));
  await share(page, unique("olga"));
  await go(page, ENGLISH.board);
  await page.getByRole("radio", { name: "Meal buddies" }).check();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { name: "You may like to eat with" })).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await expect(page.locator("section").filter({ hasText: "You may like to eat with" }).getByText("Weekend lunch").first()).toBeVisible();
  await context.close();
});
