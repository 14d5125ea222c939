// node instantiate.js WASM_EXEC WASM [KIND]
//
// Instantiates a Go program with what wasm_exec.js, and companion.js beside it, import into it. With KIND, also runs it until it posts a message of
// that kind, as a worker would to the page.
"use strict";

const fs = require("fs");
const path = require("path");
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
  const web = path.dirname(runtime);
  for (const script of [runtime, path.join(web, "companion.js")]) {
    vm.runInThisContext(fs.readFileSync(script, "utf8"), { filename: script });
  }
  const go = new Go();
  const companion = new Companion();
  await companion.load(async (file) => fs.readFileSync(path.join(web, file)));
  const module = await WebAssembly.compile(fs.readFileSync(program));
  const instance = await WebAssembly.instantiate(module, { ...go.importObject, ...companion.imports(module) });
  await companion.attach(instance);
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
