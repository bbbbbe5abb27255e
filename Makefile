# Every target is a part of .ci/run or one go command; nothing here knows more than they do.
.DEFAULT_GOAL := help
.PHONY: help build test lint race fuzz cases bench check

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## bin/credsql, without the developer's paths in it
	go build -trimpath -o bin/credsql ./cmd/credsql

test: ## all tests, as the README runs them
	.ci/run tests

lint: ## gofmt, go vet and staticcheck
	.ci/run format vet lint

race: ## all tests under the race detector
	.ci/run race

fuzz: ## every fuzz target for a while; FUZZTIME=10s shortens it
	.ci/run fuzz

cases: ## the conformance cases, with those that CREDSQL_CASES names
	.ci/run cases

bench: ## the benchmarks: decoding, parsing, rendering, start-up
	go test -run '^$$' -bench . -benchmem ./...

check: ## everything CI does
	.ci/run
