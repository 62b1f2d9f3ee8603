# Two commands are all a newcomer needs: make run, make test. Needed beforehand: Go, Node, make.

LINT_VERSION := v2.12.2
LINT         := .tools/golangci-lint-$(LINT_VERSION)
MODULES      := ./bench/... ./... # the bench waits most, so its tests begin first
FUZZTIME     ?= 5s

.DEFAULT_GOAL := help
.PHONY: help run build image web test unit fuzz browser screens lint generate drift verify bench bench-full soak clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Open the demo: database, server, shop, playground
	@bin/pizzeria demo

build: web ## Build bin/pizzeria with the web part inside
	go build -o bin/pizzeria ./cmd/pizzeria

image: ## Build the container image pizzeria, with Docker
	GOWORK=off go mod vendor -o .vendor
	docker build --tag pizzeria .

web: ## Build the web part, if Node is there
	@if command -v npm >/dev/null; then \
		$(MAKE) --no-print-directory web/dist/.built; \
	else \
		echo 'Node is missing: the web apps are left out. Install Node 20.19 or later for it.'; \
	fi

web/node_modules/.installed: web/package.json web/package-lock.json
	cd web && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/.built: web/node_modules/.installed $(shell git ls-files web ':!web/dist' 2>/dev/null)
	cd web && npm run --silent build
	@touch $@

test: FUZZTIME = 1000x
test: lint drift unit fuzz browser ## Everything: lint, drift, all tests on a real Postgres with -race, short fuzzing, the browser

unit: web ## All Go tests, with -race, on a private Postgres; the rules and stores of the web apps
	cd web && npm run --silent test
	go build -race $(MODULES) # before the tests, which would share the processors with the compiler
	go run ./internal/platform/pgtest/withpostgres -- go test -race -parallel 4 -timeout 40m $(MODULES) # tests wait more than they compute

fuzz: ## Fuzz each target for FUZZTIME (5s; 1000x is a count)
	.ci/fuzz $(FUZZTIME)

browser: build ## The shop and the playground in a real browser, against the real server
	web/test/run

screens: build ## Take the pictures of docs/screens anew
	web/test/with-demo node web/test/screens.mjs

lint: $(LINT) web/node_modules/.installed ## go vet, golangci-lint, the web part's types and oxlint
	go vet $(MODULES)
	GOLANGCI_LINT_CACHE=$(abspath .tools/cache) $(LINT) run $(MODULES) # a cache shared by checkouts confuses their paths
	.ci/layers $(LINT)
	! git grep -nE '^\s*(//|--).{131}' -- '*.go' '*.sql' ':!graph/model' ':!docs' # a comment ends at column 132, better at 128
	! git grep -nwiE 'patience|despair|glance|farewell' -- '*.go' '*.sql' '*.ts' '*.tsx' '*.mjs' # a name says what it limits or does
	cd web && npm run --silent typecheck && npm run --silent lint

$(LINT):
	GOBIN=$(abspath .tools) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv .tools/golangci-lint $@

generate: web/node_modules/.installed ## Write the generated code anew
	go generate ./...
	cd web && npm run --silent generate

drift: web/node_modules/.installed ## Fail if generated code or the module files are not what their sources say
	.ci/drift

verify: build ## Compare every read model of the demo with its definition
	@bin/pizzeria verify -demo

bench: ## Measure everything against its targets, in a table (10 minutes)
	go run ./bench -svg docs/orders-per-second.svg

bench-full: ## The same at length, up to 1,000,000 orders and 10,000 sockets (an hour)
	go run ./bench -scale full -svg docs/orders-per-second.svg

soak: build ## The proofs under concurrency and crashes, and of prices, in their long form (an hour and a half)
	CONFIGURATIONS=1000 web/test/run configurations.test.mjs
	go test -race -count=1 -timeout 1h ./internal/ordering/pricing -rapid.checks=5000
	go run ./internal/platform/pgtest/withpostgres -- go test -race -count=1 -timeout 3h -v ./internal/proof -soak

clean: ## Remove what was built
	rm -rf bin .vendor web/dist/* web/node_modules .tools
