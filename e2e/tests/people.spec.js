// Two people in two browsers: an invitation, a seat, a comment, one of them away from the network, a block.
import { expect, expectAccessible, readyForOffline, test } from "./app.js";

test.use({ locale: "en-GB" });

const PASSWORD = "otter-eats-13-barley";

/** A name that no other test of this server has. */
const unique = (name) => `${name}_${Math.random().toString(36).slice(2, 10)}`;

async function join(page, name) {
  await page.goto("/account");
  await page.getByRole("radio", { name: "Sign up" }).check();
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Email").fill(`${name}@example.com`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Hello, ${name}` })).toBeVisible();
}

/** The local date and time a day from now, as the field takes it. */
const tomorrow = (page) =>
  page.evaluate(() => {
    const at = new Date(Date.now() + 86_400_000);
    return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  });

test("a meal with somebody: invited, joined, talked about, and blocked in the end", async ({ page, browser }) => {
  test.slow();
  const [host, guest, title] = [unique("host"), unique("guest"), unique("Tofu")];
  await join(page, host);
  await page.goto("/board/buddy/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("When").fill(await tomorrow(page));
  await expect(page.getByLabel("Where").locator("option").nth(1)).toBeAttached();
  await page.getByLabel("Where").selectOption({ index: 1 });
  await page.getByLabel("Seats").selectOption("1");
  await page.getByLabel("Text", { exact: true }).fill("**Vegan** company wanted <script>alert(1)</script>");
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await page.getByRole("link", { name: new RegExp(title) }).click();
  await expect(page.locator(".prose strong")).toHaveText("Vegan");
  const address = page.url();

  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await join(other, guest);
  await other.goto(address);
  await other.getByRole("button", { name: "Take a seat" }).click();
  await expect(other.getByText("You have a seat.")).toBeVisible();
  await expect(page.getByText("Full")).toBeVisible();
  await expectAccessible(other);

  // What is written away from the network arrives when it is back.
  await readyForOffline(other);
  await context.setOffline(true);
  await other.getByLabel("Write a comment").fill("See you there!");
  await other.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(other.getByText("offline, 1 change waiting")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("See you there!")).toBeVisible();
  await expect(other.getByText("1 change waiting")).toHaveCount(0);

  await page.goto(`/people/${guest}`);
  await page.getByRole("button", { name: "Block" }).click();
  await expect(page.getByRole("button", { name: "Unblock" })).toBeVisible();
  await other.goto("/board?board=buddy");
  await expect(other.getByRole("heading", { level: 1, name: "Meal buddies" })).toBeVisible();
  await expect(other.getByText(title)).toHaveCount(0);
  await context.close();
});

test("signing out leaves nothing of a person on the device", async ({ page }) => {
  const name = unique("mina");
  await join(page, name);
  await page.goto("/board/info/new");
  await page.getByLabel("Title").fill(`News of ${name}`);
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByRole("link", { name: new RegExp(`News of ${name}`) })).toBeVisible();
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.getByLabel("Name or confirmed email").fill(name);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Name or password is wrong.")).toBeVisible();
});
