// Run by `cargo xtask test`, which starts the server and sets BASE_URL.
import { defineConfig, devices } from "@playwright/test";

// Debian's Chromium; --no-sandbox because CI runs as root, the rest so that it calls nobody.
const launchOptions = {
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    // Maps need WebGL, here without a graphics card; the pages themselves are drawn quicker without playing one.
    "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-compositing",
    // Another name for this machine, which is no secure address over HTTP.
    "--host-resolver-rules=MAP hnh.test 127.0.0.1",
  ],
};

// Every page is looked at in both widths and languages (`pages.spec.js`). A journey runs once in each width, on the phone in
// Korean and on the desktop in English where it is in both, and one between several people in one width alone: a boot of the
// app costs a browser seconds, and two cores are few. `cargo xtask test --everywhere` runs all of it in all of them.
const everywhere = Boolean(process.env.HNH_EVERYWHERE);
const inOneWidth = (...names) => (everywhere ? [] : names.map((name) => `**/${name}.spec.js`));
const butPages = (locale) => (everywhere ? undefined : new RegExp(`^(?!.*pages\\.spec).*${locale}`));

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // A slow machine is no failure; what never comes still is.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  // On a loaded machine a press can come before its answer; what fails once and then passes is printed as flaky.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: {
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:8000",
    launchOptions,
    screenshot: "only-on-failure",
    trace: "on-first-retry",
  },
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } },
      testIgnore: inOneWidth("account", "groups", "people", "photos", "versions"),
      grepInvert: butPages("ko-KR"),
    },
    {
      name: "phone",
      use: { ...devices["Pixel 7"] },
      testIgnore: inOneWidth("api", "company", "contributions", "cookbook", "events"),
      grepInvert: butPages("en-GB"),
    },
  ],
});
