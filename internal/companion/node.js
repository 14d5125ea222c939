// node node.js WASM_EXEC WEB PROGRAM [ARGUMENTS]
//
// Runs a Go program under Node.js with its companion, whose files are in the folder WEB. Tests run this way:
//
//	go test -tags companion -exec "node $PWD/internal/companion/node.js $(go env GOROOT)/lib/wasm/wasm_exec.js $PWD/web" ./ml/...
//
// COMPANION says which variant is to run: relaxed, simd128 or none; without it, the best that this Node.js knows.
"use strict";

const fs = require("fs");
const path = require("path");
const v8 = require("v8");
const vm = require("vm");

const [runtime, web, ...argv] = process.argv.slice(2);

function run(file) {
  vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
}

async function main() {
  v8.setFlagsFromString("--stack-size=8192"); // what Go's own script for Node.js asks for
  const read = async (file) => fs.readFileSync(path.join(web, file));
  if (!WebAssembly.validate(await read("companion-relaxed.wasm"))) {
    v8.setFlagsFromString("--experimental-wasm-relaxed-simd"); // Node.js 20 has it behind this flag
  }
  Object.assign(globalThis, { require, fs, path }); // what wasm_exec.js takes from there
  run(runtime);
  run(path.join(web, "companion.js"));

  const go = new Go();
  go.argv = argv;
  go.env = { TMPDIR: require("os").tmpdir(), ...process.env };
  go.exit = process.exit;

  const companion = new Companion();
  await companion.load(read, process.env.COMPANION || "best");
  const program = await WebAssembly.compile(fs.readFileSync(argv[0]));
  const instance = await WebAssembly.instantiate(program, { ...go.importObject, ...companion.imports(program) });
  await companion.attach(instance);

  process.on("exit", (code) => {
    if (code === 0 && !go.exited) {
      // Nothing is left to wait for, but the program waits. Let Go see that and name the goroutines.
      go._pendingEvent = { id: 0 };
      go._resume();
    }
  });
  await go.run(instance);
}

main().catch((err) => {
  console.error(err);
  process.exit(1);
});
