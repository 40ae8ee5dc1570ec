// The ingredient engine, loaded when it is first asked.
import startReader, { Reader } from "@hnh/reader";
import readerModule from "@hnh/reader.wasm";

await startReader({ module_or_path: readerModule });
export const reader = new Reader();
