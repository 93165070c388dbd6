# Every command of the project. `make` alone lists them.

PYTHON ?= $(firstword $(foreach each,python3 python3.13 python3.12 python3.11,$(shell \
	$(each) -c 'import sys; print(sys.executable) if sys.version_info >= (3, 11) else None' 2>/dev/null)))
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
SCRATCH = $(shell mktemp -d)
LOCKER := uv==0.13.8
LOCKING := --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -q

.DEFAULT_GOAL := help
.PHONY: help setup model run serve build migrate test e2e check format lock ci bench

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.tools ## Install everything that working on it needs into .venv

model: .venv/.model ## Install what speaking with a language model needs (ASSISTANT_BASE_URL)

run: .venv/.program ## Start it: database, demo place, front end, http://localhost:3000
	@$(BIN)/python -m treno_chat run

build: .venv/.program ## Build the front end, if it changed
	@$(BIN)/python -m treno_chat build

migrate: .venv/.program ## Bring the database to the newest revision
	@$(BIN)/python -m treno_chat migrate

serve: .venv/.program ## Serve what was built and migrated (production)
	@$(BIN)/python -m treno_chat serve

test: .venv/.tools ## Run every test: in seconds those without a browser, then the journeys
	@$(BIN)/python -m pytest -q -n auto --dist worksteal
	@$(MAKE) --no-print-directory e2e

e2e: .venv/.tools ## Walk the journeys in a real browser against the real server
	@$(BIN)/python -m tests.support.chromium
	@$(BIN)/python -m pytest -q -m e2e -n 2 --dist worksteal tests/e2e

check: .venv/.tools ## Lint, format, types, layers, migrations against the tables
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	@folder=$(SCRATCH); export MIGRATION_DATABASE_URL=sqlite:///$$folder/check.db; \
		$(BIN)/python -m alembic upgrade head && $(BIN)/python -m alembic check; status=$$?; rm -r $$folder; exit $$status

format: .venv/.tools ## Put the files into the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/.base ## Pin everything that requirements*.txt lead to, with the hashes of its files
	@$(PIP) $(LOCKER)
	$(BIN)/uv pip compile requirements.txt -o requirements.lock $(LOCKING)
	$(BIN)/uv pip compile requirements-llm.txt -c requirements.lock -o requirements-llm.lock $(LOCKING)
	$(BIN)/uv pip compile requirements-dev.txt -c requirements.lock -c requirements-llm.lock \
		-o requirements-dev.lock $(LOCKING)

ci: check ## Everything that must hold before a change is taken
	$(BIN)/python -m pytest -q -n auto --dist worksteal --cov --cov-report=json
	$(BIN)/python -m tests.support.coverage_gate coverage.json
	TRENO_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -n auto --dist worksteal tests/web
	$(MAKE) --no-print-directory e2e
	TRENO_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -m e2e -n 2 tests/e2e/test_conversation.py

bench: .venv/.tools ## Measure, and print the figures beside their budgets
	$(BIN)/python -m bench

.venv/.base:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and was not found." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing (Debian: apt install python3-venv)." >&2; exit 1; }
	@touch $@

.venv/.program: .venv/.base requirements.lock
	@echo "Installing what it runs on …"
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

.venv/.model: .venv/.program requirements-llm.lock
	@echo "Installing what speaks with language models …"
	@$(PIP) --require-hashes -r requirements-llm.lock
	@touch $@

.venv/.tools: .venv/.program requirements-dev.lock
	@echo "Installing what its tests need …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@
