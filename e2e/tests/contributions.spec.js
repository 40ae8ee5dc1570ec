// What members say of a place: corrections that another confirms, and reviews, by clicking from the first page.
import { GANGNAM, expect, expectAccessible, standAt, test } from "./app.js";
import { join, unique } from "./person.js";

test.use({ locale: "en-GB" });

/** Opens the nth place near Gangnam; its name. */
async function openPlace(page, context, n) {
  await standAt(context, GANGNAM);
  await page.goto("/");
  await page.getByRole("button", { name: "Places near me" }).click();
  const row = page.getByRole("region", { name: "Places found" }).getByRole("article").nth(n);
  await row.getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Corrections by members" })).toBeVisible();
  return page.getByRole("heading", { level: 1 }).innerText();
}

test("hours are corrected by one, confirmed by another, and a review says what was eaten", async ({ page, context, browser }, { project }) => {
  test.slow();
  const [one, two] = [unique("one"), unique("two")];
  // Each project has a place of its own.
  const n = project.name === "phone" ? 1 : 2;
  await join(page, one);
  const name = await openPlace(page, context, n);
  const section = (who) => who.locator("section").filter({ has: who.getByRole("heading", { name: "Corrections by members" }) });
  await section(page).getByRole("button", { name: "Correct something" }).click();
  await page.getByLabel("What should be right?").selectOption({ label: "Phone" });
  await page.getByLabel("Phone", { exact: true }).fill("call me");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(section(page).locator(".field-wrong")).toBeVisible();
  await page.getByLabel("What should be right?").selectOption({ label: "Opening hours" });
  await page.getByLabel("Opening hours", { exact: true }).fill("whenever");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  // The server reads hours; what it cannot read is said where it was written.
  await expect(section(page).getByRole("alert")).toContainText("We couldn’t read these hours.");
  await section(page).getByRole("listitem").filter({ hasText: "whenever" }).getByRole("button", { name: "Delete" }).click();
  await expect(section(page).getByText("whenever")).toHaveCount(0);
  await section(page).getByRole("button", { name: "Correct something" }).click();
  await page.getByLabel("What should be right?").selectOption({ label: "Opening hours" });
  await page.getByLabel("Opening hours", { exact: true }).fill("Mo-Fr 11:00-21:00");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(section(page)).toContainText("Opening hours: Mo-Fr 11:00-21:00");
  await expect(section(page)).toContainText("by 1 member");

  const otherContext = await browser.newContext({ locale: "en-GB" });
  const other = await otherContext.newPage();
  await join(other, two);
  expect(await openPlace(other, otherContext, n)).toBe(name);
  await section(other).getByRole("listitem").filter({ hasText: "11:00-21:00" }).getByRole("button", { name: "I say so too" }).click();
  await expect(section(other)).toContainText("by 2 members");

  const reviews = other.locator("section").filter({ has: other.getByRole("heading", { name: /review/i }) });
  await reviews.getByRole("button", { name: "Write a review" }).click();
  await reviews.getByLabel("What did you eat?").fill("Bibimbap without egg");
  await reviews.getByLabel("Did they understand your allergy or diet?").selectOption({ label: "Understood and taken care of" });
  await reviews.getByRole("button", { name: "Post review" }).click();
  await expect(reviews.locator(".field-wrong")).toBeVisible();
  const words = unique("They asked twice");
  await reviews.getByLabel("How was it?").fill(words);
  await expectAccessible(other);
  await reviews.getByRole("button", { name: "Post review" }).click();
  const card = reviews.getByRole("article").filter({ hasText: words });
  await expect(card).toContainText("Bibimbap without egg");
  await expect(card).toContainText("Understood and taken care of");

  await page.reload();
  await expect(page.getByText(words)).toBeVisible();
  await expect(page.getByRole("article").filter({ hasText: words }).getByRole("link", { name: two })).toBeVisible();
  // Taken back by who wrote it.
  await card.getByRole("button", { name: "Delete" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(card).toHaveCount(0);
  await otherContext.close();
});

test("who is not signed in reads them, and is led to sign in", async ({ page, context }) => {
  await openPlace(page, context, 3);
  await expect(page.getByText("Sign in to write a review")).toBeVisible();
  await page.getByRole("button", { name: "Sign in to correct something" }).or(page.getByRole("link", { name: "Sign in to correct something" })).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});
