// What the specs share: the app in a language, at a position, and where it is ready.
import { expect, test as base } from "@playwright/test";
import AxeBuilder from "@axe-core/playwright";

export { expect };

export const CITY_HALL = { latitude: 37.5663, longitude: 126.9779 };
export const GANGNAM = { latitude: 37.4979, longitude: 127.0276 };
export const ALEXANDERPLATZ = { latitude: 52.5219, longitude: 13.4132 };

export const test = base.extend({
  // A page error or a refused resource fails the test it happens in.
  page: async ({ page }, use) => {
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await use(page);
    expect(errors).toEqual([]);
  },
});

/** Allows the browser to tell this position. */
export async function standAt(context, position) {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation(position);
}

/** Waits until the service worker serves the page, so that the network can go. */
export async function readyForOffline(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    }
  });
}

/** No violation of WCAG 2.2 AA that axe can find. */
export async function expectAccessible(page) {
  // Colours are those of the page once it has come in, not of a frame of its fading.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((a) => a.finished));
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
}
