// Run by `cargo xtask test`, which starts the server and sets BASE_URL.
import { defineConfig, devices } from "@playwright/test";

// Debian's Chromium; --no-sandbox because CI runs as root, the rest so that it calls nobody.
const launchOptions = {
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    // Maps need WebGL, here without a graphics card.
    "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    // Another name for this machine, which is no secure address over HTTP.
    "--host-resolver-rules=MAP hnh.test 127.0.0.1",
  ],
};

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
    trace: "retain-on-failure",
  },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } } },
    { name: "phone", use: { ...devices["Pixel 7"] } },
  ],
});
