// Notifications while the app is closed: switched on by clicking, shown by the real service worker, a click opens the page.
// The browser's own push service is on the internet, so its part is played here: the subscription it would give, and the
// message it would bring.
import { expect, expectAccessible, readyForOffline, test } from "./app.js";
import { ENGLISH, KOREAN, go, join, unique } from "./person.js";

const WORDS = [
  { ...ENGLISH, settings: "Settings", title: "Notifications", here: "Notify me on this device", messages: "Chat messages", quiet: "Quiet hours", from: "From", until: "Until", signIn: /Sign in to be notified/, denied: /blocked/ },
  { ...KOREAN, settings: "설정", title: "알림", here: "이 기기에서 알림 받기", messages: "채팅 메시지", quiet: "방해 금지 시간", from: "시작", until: "끝", signIn: /로그인하면/, denied: /차단/ },
];

/** The browser's push service as far as a page sees it. */
async function playPushService(context) {
  await context.addInitScript(() => {
    const key = Uint8Array.from(atob("BLn9b+VR0ca83knDNZ32dCHGyjJp+1riX9ZTN40MqV8K/LpQmLqxC/DoHvqvFXO/nGdAB4W9dogZb/sM+uV4JbY="), (c) => c.charCodeAt(0));
    const subscription = {
      endpoint: "https://push.test/browser",
      options: {},
      getKey: (name) => (name === "auth" ? new Uint8Array(16).buffer : key.buffer),
      unsubscribe: async () => localStorage.removeItem("test.push"),
    };
    PushManager.prototype.getSubscription = async () => (localStorage.getItem("test.push") ? subscription : null);
    PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
      if (applicationServerKey.length !== 87) throw new Error("no key");
      localStorage.setItem("test.push", "yes");
      return subscription;
    };
  });
}

/** What the page sends to the server. */
const sent = (page) => page.waitForResponse((response) => response.url().endsWith("/push/device") && response.request().method() === "PUT");

for (const words of WORDS) {
  test.describe(`notifications, ${words.locale}`, () => {
    test.use({ locale: words.locale });

    test("are switched on, each kind by itself and not at night", async ({ page, context }) => {
      await context.grantPermissions(["notifications"]);
      await playPushService(context);
      await page.goto("/");
      await page.getByRole("link", { name: words.settings }).filter({ visible: true }).first().click();
      await expect(page.getByText(words.signIn)).toBeVisible();
      await join(page, unique("mina"), words);
      await page.getByRole("link", { name: words.settings }).filter({ visible: true }).first().click();
      await expect(page.getByRole("checkbox", { name: words.messages })).toHaveCount(0);
      const [on] = await Promise.all([sent(page), page.getByRole("checkbox", { name: words.here }).check()]);
      expect(on.status()).toBe(204);
      await expect(page.getByRole("checkbox", { name: words.messages })).toBeChecked();
      const [off] = await Promise.all([sent(page), page.getByRole("checkbox", { name: words.messages }).uncheck()]);
      expect(off.request().postDataJSON().settings.kinds).toBe("meals,answers,reminders");
      await Promise.all([sent(page), page.getByRole("checkbox", { name: words.quiet }).check()]);
      const [quiet] = await Promise.all([sent(page), page.getByRole("combobox", { name: words.from }).selectOption("23:00")]);
      expect(quiet.request().postDataJSON().settings.quiet).toEqual({ from: 23 * 60, to: 8 * 60 });
      expect(quiet.status()).toBe(204);
      await expectAccessible(page);
      await page.reload();
      await expect(page.getByRole("combobox", { name: words.from })).toHaveValue(String(23 * 60));
      await expect(page.getByRole("checkbox", { name: words.messages })).not.toBeChecked();
    });

    test("say how to allow them where they are blocked", async ({ page, context }) => {
      await context.grantPermissions([]);
      await page.addInitScript(() => Object.defineProperty(Notification, "permission", { get: () => "denied" }));
      await join(page, unique("mina"), words);
      await page.getByRole("link", { name: words.settings }).filter({ visible: true }).first().click();
      await expect(page.getByText(words.denied)).toBeVisible();
    });
  });
}

test("a message is shown while nobody looks, and a click opens its page", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["notifications"]);
  await page.goto("/");
  await readyForOffline(page);
  const session = await context.newCDPSession(page);
  const registered = new Promise((resolve) => session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId)));
  await session.send("ServiceWorker.enable");
  const registrationId = await registered;
  const bring = (body) => session.send("ServiceWorker.deliverPushMessage", {
    origin: baseURL, registrationId, data: JSON.stringify({ title: "Joon", body, page: "/board/info", tag: body }),
  });
  const shown = () => page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body }) => `${title}: ${body}`));

  const [worker] = context.serviceWorkers();
  // Dispatched by hand, because the end of its handling must be waited for: only then is the focus taken away.
  await worker.evaluate(async () => {
    const push = new PushEvent("push", { data: JSON.stringify({ title: "Joon", body: "while looking", page: "/board/info", tag: "looking" }) });
    let handled;
    push.waitUntil = (promise) => (handled = promise);
    dispatchEvent(push);
    await handled;
  });
  // Whoever looks away is told: the page's own word on the focus is what the browser goes by.
  await session.send("Emulation.setFocusEmulationEnabled", { enabled: false });
  const other = await context.newPage();
  await other.bringToFront();
  await bring("while away");
  await expect.poll(shown).toContain("Joon: while away");
  expect(await shown()).not.toContain("Joon: while looking");

  await worker.evaluate(async () => {
    const [notification] = await registration.getNotifications();
    // Only the browser itself may make one that lasts; what it does until then is what counts here.
    const click = new NotificationEvent("notificationclick", { notification });
    click.waitUntil = () => {};
    dispatchEvent(click);
  });
  await expect(page).toHaveURL(/\/board\/info$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
