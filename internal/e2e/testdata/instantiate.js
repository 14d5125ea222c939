// node instantiate.js WASM_EXEC WASM [KIND]
//
// Instantiates a Go program with what wasm_exec.js imports into it. With KIND, also runs it until it posts a message of
// that kind, as a worker would to the page.
"use strict";

const fs = require("fs");
const vm = require("vm");

const [runtime, program, kind] = process.argv.slice(2);
const LIMIT = 30_000; // milliseconds until a message must have come

function end(code, text) {
  if (text) {
    console.error(text);
  }
  process.exit(code);
}

async function main() {
  vm.runInThisContext(fs.readFileSync(runtime, "utf8"), { filename: runtime });
  const go = new Go();
  const module = await WebAssembly.compile(fs.readFileSync(program));
  const instance = await WebAssembly.instantiate(module, go.importObject);
  if (!kind) {
    end(0);
  }

  // What a Web Worker's global scope has and node's has not.
  globalThis.self = globalThis;
  globalThis.location ??= { href: "http://localhost/web/worker.js", origin: "http://localhost", search: "" };
  globalThis.postMessage = (msg) => {
    if (msg && msg.kind === kind) {
      end(0);
    }
  };
  setTimeout(() => end(1, `no message of kind ${kind} within ${LIMIT / 1000} s`), LIMIT);
  await go.run(instance);
  end(1, `the program ended before a message of kind ${kind}`);
}

main().catch((err) => end(1, err.stack || String(err)));
