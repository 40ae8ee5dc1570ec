// The core's host: opens the database once and answers messages in the order they came.
import startCore, { open, visit } from "@hnh/worker";
import coreModule from "@hnh/worker.wasm";

const ready = startCore({ module_or_path: coreModule }).then(open);

addEventListener("message", async ({ data }) => {
  try {
    await ready;
    postMessage({ visits: visit(data.visit) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
