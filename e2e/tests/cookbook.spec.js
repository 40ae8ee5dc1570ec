// Recipes brought in from elsewhere, taken along, shared; a shopping list of two people, one of whom is offline.
import { expect, expectAccessible, test } from "./app.js";
import { ENGLISH, go, join, unique } from "./person.js";

test.use({ locale: "en-GB" });

const part = (page, name) => page.locator(".kitchen-parts").getByRole("link", { name, exact: true }).click();

/** My recipes, by clicking. */
async function openBook(page) {
  await go(page, ENGLISH.recipes);
  await part(page, "My recipes");
}

const PASTED = "Lentil soup\nServes 4\nIngredients\n200 g red lentils\n1 onion, chopped\n1 l vegetable stock\nMethod\nBoil for 20 minutes.\nServe.";
const PAGE = `<html><body><script type="application/ld+json">{"@type":"Recipe","name":"Bean stew","recipeYield":"2 servings",
"recipeIngredient":["400 g tinned beans","1 onion"],"recipeInstructions":["Simmer for 15 minutes."],"image":"https://x.example/a.jpg"}</script></body></html>`;

test("a pasted text and a saved page are checked, put right, kept, and taken along as a file", async ({ page }) => {
  test.slow();
  await join(page, unique("cook"));
  await openBook(page);
  await page.getByRole("link", { name: "Bring recipes in" }).click();
  await expectAccessible(page);
  const text = page.getByLabel("The recipe, as you have it");
  await text.fill("nothing to eat here");
  await page.getByRole("button", { name: "Read it" }).last().click();
  await expect(page.getByRole("alert")).toContainText("No recipe was found");
  await expect(text).toHaveValue("nothing to eat here");
  await text.fill(PASTED);
  await page.getByRole("button", { name: "Read it" }).last().click();
  await expect(page.getByRole("heading", { level: 1, name: "Check before keeping" })).toBeVisible();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue("Lentil soup");
  await expect(page.getByLabel("Servings", { exact: true })).toHaveValue("4");
  await expect(page.locator(".read-line")).toHaveCount(3);
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Lentil soup" })).toBeVisible();

  await openBook(page);
  await page.getByRole("link", { name: "Bring recipes in" }).click();
  await page.locator("#recipe-file").setInputFiles({ name: "stew.html", mimeType: "text/html", buffer: Buffer.from(PAGE) });
  await expect(page.getByText("Its picture stays where it is")).toBeVisible();
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Bean stew" })).toBeVisible();

  await openBook(page);
  await expect(page.getByText("2 recipes")).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Take all my recipes along" }).click()]);
  const file = await download.path();
  // What was taken along comes back.
  await page.getByRole("link", { name: "Bean stew" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("1 recipe", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Bring recipes in" }).click();
  await page.locator("#recipe-file").setInputFiles({ name: "hnh.zip", mimeType: "application/zip", buffer: (await import("node:fs")).readFileSync(file) });
  await expect(page.getByRole("heading", { name: "2 recipes found" })).toBeVisible();
  await page.getByRole("checkbox", { name: "Lentil soup" }).uncheck();
  await page.getByRole("button", { name: "Keep 1 recipe" }).click();
  await expect(page.getByRole("link", { name: "Bean stew" })).toBeVisible();

  // Several files at once, of which one holds no recipe.
  const plain = (name, buffer) => ({ name, mimeType: "text/plain", buffer: Buffer.from(buffer) });
  await page.getByRole("link", { name: "Bring recipes in" }).click();
  await page.locator("#recipe-file").setInputFiles([
    plain("rice.cook", "---\ntitle: Plain rice\n---\nRinse @rice{200%g} and boil it in @water{400%ml} for ~{12%minutes}."),
    plain("soup.cook", "---\ntitle: Leek soup\n---\nSimmer @leeks{2} in @water{1%l}."),
    plain("letter.txt", "See you on Friday."),
  ]);
  await expect(page.getByRole("heading", { name: "2 recipes found" })).toBeVisible();
  await expect(page.getByText("Nothing was found in: letter.txt")).toBeVisible();
  await page.getByRole("button", { name: "Keep 2 recipes" }).click();
  await expect(page.getByRole("link", { name: "Plain rice" })).toBeVisible();
});

test("a recipe of the catalogue is copied and changed, shared by a link, and kept by who opens it", async ({ page, browser }) => {
  test.slow();
  await join(page, unique("cook"));
  await go(page, ENGLISH.recipes);
  await page.locator(".recipe-card-link").first().click();
  const title = await page.getByRole("heading", { level: 1 }).innerText();
  await page.getByRole("button", { name: "Copy and change" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Edit" })).toBeVisible();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue(title);
  const mine = unique("My own dish");
  await page.getByLabel("Title", { exact: true }).fill(mine);
  await page.getByRole("textbox", { name: "Notes" }).fill("for myself alone");
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: mine })).toBeVisible();
  await page.getByRole("button", { name: "Made it" }).click();
  await expect(page.getByText(/^Made on/).last()).toBeVisible();
  await page.getByRole("button", { name: "4 stars" }).click();
  await expect(page.getByRole("button", { name: "4 stars" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.locator(".share-link").innerText();
  const context = await browser.newContext({ locale: "en-GB" });
  const guest = await context.newPage();
  await expect.poll(async () => {
    await guest.goto(link);
    return guest.getByRole("heading", { level: 1 }).first().innerText();
  }).toBe(mine);
  await expect(guest.getByText("for myself alone")).toHaveCount(0);
  await expectAccessible(guest);
  await guest.getByRole("button", { name: "Keep a copy" }).click();
  await expect(guest).toHaveURL(/own-recipe/);
  await openBook(guest);
  await expect(guest.getByRole("link", { name: mine })).toBeVisible();
  await context.close();
});

test("two people shop from one list, one of them offline, and no tick is lost", async ({ page, browser }) => {
  test.slow();
  const [one, two] = [unique("one"), unique("two")];
  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await join(page, one);
  await join(other, two);
  const openList = async (who) => {
    await go(who, ENGLISH.recipes);
    await part(who, "Shopping");
  };
  await openList(page);
  for (const thing of ["2 onions", "150 g onion", "tofu", "rice"]) {
    await page.getByLabel("Add something").fill(thing);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByLabel("Add something")).toHaveValue("");
    await expect(page.locator(".shopping li").filter({ hasText: thing.split(" ").pop().replace(/s$/, "") }).first()).toBeVisible();
  }
  // Two onions and 150 g are one line.
  const onions = (who) => who.locator(".shopping li").filter({ hasText: /onion/ });
  await expect(onions(page)).toHaveCount(1);
  await expect(onions(page)).toContainText(/about \d+ g/);
  await page.getByRole("button", { name: "Share the list" }).click();
  await page.getByRole("dialog").getByLabel("Add by username").fill(two);
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await openList(other);
  await expect(other.locator(".shopping li")).toHaveCount(3);
  await expectAccessible(other);

  const tick = (who, name) => who.locator(".shopping li").filter({ hasText: name }).getByRole("checkbox").check();
  const ticked = (who, name) => who.locator(".basket .shopping li").filter({ hasText: name });
  await context.setOffline(true);
  await tick(other, "tofu");
  await tick(page, "rice");
  await expect(ticked(other, "tofu")).toBeVisible();
  await context.setOffline(false);
  for (const who of [page, other]) {
    await expect(ticked(who, "tofu")).toBeVisible();
    await expect(ticked(who, "rice")).toBeVisible();
  }
  await context.close();
});
