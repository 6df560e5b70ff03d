# `make run` shows everything in a minute; `make test` runs the whole suite; `make check` looks,
# `make fix` mends. Each target makes or renews .venv by itself.
.DEFAULT_GOAL := help
BIN := .venv/bin
PORT ?= 8000
.PHONY: help run setup check fix test test-long coverage generate knowledge-check bench bench-cohort measure lock

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

run: ## build the demo atlas and serve it at http://127.0.0.1:8000
	@sh scripts/setup.sh run
	@$(BIN)/rapport serve --port $(PORT)

setup: ## make or renew the environment for work on the code
	@sh scripts/setup.sh dev

check: setup ## format, lint, types, layers, knowledge, generated pages, spelling, lock
	$(BIN)/ruff format --check src tests scripts
	$(BIN)/ruff check src tests scripts
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/rapport knowledge check
	$(BIN)/python scripts/generate.py --check
	$(BIN)/python scripts/rule_versions.py --check
	$(BIN)/python scripts/check_lock.py
	$(BIN)/codespell src tests docs scripts *.md

fix: setup ## format, mend what can be mended, write the generated pages
	$(BIN)/ruff format src tests scripts
	$(BIN)/ruff check --fix src tests scripts
	$(BIN)/python scripts/rule_versions.py
	$(BIN)/python scripts/generate.py

test: setup ## the whole suite but the long tests, in parallel
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m "not long" -q

test-long: setup ## the tests that take minutes
	$(BIN)/pytest -n auto --dist worksteal -m long -q

coverage: setup ## branch coverage of src
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m "not long" -q --cov --cov-report=term:skip-covered

generate: setup ## raise the version of each changed rule file, write all generated pages
	$(BIN)/python scripts/rule_versions.py
	$(BIN)/python scripts/generate.py

knowledge-check: setup ## the knowledge base alone
	$(BIN)/rapport knowledge check

bench: setup ## speeds, as ratios to limits measured in the same run
	$(BIN)/python scripts/bench

bench-cohort: setup ## speeds of the analysis of a cohort; beside other programs where they are installed
	$(BIN)/python scripts/bench cohort cohort_beside $(if $(LARGE),cohort_large)

measure: setup ## accuracy on the labelled studies of ../shared, stored for the site
	sh scripts/measure.sh

lock: setup ## renew the lock files from pyproject.toml
	sh scripts/lock.sh
