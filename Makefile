# Descent: `make run` for the playground, `make test` for every test. `make help` lists the rest.

# The simd packages that the kernels use are an experiment of this Go version. The go command fetches it by itself.
export GOTOOLCHAIN := go1.27.3
export GOEXPERIMENT := simd
# Outer settings that would break the build or the tests in ways that are hard to see.
unexport GOOS GOARCH GOFLAGS GODEBUG

SHELL := /bin/bash
ADDR ?= 127.0.0.1:8080
BROTLI ?= 9

# Packages that also have to work in the browser.
WASM := ./ml/... ./app/... ./wasm/...
# Where Go code is.
SOURCE := server.go app internal ml wasm web

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run build site test tools check test-native test-scalar test-wasm test-companion test-browser bench bench-wasm bench-kernels gofmt fmt vet clean go

help: ## List the targets
	@echo 'Descent. Usage: make TARGET'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | column -t -s '|'

run: build ## Build, and serve the playground at ADDR (127.0.0.1:8080)
	@exec bin/descent serve --addr '$(ADDR)'

build: site ## Build bin/descent and the site under web/
	@go build -trimpath -buildvcs=false -o bin/descent .

site: go ## Build only the site; BROTLI=11 compresses harder, for publishing
	@go run ./internal/build -brotli '$(BROTLI)'

test: tools check build test-native test-scalar test-wasm test-companion test-browser ## Run every test
	@echo 'All tests passed.'

tools: go ## Install what the tests need and this machine lacks (Node.js, Chromium)
	@go run ./internal/build tools

check: gofmt vet ## Check formatting, and vet for both targets

gofmt: go
	@echo '== gofmt'
	@bad=$$(gofmt -l $(SOURCE)); \
	if [ -n "$$bad" ]; then echo "not formatted (make fmt does it): $$bad"; exit 1; fi

vet: go
	@echo '== go vet, native and js/wasm, without and with the companion'
	@go vet ./...
	@GOOS=js GOARCH=wasm go vet $(WASM)
	@GOOS=js GOARCH=wasm go vet -tags companion ./ml/... ./wasm/worker ./internal/bench/wasm

test-native: go ## Test natively, with SIMD
	@echo '== go test ./..., native, with SIMD'
	@go test ./...

test-scalar: go ## Test the core natively, without SIMD
	@echo '== go test ./ml/..., native, without SIMD'
	@GOEXPERIMENT= go test ./ml/...

# Go on wasm takes arguments and environment of 12 KB at most, so only what the tests read goes through. TMPDIR and the
# rest are node's to choose.
test-wasm: go ## Test the core as wasm, under node
	@echo '== go test ./ml/..., js/wasm under node'
	@GOOS=js GOARCH=wasm go test -exec="env -i HOME=$$HOME PATH=$$(dirname "$$(command -v node)"):/usr/bin:/bin \
		$${GOLDEN_DIR:+GOLDEN_DIR=$$GOLDEN_DIR} $$(go env GOROOT)/lib/wasm/go_js_wasm_exec" ./ml/...

# With the best variant that this node can run, then its kernels with the other one.
test-companion: go ## Test the core as wasm, under node, with the companion
	@echo '== go test -tags companion, js/wasm under node'
	@go run ./internal/build companion
	@test() { \
		GOOS=js GOARCH=wasm go test -tags companion -exec="env -i HOME=$$HOME PATH=$$(dirname "$$(command -v node)"):/usr/bin:/bin \
			$${GOLDEN_DIR:+GOLDEN_DIR=$$GOLDEN_DIR} COMPANION=$$1 node $(CURDIR)/internal/companion/node.js \
			$$(go env GOROOT)/lib/wasm/wasm_exec.js $(CURDIR)/web" "$${@:2}"; \
	}; test '' ./ml/kernel ./ml/op ./ml/train && test simd128 ./ml/kernel

test-browser: site ## Test the built site: every wasm under node, the page in Chromium
	@echo '== the built site: every wasm instantiated, the page in Chromium'
	@DESCENT_WEB='$(CURDIR)/web' go test -count=1 -timeout 20m ./internal/e2e

bench: tools ## Measure training natively, under node and in Chromium; BENCH='-workloads lstm -rounds 3' says what
	@go run ./internal/bench $(BENCH)

bench-wasm: tools ## Measure training as wasm, with Go's own SIMD and with both companions in turns; BENCH as above
	@go run ./internal/bench -env node,chromium -companion none,simd128,relaxed $(BENCH)

bench-kernels: go ## Measure every kernel and op: GFLOPS or GB/s
	@go test -run '^$$' -bench . -benchtime 0.3s ./ml/kernel ./ml/op ./ml/nn

fmt: ## Format the Go code
	@gofmt -w $(SOURCE)

clean: ## Remove what was built, but not what was fetched
	@rm -rf bin build web/vendor web/data web/wasm_exec.js web/*.wasm
	@find web -name '*.br' -delete -o -name '*.gz' -delete

go:
	@command -v go >/dev/null || { echo 'Go is missing: install Go 1.21 or newer; it fetches version 1.27.3 by itself.'; exit 1; }
	@go version >/dev/null || { echo 'Go 1.27.3 could not be fetched: the first build needs the network.'; exit 1; }
