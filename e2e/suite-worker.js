// Runs the core's suite in this worker and posts what came of each test: its name, and whether it passed.
import start, { names, open_files, run } from "/suite/suite.js";

let running;
const report = (passed) => postMessage({ name: running, passed });
// A test that fails ends the module, and with it the run.
for (const event of ["error", "unhandledrejection"]) addEventListener(event, () => report(false));

await start({ module_or_path: "/suite/suite.wasm" });
await open_files();
for (running of names()) report(await run(running));
postMessage({ done: true });
