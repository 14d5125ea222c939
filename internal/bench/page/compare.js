// Measures workloads with every variant of the kernels, in a browser or under Node.js. Variants take turns within a
// workload, so that a machine that slows down does so for all of them.
"use strict";

const VARIANTS = [[], [1], [2]]; // none, SIMD of 128 bits, relaxed SIMD: see companion.js

// A Bench is a worker that is asked one thing at a time.
class Bench {
  constructor(worker) {
    this.worker = worker;
    const hear = (message) => {
      const { resolve, reject } = this.waiting;
      message.failure ? reject(new Error(message.failure)) : resolve(message);
    };
    if (worker.on) { // Node.js
      worker.on("message", hear);
      worker.on("error", (err) => this.waiting.reject(err));
    } else {
      worker.onmessage = ({ data }) => hear(data);
      worker.onerror = (err) => this.waiting.reject(new Error(err.message));
    }
  }

  ask(message) {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker.postMessage(message);
    });
  }
}

// compare calls report with an object for each workload and variant.
async function compare({ create, base, workloads, rounds, warm, ms, report }) {
  const benches = [];
  for (const variants of VARIANTS) {
    const bench = new Bench(create());
    bench.kernel = (await bench.ask({ base, variants })).kernel;
    benches.push(bench);
  }
  for (const workload of workloads) {
    const rates = benches.map(() => []);
    const about = [];
    for (const bench of benches) {
      about.push(await bench.ask({ open: workload }));
      await bench.ask({ run: warm });
    }
    for (let round = 0; round < rounds; round++) {
      for (const [i, bench] of benches.entries()) {
        const { steps, ms: took } = await bench.ask({ run: ms });
        rates[i].push((steps / took) * 1000);
      }
    }
    for (const [i, bench] of benches.entries()) {
      const sorted = rates[i].sort((a, b) => a - b);
      report({
        workload,
        kernel: bench.kernel,
        batch: about[i].batch,
        flops: about[i].flops,
        best: sorted[sorted.length - 1],
        median: sorted[sorted.length >> 1],
        worst: sorted[0],
      });
    }
  }
  for (const bench of benches) {
    bench.worker.terminate();
  }
}

if (typeof require !== "undefined") {
  // node compare.js FOLDER SETTINGS
  const [base, settings] = process.argv.slice(2);
  const v8 = require("v8");
  const relaxed = require("fs").readFileSync(base + "companion-relaxed.wasm");
  if (!WebAssembly.validate(relaxed)) {
    v8.setFlagsFromString("--experimental-wasm-relaxed-simd"); // Node.js 20 has it behind this flag
  }
  const { Worker } = require("worker_threads");
  compare({
    create: () => new Worker(base + "worker.js"),
    base,
    ...JSON.parse(settings),
    report: (result) => console.log(JSON.stringify(result)),
  }).catch((err) => {
    console.error(err);
    process.exit(1);
  });
}
