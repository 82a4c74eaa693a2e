# What a newcomer types. Every target works on a fresh Debian with Rust, Python 3, Node, Java, Go, git, make and Terraform:
# what else is needed, scripts/ fetches once, into .wayleave/ where it can.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# Programs that scripts/cargo-tool built are found before, and never replace, those of the machine.
export PATH := $(CURDIR)/.wayleave/tools/bin:$(PATH)

ARGS ?=
SECONDS ?= 360

.PHONY: help demo test lint format fmt clippy docs deny machete rego rule-pages bench bench-scan fuzz

help: ## List the targets.
	@awk -F '## ' '/^[a-z-]+:.*## / { sub(/:.*/, "", $$1); printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## A whole landing zone on this machine: a push, its run, the approvals (ARGS="--exit --report FILE").
	@scripts/programs python3 venv git terraform
	cargo run -p wayleave -- demo $(ARGS)

test: ## Install what the tests need, and run all of them.
	@scripts/programs python3 venv git terraform java mvn
	@scripts/cargo-tool nextest
	@scripts/moto-venv
	@scripts/elasticsearch
	cargo test --workspace --doc --quiet
	cargo nextest run --workspace

lint: fmt clippy docs deny machete rego ## Everything that judges the code without running the whole of it.

format: ## Format the code.
	cargo fmt --all

fmt: ## The code is formatted.
	cargo fmt --all --check

clippy: ## No warnings of the compiler or of Clippy.
	cargo clippy --workspace --all-targets --locked -- -D warnings

docs: ## The documentation builds without warnings.
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

deny: ## Licences, sources, banned crates, and known vulnerabilities where their list can be had.
	@scripts/cargo-tool deny
	cargo deny --log-level error check bans licenses sources
	@scripts/advisories

machete: ## No dependency that nothing uses.
	@scripts/cargo-tool machete
	cargo machete

rego: ## The policy rules' own tests, and that each rule has some.
	cargo test --locked --package policies --test it rego::

rule-pages: ## Write docs/policies/ and policies/packs/needs.json anew from the rules.
	WAYLEAVE_WRITE_PAGES=1 cargo test --locked --package policies --lib bundle::
	WAYLEAVE_WRITE_PAGES=1 cargo test --locked --package policies --test it documentation::

bench: ## Benchmarks: ratios measured within one run (docs/benchmarks.md).
	@scripts/programs python3 venv git terraform
	@scripts/moto-venv
	cargo bench --package wayleave --bench webhook --bench run10k --bench stacks --bench rest

bench-scan: ## The scanner beside checkov, cfn-lint and, where the machine has them, trivy and terrascan (ARGS="--pack DIR").
	@scripts/programs python3 venv
	cargo build --release -p wayleave
	cargo bench --package policies --bench evaluate
	scripts/bench-scan $(ARGS)

fuzz: ## Fuzz the scanner's readers (SECONDS=360 for each target, ARGS="hcl yaml").
	@scripts/cargo-tool fuzz
	scripts/fuzz $(SECONDS) $(ARGS)
