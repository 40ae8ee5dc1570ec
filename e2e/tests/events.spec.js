// Events of organisers, the calendar, one's turn on a waiting list, and being home after a meal.
import { GANGNAM, expect, expectAccessible, standAt, test } from "./app.js";
import { ENGLISH, go, join, unique } from "./person.js";

test.use({ locale: "en-GB" });

const two = (n) => String(n).padStart(2, "0");
/** A day of next month, as a field has it, and as the calendar calls it. */
function nextMonth(day) {
  const date = new Date();
  date.setMonth(date.getMonth() + 1, day);
  const field = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(day)}T19:00`;
  return { field, month: date.toLocaleDateString("en-GB", { month: "long", year: "numeric" }) };
}

/** Opens the editor of a board. */
async function host(page, board, words) {
  await go(page, ENGLISH.board);
  await page.getByRole("radio", { name: board }).check();
  await page.getByRole("link", { name: words }).first().click();
  await expect(page.getByLabel(ENGLISH.title)).toBeVisible();
}

test("an event of three days in a park is in the calendar on each of them", async ({ page }, { project }) => {
  await join(page, unique("organiser"));
  await host(page, "Events", "Host an event");
  const title = unique("Kimchi days");
  const day = project.name === "phone" ? 3 : 13;
  const { field, month } = nextMonth(day);
  await page.getByLabel(ENGLISH.title).fill(title);
  await page.getByLabel("Date and time").fill(field);
  await page.getByRole("button", { name: ENGLISH.post, exact: true }).click();
  await expect(page.locator(".field-wrong").first()).toBeVisible();
  await page.getByLabel("Or another place").fill("Seoul Forest, gate 2");
  await page.getByLabel("Guests (besides you)").selectOption("200");
  await page.getByLabel("How long").selectOption({ label: "3 days" });
  await expectAccessible(page);
  await page.getByRole("button", { name: ENGLISH.post, exact: true }).click();
  const row = page.getByRole("article").filter({ hasText: title });
  await expect(row).toContainText("Seoul Forest, gate 2");
  await page.getByRole("link", { name: "Calendar" }).click();
  await page.getByRole("button", { name: "Next month" }).click();
  await expect(page.getByRole("heading", { name: month })).toBeVisible();
  for (const at of [day, day + 2]) {
    const cell = page.getByRole("group", { name: "Days" }).getByRole("button", { name: new RegExp(`\\b${at}\\b.*meal`) });
    await cell.click();
    await expect(cell).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("article").filter({ hasText: title })).toBeVisible();
    await cell.click();
  }
  const free = page.getByRole("group", { name: "Days" }).getByRole("button", { name: new RegExp(`\\b28\\b`) });
  await free.click();
  await expect(page.getByRole("article").filter({ hasText: title })).toHaveCount(0);
  await expectAccessible(page);
  await free.click();
  await page.getByRole("link", { name: title }).click();
  await expect(page.getByRole("link", { name: "Seoul Forest, gate 2" })).toHaveAttribute("href", /openstreetmap/);
  await expect(page.getByText("3 days")).toBeVisible();
});

test("one's turn on the waiting list is told, and a friend is chosen for the way home", async ({ page, context, browser }) => {
  test.slow();
  await standAt(context, GANGNAM);
  const names = [unique("host"), unique("guest"), unique("waits")];
  await join(page, names[0]);
  await host(page, "Meal buddies", "Host a meal");
  const title = unique("Small table");
  await page.getByLabel(ENGLISH.title).fill(title);
  await page.getByLabel("Date and time").fill(nextMonth(20).field);
  await page.getByLabel("Find a place").fill("본죽");
  await page.getByRole("list", { name: "Place", exact: true }).getByRole("button").first().click();
  await page.getByLabel("Guests (besides you)").selectOption("1");
  await page.getByRole("button", { name: ENGLISH.post, exact: true }).click();
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  const contexts = await Promise.all([browser.newContext({ locale: "en-GB" }), browser.newContext({ locale: "en-GB" })]);
  const [guest, waits] = await Promise.all(contexts.map((context) => context.newPage()));
  const open = async (who) => {
    await go(who, ENGLISH.board);
    await who.getByRole("radio", { name: "Meal buddies" }).check();
    await who.getByRole("link", { name: title }).click();
  };
  await join(guest, names[1]);
  await open(guest);
  await guest.getByRole("button", { name: "Join" }).click();
  await expect(guest.getByText("You’re in.")).toBeVisible();
  await join(waits, names[2]);
  await open(waits);
  await waits.getByRole("button", { name: /waiting list/i }).click();
  await expect(waits.getByText("You’re number 1 on the waiting list.")).toBeVisible();

  // The guest has the host told, whom the meal's chat made an acquaintance.
  await expect(guest.getByText("Going alone?")).toBeVisible();
  await guest.getByLabel("Who to tell").selectOption({ label: `${names[0]} @${names[0]}` });
  await expectAccessible(guest);
  await guest.getByRole("button", { name: "Choose" }).click();
  await expect(guest.getByText(`${names[0]} is told at`)).toBeVisible();
  await guest.getByRole("button", { name: "I’m home" }).click();
  await expect(guest.locator(".meal").getByText("You said you’re home.")).toBeVisible();
  await Promise.all(contexts.map((context) => context.close()));
});
