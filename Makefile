# OpenCOPES: `make demo` sets up and runs the main job, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
SERVE ?= 1
PORT ?= 8443
BIN := .venv/bin

.PHONY: help demo test test-sqlite test-postgresql lint catalogues lock screenshots bench clean

help:
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/'

.venv/made-run: requirements/run.txt pyproject.toml
	@tools/environment run $(PYTHON)

.venv/made-dev: requirements/dev.txt pyproject.toml
	@tools/environment dev $(PYTHON)

catalogues: ## compile the language catalogues
	@$(BIN)/python tools/catalogues.py compile

demo: .venv/made-run ## make a practice node, replay the demo cases, verify their dossiers, serve the site
	@$(BIN)/python tools/catalogues.py compile
	@$(BIN)/copes --home var/demo demo $(if $(filter 0,$(SERVE)),--no-serve,) --port $(PORT)

test: .venv/made-dev ## every check and test, on SQLite and, where a server answers, on PostgreSQL
	@tools/test

lint: .venv/made-dev ## format, lint, types, import contracts
	@tools/lint

bench: .venv/made-dev ## measure speed and size; writes docs/benchmarks.md
	@$(BIN)/python tools/catalogues.py compile
	@$(BIN)/python -m benchmarks

screenshots: .venv/made-dev ## take the guide's pictures from the running system
	@$(BIN)/python tools/screenshots.py

lock: ## resolve and pin every dependency by hash
	@tools/lock

clean: ## remove everything made here
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
