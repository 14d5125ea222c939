// Runs bench.wasm under node: node node.js WASM_EXEC_JS BENCH_WASM WORKLOAD...
"use strict";

const fs = require("fs");
globalThis.fs = fs;
globalThis.path = require("path");
require(process.argv[2]);
const go = new Go();
go.argv = ["node", ...process.argv.slice(4)];
go.exit = process.exit;
WebAssembly.instantiate(fs.readFileSync(process.argv[3]), go.importObject).then((r) => go.run(r.instance));
