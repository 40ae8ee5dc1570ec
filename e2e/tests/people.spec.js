// Two people in two browsers: an invitation, a seat, a comment, one of them away from the network, a block.
import { expect, expectAccessible, readyForOffline, test } from "./app.js";
import { ENGLISH, go, join, unique } from "./person.js";

test.use({ locale: "en-GB" });

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
  await page.getByLabel("Date and time").fill(await tomorrow(page));
  await page.getByRole("list", { name: "Place", exact: true }).getByRole("button").first().click();
  await page.getByLabel("Guests (besides you)").selectOption("1");
  await page.getByLabel("Text", { exact: true }).fill("**Vegan** company wanted <script>alert(1)</script>");
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await page.getByRole("link", { name: new RegExp(title) }).click();
  await expect(page.locator(".prose strong")).toHaveText("Vegan");
  const address = page.url();

  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await join(other, guest);
  await other.goto(address);
  await other.getByRole("button", { name: "Join" }).click();
  await expect(other.getByText("You’re in.")).toBeVisible();
  await expect(page.getByText("Full")).toBeVisible();
  await expectAccessible(other);

  // What is written away from the network arrives when it is back.
  await readyForOffline(other);
  await context.setOffline(true);
  await other.getByLabel("Comment").fill("See you there!");
  await other.getByRole("button", { name: "Post comment" }).click();
  await expect(other.getByText("Offline, 1 waiting to send")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("See you there!")).toBeVisible();
  await expect(other.getByText("1 waiting to send")).toHaveCount(0);

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
  await page.getByLabel("Username or email").fill(name);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Wrong username or password.")).toBeVisible();
});

test("signing out with something unsent asks first, and sends it once it can", async ({ page, context }) => {
  const name = unique("mina");
  await join(page, name);
  await go(page, ENGLISH.board);
  await page.getByRole("link", { name: ENGLISH.write }).first().click();
  await page.getByLabel("Title").fill(`Unsent news of ${name}`);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByText(`Unsent news of ${name}`)).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: ENGLISH.account }).filter({ visible: true }).or(page.getByRole("banner").getByRole("link", { name: ENGLISH.account }).filter({ visible: true })).first().click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  const asked = page.getByRole("alert").filter({ hasText: "couldn’t be sent" });
  await expect(asked).toBeVisible();
  await asked.getByRole("button", { name: "Stay signed in" }).click();
  await expect(asked).toHaveCount(0);
  await context.setOffline(false);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  const posts = await page.request.get("/api/v1/posts?limit=100");
  expect(await posts.text()).toContain(`Unsent news of ${name}`);
});

test("two people chat: typing and presence are seen, a message written offline arrives, a block ends it", async ({
  page,
  browser,
}) => {
  test.slow();
  const [one, two] = [unique("one"), unique("two")];
  await join(page, one);
  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await join(other, two);

  await page.goto(`/people/${two}`);
  await page.getByRole("button", { name: "Send a message", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: two })).toBeVisible();
  await page.getByLabel("Message", { exact: true }).fill("Dubu jjigae today?");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("log").getByText("Dubu jjigae today?")).toBeVisible();

  await other.goto("/chat");
  await expect(other.getByRole("main").getByText("1 new message")).toBeVisible();
  await expectAccessible(other);
  await other.getByRole("link", { name: new RegExp(one) }).click();
  await expect(other.getByRole("log").getByText("Dubu jjigae today?")).toBeVisible();
  await expect(page.getByText("Online")).toBeVisible();
  await expect(page.getByText("Read", { exact: true })).toBeVisible();
  await other.getByLabel("Message", { exact: true }).pressSequentially("Ye");
  await expect(page.getByText(`${two} is typing…`)).toBeVisible();
  await expectAccessible(other);

  await readyForOffline(other);
  await context.setOffline(true);
  await other.getByLabel("Message", { exact: true }).fill("Yes, at noon");
  await other.getByRole("button", { name: "Send", exact: true }).click();
  await expect(other.getByRole("log").getByText("sending")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole("log").getByText("Yes, at noon")).toBeVisible();
  await expect(other.getByRole("log").getByText("sending")).toHaveCount(0);

  const mine = page.getByRole("article").filter({ hasText: "Dubu jjigae today?" });
  await mine.getByRole("button", { name: "Message menu" }).click();
  await mine.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("log").getByLabel("Message", { exact: true }).fill("Dubu jjigae tomorrow?");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(other.getByRole("log").getByText("Dubu jjigae tomorrow?")).toBeVisible();

  await page.getByRole("link", { name: two, exact: true }).first().click();
  await page.getByRole("button", { name: "Block" }).click();
  await expect(page.getByRole("button", { name: "Unblock" })).toBeVisible();
  await other.getByLabel("Message", { exact: true }).fill("Hello?");
  await other.getByRole("button", { name: "Send", exact: true }).click();
  const refused = other.getByRole("article").filter({ hasText: "Hello?" });
  await expect(refused).toContainText("Not sent. This person isn’t accepting messages.");
  await refused.getByRole("button", { name: "Delete" }).click();
  await expect(refused).toHaveCount(0);
  await context.close();
});

test("what cannot be undone is asked first", async ({ page }) => {
  const name = unique("mina");
  await join(page, name);
  await go(page, ENGLISH.board);
  await page.getByRole("link", { name: "Write" }).first().click();
  await page.getByLabel("Title").fill(`Kept by ${name}`);
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await page.getByRole("link", { name: `Kept by ${name}` }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete this post?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Kept by ${name}` })).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Information" })).toBeVisible();
  await expect(page.getByRole("link", { name: `Kept by ${name}` })).toHaveCount(0);
});
