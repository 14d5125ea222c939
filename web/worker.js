// Starts the trainer (worker.wasm) in a Web Worker. The page opens it as worker.js?v=VERSION, and the same query goes to
// everything loaded from here, so that one build's files are never mixed with another's.
//
// What goes wrong is posted as {kind: "failure", message, detail}: a worker's console is not where people look.
"use strict";

const query = self.location.search;
const LOG_TAIL = 4096; // characters of the trainer's stderr kept for a failure report
let log = "";

function fail(message, detail) {
  self.postMessage({ kind: "failure", message, detail: detail || log });
}

async function get(file) {
  const response = await fetch(file + query);
  if (!response.ok) {
    throw new Error(`${file}: the server answered ${response.status}`);
  }
  return response;
}

async function compile(file) {
  const response = await get(file);
  if (WebAssembly.compileStreaming && response.headers.get("Content-Type") === "application/wasm") {
    return WebAssembly.compileStreaming(response);
  }
  // Some static hosts do not know the wasm type, and streaming insists on it.
  return WebAssembly.compile(await response.arrayBuffer());
}

// loadPictures starts the program that decodes images (wasm/pictures), once; the trainer calls it. It resolves when the
// program has set `readPicture`.
let pictures = null;
globalThis.loadPictures = () => {
  pictures ??= (async () => {
    const go = new Go();
    const instance = await WebAssembly.instantiate(await compile("pictures.wasm"), go.importObject);
    await new Promise((resolve) => {
      globalThis.picturesReady = resolve;
      go.run(instance);
    });
  })().catch((err) => {
    pictures = null; // another try may do
    throw err;
  });
  return pictures;
};

async function start() {
  importScripts("wasm_exec.js" + query, "companion.js" + query);

  // A Go panic goes to stderr, which wasm_exec.js sends to the console. Keep its end.
  const decoder = new TextDecoder();
  const write = globalThis.fs.writeSync;
  globalThis.fs.writeSync = (fd, bytes) => {
    log = (log + decoder.decode(bytes)).slice(-LOG_TAIL);
    return write(fd, bytes);
  };

  const go = new Go();
  let code = 0;
  go.exit = (c) => { code = c; };
  const companion = new Companion();
  const [program] = await Promise.all([
    compile("worker.wasm"),
    companion.load(async (file) => (await get(file)).arrayBuffer()),
  ]);
  const instance = await WebAssembly.instantiate(program, { ...go.importObject, ...companion.imports(program) });
  await companion.attach(instance);
  await go.run(instance);
  fail(`The trainer stopped (exit code ${code}). Reload the page to start it again.`);
}

start().catch((err) => {
  fail(`The trainer could not start: ${err && err.message ? err.message : err}`, err && err.stack);
});
