.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
export SOUNDSTAGE_HOME ?= $(CURDIR)/.soundstage
STAMP := $(VENV)/.installed
TESTS_STAMP := $(VENV)/.tests-installed

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(STAMP) ## Install what Soundstage and its tests need
$(STAMP): requirements/dev.txt pyproject.toml tools/setup.sh
	tools/setup.sh $(VENV)
	@touch $(STAMP)

$(TESTS_STAMP): $(STAMP) tests/npm/package-lock.json tools/setup_tests.sh
	tools/setup_tests.sh
	@touch $(TESTS_STAMP)

demo: setup ## Turn the bundled portrait and script into a talking-head video
	$(BIN)/soundstage run full_pipeline --param portrait=examples/portrait.jpg --param script=@examples/script.txt \
		--output out/demo

page: setup ## Build the web page into web/dist, where its sources changed
	@tools/page.sh build

studio: page ## Start the studio on this computer
	$(BIN)/soundstage serve

check: setup ## Lint, types, the rooms' borders; of the page too
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	tools/page.sh check

test: $(TESTS_STAMP) page ## All tests, those of the page first
	@failed=0; tools/page.sh test || failed=1; $(BIN)/pytest -n 2 --dist worksteal || failed=1; exit $$failed

bench: $(TESTS_STAMP) page ## Measure and print the table of docs/performance.md
	$(BIN)/python -m bench

fix: setup ## Repair what can repair itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	tools/page.sh fix

lock: ## Pin the packages of requirements/dev.txt anew
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml --all-extras --group dev -o requirements/dev.txt

.PHONY: help setup demo page studio check test bench fix lock
