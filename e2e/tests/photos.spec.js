// Photos as people use them: on a post, as one's picture, in a chat; without a network too.
import { expect, expectAccessible, readyForOffline, test } from "./app.js";
import { ENGLISH, go, join, post, talkToAuthor, unique } from "./person.js";

test.use({ locale: "en-GB" });

const PICTURES = ["../ui/assets/icons/icon-512.png", "../ui/assets/icons/icon-192.png"];

/** Whether all pictures of a part of the page are there. */
const loaded = (part) => part.locator("img").evaluateAll((images) => images.length > 0 && images.every((image) => image.complete && image.naturalWidth > 0));

test("photos are put on a post, described, reordered, and looked at large", async ({ page }) => {
  await join(page, unique("author"));
  const title = unique("Pictures");
  await post(page, title, async () => {
    const photos = page.getByRole("group", { name: "Photos" });
    await photos.getByLabel("Add photos").setInputFiles([...PICTURES, "package.json"]);
    await expect(page.getByText("isn’t a picture")).toBeVisible();
    await expect(photos.getByRole("listitem")).toHaveCount(2);
    await photos.getByLabel("Photo 1: what it shows").fill("A big leaf");
    await photos.getByLabel("Photo 2: what it shows").fill("A small leaf");
    await photos.getByRole("button", { name: "Move photo 2 forward" }).click();
    await expect(photos.getByLabel("Photo 1: what it shows")).toHaveValue("A small leaf");
    await expect.poll(() => loaded(photos)).toBe(true);
    await expectAccessible(page);
  });
  const article = page.getByRole("main");
  await expect(article.getByRole("img", { name: "leaf" }).first()).toHaveAttribute("alt", "A small leaf");
  await expect.poll(() => loaded(article.locator(".gallery"))).toBe(true);
  await expectAccessible(page);
  await page.getByRole("button", { name: "See larger: A big leaf" }).click();
  const large = page.getByRole("dialog", { name: "A big leaf" });
  await expect.poll(() => loaded(large)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(large).toBeHidden();
  // The edit has them, and takes one away.
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("button", { name: "Remove photo 1" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(article.locator(".gallery img")).toHaveCount(1);
  await expect(article.locator(".gallery img")).toHaveAttribute("alt", "A big leaf");
  await go(page, ENGLISH.board);
  await expect.poll(() => loaded(page.getByRole("article").filter({ hasText: title }).locator(".post-thumb"))).toBe(true);
});

test("a photo taken without a network goes with its post when there is one", async ({ page, context }) => {
  await join(page, unique("away"));
  await readyForOffline(page);
  await go(page, ENGLISH.board);
  await page.getByRole("link", { name: ENGLISH.write }).first().click();
  await context.setOffline(true);
  const title = unique("Offline");
  await page.getByLabel(ENGLISH.title).fill(title);
  await page.getByLabel("Add photos").setInputFiles(PICTURES[0]);
  await expect.poll(() => loaded(page.getByRole("group", { name: "Photos" }))).toBe(true);
  await page.getByRole("button", { name: ENGLISH.post, exact: true }).click();
  await expect(page.getByText(title)).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("link", { name: title }).click();
  await expect.poll(() => loaded(page.locator(".gallery"))).toBe(true);
});

test("one's picture is beside what one writes, and a chat has photos, cards, lines and links", async ({ page, browser }) => {
  test.slow();
  const [one, two] = [unique("one"), unique("two")];
  await join(page, one);
  await page.getByLabel("Choose a picture").setInputFiles(PICTURES[0]);
  await expect.poll(() => loaded(page.locator(".profile-picture"))).toBe(true);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Profile saved", { exact: true }).filter({ visible: true })).toBeVisible();
  const title = unique("With a face");
  await post(page, title);
  await expect.poll(() => loaded(page.locator(".byline").first())).toBe(true);

  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await join(other, two);
  // Something to send.
  await go(other, ENGLISH.recipes);
  const recipe = await other.getByRole("article").first().getByRole("link").first().innerText();
  await other.getByRole("article").first().getByRole("button", { name: /^Save/ }).click();
  await talkToAuthor(other, title, one);
  const log = other.getByRole("log");
  await other.getByLabel("Send a photo").setInputFiles(PICTURES[1]);
  await expect.poll(() => loaded(log)).toBe(true);
  await other.getByRole("button", { name: "Send something saved" }).click();
  await other.getByRole("dialog").getByRole("button", { name: recipe }).click();
  await expect(log.getByRole("link", { name: recipe })).toBeVisible();
  const line = other.getByRole("textbox", { name: ENGLISH.message });
  await line.fill("see https://hnh.example/a.");
  await line.press("Shift+Enter");
  await line.pressSequentially("second line");
  await expectAccessible(other);
  await other.getByRole("button", { name: "Send", exact: true }).click();
  await expect(log.getByRole("link", { name: "https://hnh.example/a" })).toBeVisible();
  await expect(log.getByText("second line")).toBeVisible();

  await go(page, ENGLISH.chat);
  await page.getByRole("link", { name: new RegExp(two) }).click();
  await expect.poll(() => loaded(page.getByRole("log"))).toBe(true);
  await expect(page.getByRole("log").getByRole("link", { name: recipe })).toBeVisible();
  await page.getByRole("log").getByRole("button", { name: "See larger: Photo" }).click();
  await expect.poll(() => loaded(page.getByRole("dialog"))).toBe(true);
  await context.close();
});
