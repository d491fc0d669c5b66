# Every command a person needs; the scripts behind them are in .ci/.
.DEFAULT_GOAL := help
.PHONY: run test soak dev bench help build

run: ## Set up, build, and serve the invented demo authority on http://127.0.0.1:3000
	@.ci/serve

test: ## Install what the tests need and run all of them
	@.ci/test

soak: ## Run what chance drives far longer than the tests do
	@.ci/soak

dev: ## Build again whenever a file changes, and serve
	@.ci/dev

bench: ## Run the benchmarks (timings; never part of the tests)
	@.ci/bench

build: ## Build the release binary, with its site inside
	@.ci/build

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
