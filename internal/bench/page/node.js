// Runs bench.wasm, which is beside this file, under node: node node.js COMPANION WORKLOAD...
"use strict";

const fs = require("fs");
const path = require("path");

const at = (file) => path.join(__dirname, file);
if (!WebAssembly.validate(fs.readFileSync(at("companion-relaxed.wasm")))) {
  require("v8").setFlagsFromString("--experimental-wasm-relaxed-simd"); // Node.js 20 has it behind this flag
}
Object.assign(globalThis, { fs, path });
require(at("wasm_exec.js"));
require(at("companion.js"));

async function main() {
  const [wanted, ...args] = process.argv.slice(2);
  const go = new Go();
  go.argv = ["node", "1", ...args];
  go.exit = process.exit;
  const companion = new Companion();
  await companion.load(async (file) => fs.readFileSync(at(file)), wanted);
  const program = await WebAssembly.compile(fs.readFileSync(at("bench.wasm")));
  const instance = await WebAssembly.instantiate(program, { ...go.importObject, ...companion.imports(program) });
  await companion.attach(instance);
  await go.run(instance);
}

main().catch((err) => {
  console.error(err);
  process.exit(1);
});
