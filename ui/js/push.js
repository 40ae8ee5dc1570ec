// Notifications while the app is closed: the browser's push service brings them to the service worker, which shows them.
const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const told = (outcome) => JSON.stringify(outcome);

function described(subscription) {
  return {
    endpoint: subscription.endpoint,
    p256dh: base64url(subscription.getKey("p256dh")),
    auth: base64url(subscription.getKey("auth")),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC",
  };
}

// Gives the app `hnhPush`: what stands in the way, or the subscription there is.
export function offerPush(registration) {
  if (!("PushManager" in window) || !("Notification" in window)) return;
  const current = async () => {
    if (Notification.permission === "denied") return { Err: "denied" };
    const subscribed = await registration.pushManager.getSubscription();
    return { Ok: subscribed && Notification.permission === "granted" ? described(subscribed) : null };
  };
  window.hnhPush = async (wanted, key) => {
    try {
      if (wanted === "off") {
        await (await registration.pushManager.getSubscription())?.unsubscribe();
      } else if (wanted === "on") {
        if (await Notification.requestPermission() !== "granted") return told({ Err: "denied" });
        const options = { userVisibleOnly: true, applicationServerKey: key };
        // One that was made for another server's key has to go first.
        const before = await registration.pushManager.getSubscription();
        const used = before?.options.applicationServerKey;
        if (used && base64url(used) !== key) await before.unsubscribe();
        await registration.pushManager.subscribe(options);
      }
      return told(await current());
    } catch {
      // The browser's push service cannot be reached, or it has none.
      return told({ Err: "failed" });
    }
  };
  dispatchEvent(new CustomEvent("hnh-push"));
}
