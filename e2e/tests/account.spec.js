// One's account, by clicking: profile, password, devices, a forgotten password, and the end of it.
import { expect, expectAccessible, test } from "./app.js";
import { ENGLISH, PASSWORD, go, join, unique } from "./person.js";

test.use({ locale: "en-GB" });

/** Opens the account page by its link in the frame. */
const open = (page) => page.getByRole("banner").getByRole("link", { name: ENGLISH.account }).filter({ visible: true }).click();

async function signIn(page, name, password) {
  await page.goto("/");
  await open(page);
  await page.getByLabel("Username or email").fill(name);
  await page.getByLabel(ENGLISH.password).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a profile says what its owner shares, and nothing else", async ({ page, browser }) => {
  const name = unique("mina");
  await join(page, name);
  await page.getByLabel("Display name").fill("미나 Kim");
  await page.getByLabel("About me", { exact: true }).first().fill("I cook with tofu");
  await page.getByLabel("District", { exact: true }).first().fill("Mapo-gu");
  await page.getByRole("group", { name: "Diets" }).getByRole("button", { name: "Vegan", exact: true }).click();
  await page.getByRole("group", { name: "Shown to others" }).getByLabel("About me").check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Profile saved")).toBeVisible();
  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await join(other, unique("reader"));
  await expect(async () => {
    await other.goto(`/people/${name}`);
    await expect(other.getByRole("heading", { level: 1, name: "미나 Kim" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(other.getByText("I cook with tofu")).toBeVisible();
  await expect(other.getByText("Mapo-gu")).toHaveCount(0);
  await expect(other.getByText("Vegan", { exact: true })).toHaveCount(0);
  await context.close();
});

test("another password ends other devices, and is the one from then on", async ({ page, browser }) => {
  const [name, fresh] = [unique("ann"), "heron-sips-7-radish"];
  await join(page, name);
  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await signIn(other, name, PASSWORD);
  await expect(other.getByRole("heading", { level: 1, name: ENGLISH.hello(name) })).toBeVisible();
  await page.reload();
  await expect(page.locator(".session")).toHaveCount(2);
  await page.getByLabel("Current password").fill("wrong-and-long-enough");
  await page.getByLabel("New password").fill(fresh);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /\S/ }).first()).toBeVisible();
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Password changed")).toBeVisible();
  await context.close();
  const third = await browser.newContext({ locale: "en-GB" });
  const again = await third.newPage();
  await signIn(again, name, fresh);
  await expect(again.getByRole("heading", { level: 1, name: ENGLISH.hello(name) })).toBeVisible();
  // A device is signed out from another one.
  await again.locator(".session").filter({ hasNotText: "This device" }).getByRole("button", { name: "Sign out" }).click();
  await expect(again.locator(".session")).toHaveCount(1);
  await third.close();
});

test("who forgot the password asks for a link, and an old link says so", async ({ page }) => {
  await page.goto("/");
  await open(page);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "New password" })).toBeVisible();
  await page.getByLabel(ENGLISH.email).fill("nobody@example.com");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("a link is on its way")).toBeVisible();
  await page.goto("/reset?token=0000");
  await page.getByLabel("New password").fill("heron-sips-7-radish");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("too old")).toBeVisible();
  await page.goto("/verify?token=0000");
  await expect(page.getByText("That didn’t work")).toBeVisible();
  await expectAccessible(page);
});

test("an account is deleted for good, after asking", async ({ page }) => {
  const name = unique("gone");
  await join(page, name);
  const close = page.locator("section").filter({ has: page.getByRole("heading", { name: "Delete account" }) });
  await close.getByLabel(ENGLISH.password).fill(PASSWORD);
  await close.getByRole("button", { name: "Delete my account" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete my account" }).click();
  await expect(page.getByText("Your account is deleted.")).toBeVisible();
  await signIn(page, name, PASSWORD);
  await expect(page.getByRole("alert").filter({ hasText: /\S/ }).first()).toBeVisible();
});
