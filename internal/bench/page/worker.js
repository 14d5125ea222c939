// Runs bench.wasm in a Web Worker, as the page runs its trainer, and posts each line that it prints; then "done".
"use strict";

importScripts("wasm_exec.js");
const decoder = new TextDecoder();
let rest = "";
globalThis.fs.writeSync = (fd, bytes) => {
  const lines = (rest + decoder.decode(bytes)).split("\n");
  rest = lines.pop();
  for (const line of lines) self.postMessage(fd === 1 ? line : "error " + line);
  return bytes.length;
};
self.onmessage = async (e) => {
  const go = new Go();
  go.argv = ["chromium", ...e.data];
  let code = 0;
  go.exit = (c) => { code = c; };
  const { instance } = await WebAssembly.instantiateStreaming(fetch("bench.wasm"), go.importObject);
  await go.run(instance);
  self.postMessage(code === 0 ? "done" : "error exit code " + code);
};
