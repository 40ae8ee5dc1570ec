// The main journeys in the engines beside Chromium's: Debian's Firefox, by WebDriver BiDi, and WebKitGTK, by WebDriver.
// Run by `cargo xtask test`, which starts the server and sets BASE_URL. Each check prints a line; one that fails fails the run.
import puppeteer from "puppeteer-core";
import { until, webkit } from "./webkit.mjs";

const base = process.env.BASE_URL ?? "http://127.0.0.1:8000";

async function firefox() {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: "/usr/bin/firefox-esr", headless: true, defaultViewport: null, args: ["--width=1280", "--height=900"] });
  const page = await browser.newPage();
  return {
    go: (path) => page.goto(base + path),
    ask: (script) => page.evaluate(`(() => { ${script} })()`),
    click: async (script) => (await page.evaluateHandle(`(() => { ${script} })()`)).asElement().click(),
    close: () => browser.close(),
  };
}

async function miniBrowser() {
  const page = await webkit("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser", ["--automation"]);
  return { ...page, go: (path) => page.go(base + path) };
}

const articles = (more) => `return document.querySelectorAll("main article").length > ${more}`;
const link = (part) => `return [...document.querySelectorAll("nav a")].find((a) => a.checkVisibility() && a.getAttribute("href").startsWith("${part}"))`;

const JOURNEY = [
  ["home shows recipes", async (page) => page.go("/"), articles(0)],
  ["recipes are listed", (page) => page.click(link("/recipes")), `return location.pathname === "/recipes" && document.querySelectorAll("main article").length > 10`],
  ["a recipe opens", (page) => page.click(`return document.querySelector("main article a")`), `return document.querySelector('main a[href*="/cook"]')`],
  ["cook mode goes on", async (page) => {
    await page.click(`return [...document.querySelectorAll("main a")].find((a) => /\\/cook/.test(a.href))`);
    await until(() => page.ask(`return Boolean(document.querySelector(".cook-foot .button-primary"))`));
    await page.click(`return document.querySelector(".cook-foot .button-primary")`);
  }, `return document.querySelectorAll(".cook-progress .done").length === 2`],
  ["foods are found", (page) => page.go("/foods?q=tofu"), `return document.querySelectorAll("main li").length > 0`],
  ["the map's list is there, with a map or a sentence for it", (page) => page.go("/map"), `return document.querySelectorAll("article[id^=place-]").length > 0
    && (document.querySelector("#map canvas") || document.querySelector(".map-failed"))`],
  ["what is not kept is said", async () => {}, `return !navigator.storage === Boolean(document.querySelector("p.offline"))`],
];

let [passed, failed] = [0, 0];
for (const [name, open] of [["Firefox", firefox], ["WebKitGTK", miniBrowser]]) {
  const page = await open();
  try {
    for (const [what, act, wanted] of JOURNEY) {
      await act(page);
      const good = await until(() => page.ask(`return Boolean((() => { ${wanted} })())`));
      if (good) passed += 1;
      else failed += 1;
      console.log(`  ${good ? "✓" : "✘"} [${name}] ${what}`);
      if (!good) console.log(String(await page.ask("return document.body.innerText")).slice(0, 500));
    }
  } finally {
    await page.close();
  }
}
console.log(`  ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
