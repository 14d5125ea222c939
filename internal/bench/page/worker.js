// Runs bench.wasm in a Web Worker, as the page runs its trainer, and posts each line that it prints; then "done". A worker
// whose name begins with "member" computes for another; the companion is named behind it.
"use strict";

importScripts("wasm_exec.js", "companion.js");
const decoder = new TextDecoder();
let rest = "";
globalThis.fs.writeSync = (fd, bytes) => {
  const lines = (rest + decoder.decode(bytes)).split("\n");
  rest = lines.pop();
  for (const line of lines) self.postMessage(fd === 1 ? line : "error " + line);
  return bytes.length;
};
async function run({ companion: wanted, args }) {
  globalThis.memberName = "member " + wanted;
  const go = new Go();
  go.argv = ["chromium", ...args];
  let code = 0;
  go.exit = (c) => { code = c; };
  const companion = new Companion();
  await companion.load(async (file) => (await fetch(file)).arrayBuffer(), wanted);
  const program = await WebAssembly.compileStreaming(fetch("bench.wasm"));
  const instance = await WebAssembly.instantiate(program, { ...go.importObject, ...companion.imports(program) });
  await companion.attach(instance);
  await go.run(instance);
  self.postMessage(code === 0 ? "done" : "error exit code " + code);
}

const member = /^member (.*)$/.exec(self.name);
if (member) run({ companion: member[1], args: [] });
else self.onmessage = ({ data }) => run(data).catch((err) => self.postMessage("error exit: " + err));
