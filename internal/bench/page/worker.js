// One variant of the program in a worker, in a browser or under Node.js. Told {variants, base} it starts; told {open} or
// {run} it answers with what the program says.
"use strict";

const node = typeof self === "undefined";
const port = node ? require("worker_threads").parentPort : self;

const say = (what) => port.postMessage(what);

async function read(base, file) {
  return node ? require("fs").readFileSync(base + file) : (await fetch(base + file)).arrayBuffer();
}

function script(base, file) {
  if (node) {
    require("vm").runInThisContext(require("fs").readFileSync(base + file, "utf8"), { filename: file });
  } else {
    importScripts(base + file);
  }
}

async function start({ base, variants }) {
  script(base, "wasm_exec.js");
  script(base, "companion.js");
  const go = new Go();
  const companion = new Companion();
  await companion.load((file) => read(base, file), variants);
  if (variants.length && !companion.variant) {
    throw new Error("this engine cannot run the variant");
  }
  const program = await WebAssembly.compile(await read(base, "program.wasm"));
  const instance = await WebAssembly.instantiate(program, { ...go.importObject, ...companion.imports(program) });
  await companion.attach(instance);
  globalThis.ready = () => say({ kernel: workload.kernel });
  await go.run(instance);
}

function answer(message) {
  if (message.base !== undefined) {
    start(message).catch((err) => say({ failure: String(err && err.stack || err) }));
  } else {
    const result = message.open ? workload.open(message.open) : workload.run(message.run);
    say(typeof result === "string" ? { failure: result } : result);
  }
}

if (node) {
  port.on("message", answer);
} else {
  self.onmessage = ({ data }) => answer(data);
}
