// Brings a Go program and its companion together: a second WebAssembly module with the hottest loops, which works on the
// program's memory (see internal/companion). Used by worker.js, and under Node.js by the tests.
"use strict";

// Two modules do the same. The first that this engine can run is taken, and its number is what the program is told.
const COMPANIONS = [
  { variant: 2, name: "relaxed", file: "companion-relaxed.wasm" },
  { variant: 1, name: "simd128", file: "companion.wasm" },
];

globalThis.Companion = class {
  variant = 0; // of the one that runs; 0 is none
  #module = null;
  #exports = null;

  // load takes a function from a file's name to its bytes. Without a companion the program uses its own loops, so what
  // goes wrong here is a warning, unless tests want one by its name; "none" is one that they can want.
  async load(read, wanted = "best") {
    for (const { variant, name, file } of COMPANIONS) {
      if (wanted !== "best" && wanted !== name) {
        continue;
      }
      try {
        const bytes = await read(file);
        if (WebAssembly.validate(bytes)) {
          this.#module = await WebAssembly.compile(bytes);
          this.variant = variant;
          return;
        }
      } catch (err) {
        console.warn(`${file}: ${err && err.message ? err.message : err}; going on without it`);
      }
    }
    if (wanted !== "best" && wanted !== "none") {
      throw new Error(`there is no companion "${wanted}" that this engine can run`);
    }
  }

  // imports are what the program asks of the companion. They lead nowhere until `attach`: the companion needs the
  // program's memory, which is there only when the program was instantiated with its imports.
  imports(program) {
    const companion = { variant: () => this.variant };
    for (const { module, name } of WebAssembly.Module.imports(program)) {
      if (module === "companion" && name !== "variant") {
        // One function for any number of arguments; a list of them would be made anew in each call.
        companion[name] = (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o) =>
          this.#exports[name](a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
      }
    }
    return { companion };
  }

  // attach gives the companion the memory of an instance of the program, before it runs.
  async attach(instance) {
    if (this.#module) {
      this.#exports = (await WebAssembly.instantiate(this.#module, { go: instance.exports })).exports;
    }
  }
};
