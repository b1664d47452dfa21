# The commands of Waymark. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
NODE_PATH_FIRST := PATH="$(CURDIR)/.venv/bin:$$PATH"
# `make test` ends a test that takes five minutes; these are meant to be long.
NO_LIMIT := -o faulthandler_timeout=0
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run test check check-python check-browser api format bench simulate faults screenshots demo lock clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what Waymark needs and build the browser's app
	@deploy/setup.sh

run: ## Start Waymark with demo data on http://127.0.0.1:8000 (PORT=…)
	@deploy/setup.sh
	@exec $(PYTHON) deploy/run.py

test: ## Run every check and test, with the seconds of each stage
	@deploy/setup.sh --tests --no-build
	@$(PYTHON) deploy/stages.py

check: ## Check format, lint, types and layers; build and unit-test the browser's app
	@deploy/setup.sh --tests
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target check-python check-browser

check-python:
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	.venv/bin/lint-imports --no-logo
	$(PYTHON) -m mypy

check-browser:
	cd frontend && $(NODE_PATH_FIRST) npm run --silent types
	cd frontend && $(NODE_PATH_FIRST) npm run --silent test

api: ## Make the browser's types anew from the API's own document
	@deploy/setup.sh --no-build
	WAYMARK_ENV=demo $(PYTHON) -m flask --app wsgi openapi > frontend/openapi.json
	cd frontend && $(NODE_PATH_FIRST) npm run --silent api

format: ## Put the Python in the one format
	@deploy/setup.sh --tests --no-build
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

bench: ## Measure the operations as ratios to their limits (ROWS=…)
	@deploy/setup.sh --bench
	$(PYTHON) -m tests.bench

simulate: ## Count what the trigger pays by chance beside four other rules, and whom the signals surface; writes docs (ARGS=… SIGNALS=…)
	@deploy/setup.sh --tests --no-build
	$(PYTHON) -m tests.simulation $(ARGS)
	$(PYTHON) -m tests.simulation.signals $(SIGNALS)

faults: ## Kill servers and break batches, longer than `make test` does (KILLS=… FUZZ=…)
	@deploy/setup.sh --tests
	KILLS=$${KILLS:-1000} POINT_KILLS=$${POINT_KILLS:-20} EXPORT_KILLS=$${EXPORT_KILLS:-200} $(PYTHON) -m pytest $(NO_LIMIT) tests/faults
	FUZZ=$${FUZZ:-100000} TABLETS=$${TABLETS:-200} TABLET_STEPS=50 \
		$(PYTHON) -m pytest $(NO_LIMIT) tests/sync/test_fuzz.py tests/sync/test_actions_tablets.py

screenshots: ## Take the pictures of the README anew
	@deploy/setup.sh --tests
	$(PYTHON) -m tests.browser.screenshots

demo: ## Load the demo data into an empty database (ARGS="--participants 300 --seed 1")
	@deploy/setup.sh
	WAYMARK_ENV=demo $(PYTHON) -m flask --app wsgi db upgrade
	WAYMARK_ENV=demo $(PYTHON) -m flask --app wsgi demo $(ARGS)

lock: ## Pin everything anew, with hashes, after a change of requirements.txt
	@deploy/setup.sh --no-build
	@deploy/lock.sh

clean: ## Remove what setup and the tools made; the data in instance/ stay
	rm -rf .venv frontend/node_modules frontend/dist build .ruff_cache .mypy_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
