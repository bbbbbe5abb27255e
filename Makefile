# Every target is a part of .ci/run or one go command; nothing here knows more than they do.
.DEFAULT_GOAL := help
BENCH ?= .
SOAK ?= 30m
.PHONY: help build test lint race fuzz cases bench soak bench-duckdb check

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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

bench: ## decoding, bytes a row, planning, start, questions, fetching; BENCH='Decode|Plan|Start' for some of them
	go test -run '^$$' -bench '$(BENCH)' -benchmem -timeout 60m ./...

soak: ## half an hour of good, bad and broken MySQL clients at once; SOAK=2m shortens it
	CREDSQL_SOAK=$(SOAK) go test -run '^TestSoak$$' -v -timeout 120m ./engine/mysqlwire

bench-duckdb: ## the audit questions over a million rows, against DuckDB, which npm installs below bin/
	npm install --silent --no-fund --no-audit --prefix bin/duckdb @duckdb/node-api
	go run ./examples/benchmark -duckdb bin/duckdb

check: ## everything CI does
	.ci/run
