# The two commands that a fresh clone needs are `make serve` and `make test`; `make help` lists the others.
# They need Python 3.11 or newer, Node 20 or newer and make, and set up everything else below this folder.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:
.PHONY: help serve test build check lock bench million mutate picture clean

PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PYTEST_WHEELS := .cache/pyodide-wheels
PAGE_WHEELS := .cache/page-wheels

# The first Python that is new enough; `make PYTHON=… serve` takes another one.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$python"; break; }; \
	done)

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(VENV)/.build node_modules/.installed $(PAGE_WHEELS)/.complete ## Build the course, serve it and rebuild on change (PORT=8000)
	@$(BIN)/python -m site_build.serve --port $(PORT)

test: check build $(PYTEST_WHEELS)/.complete ## Run everything that CI runs
	@$(BIN)/python -m site_build.browser
	@echo "Tests, natively:"
	@$(BIN)/python -m pytest -n 2 --dist loadfile
	@echo "The calculators' tests again, inside Pyodide:"
	@rm -rf build/wheel && $(BIN)/python -m site_build.wheel build/wheel
	@node tests/pyodide/run.mjs build/wheel $(PYTEST_WHEELS) -q

build: $(VENV)/.build node_modules/.installed $(PAGE_WHEELS)/.complete ## Build the whole site into site/
	@$(BIN)/python -m site_build.build

check: $(VENV)/.test node_modules/.installed ## Check format, lint, types and the arrows between the rooms
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@node_modules/.bin/prettier --check --log-level warn "docs/assets/js/**/*.js" "tests/**/*.mjs"
	@node_modules/.bin/tsc --project .
	@node_modules/.bin/cspell lint --no-progress --no-summary

bench: $(VENV)/.build node_modules/.installed ## Measure the calculators, natively and inside Pyodide
	@rm -rf build/wheel && $(BIN)/python -m site_build.wheel build/wheel
	@node tests/pyodide/bench.mjs build/wheel $(BIN)/python site_build/bench.py

million: $(VENV)/.test ## Price a million rows on a local Dask cluster and compare the totals (minutes)
	@CLUSTER_ROWS=1000000 $(BIN)/python -m pytest -q tests/calculators/test_batches.py -k cluster

mutate: $(VENV)/.test ## Show the tests 200 wrong versions of the calculators, and print which pass (minutes)
	@$(BIN)/python -m tests.mutation.run --sample 200

picture: $(VENV)/.test build ## Take the picture of README anew
	@$(BIN)/python -m site_build.browser
	@$(BIN)/python -m tests.browser.picture

lock: $(VENV)/.lock node_modules/.installed ## Resolve every dependency anew and write the locks
	@for name in build test lock; do \
		$(LOCK) --python-version 3.11 requirements/$$name.in --output-file requirements/$$name.txt; \
	done
	@for name in pyodide page; do \
		$(LOCK) --python-version 3.14 requirements/$$name.in --output-file requirements/$$name.txt; \
	done
	@npm update --package-lock-only --ignore-scripts --loglevel=error

# No registry's address and no machine's path goes into a lock; .npmrc sees to npm's.
LOCK := UV_NO_CONFIG=1 UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --upgrade \
	--universal --generate-hashes --no-annotate --no-emit-index-url --strip-extras

clean: ## Remove everything that make has made
	rm -rf $(VENV) node_modules site build .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What follows sets things up, each once: a stamp is as new as the lock that it stands for.

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "The course needs Python 3.11 or newer, and finds none: install it, or name it: make PYTHON=/path/to/python" >&2; \
		exit 1; \
	fi
	@echo "Setting up: a virtual environment from $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is missing: install it (on Debian and Ubuntu: apt-get install python3-venv)" >&2; exit 1; }

$(VENV)/.build: requirements/build.txt pyproject.toml | $(BIN)/python
	@echo "Setting up: Python packages that build the site …"
	@$(INSTALL) -r requirements/build.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.build
	@echo "Setting up: Python packages that test it …"
	@$(INSTALL) -r requirements/build.txt -r requirements/test.txt
	@touch $@

$(VENV)/.lock: requirements/lock.txt | $(BIN)/python
	@$(INSTALL) -r requirements/lock.txt
	@touch $@

node_modules/.installed: package.json package-lock.json
	@command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || { \
		echo "The course needs Node 20 or newer with npm; found: $$(node --version 2>/dev/null || echo none)" >&2; exit 1; }
	@echo "Setting up: the Pyodide runtime and the other npm packages …"
	@npm ci --ignore-scripts --loglevel=error
	@touch $@

WHEELS := $(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all:

$(PYTEST_WHEELS)/.complete: requirements/pyodide.txt | $(BIN)/python
	@echo "Setting up: pytest and Hypothesis for Pyodide …"
	@rm -rf $(PYTEST_WHEELS)
	@$(WHEELS) --dest $(PYTEST_WHEELS) --requirement requirements/pyodide.txt
	@touch $@

$(PAGE_WHEELS)/.complete: requirements/page.txt | $(BIN)/python
	@echo "Setting up: XlsxWriter for workbooks in the page …"
	@rm -rf $(PAGE_WHEELS)
	@$(WHEELS) --dest $(PAGE_WHEELS) --requirement requirements/page.txt
	@touch $@
