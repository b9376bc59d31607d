.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin

# `make run` serves here. With HOST=0.0.0.0, phones on the same network reach this machine's first address.
HOST ?= 127.0.0.1
PORT ?= 5000
BASE_URL ?= http://$(if $(filter 0.0.0.0,$(HOST)),$(firstword $(shell hostname -I)),$(HOST)):$(PORT)

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed 's/:.*## /\t/' | expand -t 12

# --- the environment: made from the lock, made again when the lock or the metadata changes ---------------------------
# The compiled run-time and development locks; hashes are checked on every install.
$(VENV)/.run: requirements.lock setup.cfg pyproject.toml
	test -x $(BIN)/python || python3 -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

.PHONY: lock
lock: $(VENV)/.dev ## Compile the lock files again from setup.cfg
	$(BIN)/uv pip compile setup.cfg --extra build --generate-hashes --universal --python-version 3.11 --no-header --quiet --upgrade -o requirements.lock
	$(BIN)/uv pip compile setup.cfg --extra build --extra dev --generate-hashes --universal --python-version 3.11 --no-header --quiet --upgrade -o requirements-dev.lock

# --- styles, scripts and translations: built with Node from PyPI, so that the machine needs none of its own -----------
# What names a class is a source of the stylesheets: they keep no GOV.UK rule that nothing names.
ASSET_SOURCES := $(shell find pbvote/assets pbvote/templates pbvote/fields -type f -not -name '*.pyc') pbvote/filters.py $(wildcard pbvote/translations/*/LC_MESSAGES/*.po)

node_modules/.installed: package.json package-lock.json | $(VENV)/.run
	$(BIN)/python -m pbvote.assets.build install
	touch $@

pbvote/static/.built: node_modules/.installed $(ASSET_SOURCES) | $(VENV)/.run
	$(BIN)/python -m pbvote.assets.build
	touch $@

.PHONY: assets
assets: pbvote/static/.built ## Build the styles, scripts and translations into pbvote/static

# The template in between is thrown away: it says nothing that the sources and the .po files don't.
.PHONY: translations
translations: $(VENV)/.dev ## Extract the voter's sentences again and update the .po files
	mkdir -p build
	$(BIN)/pybabel -q extract -F pbvote/translations/babel.cfg --add-location=file --no-wrap --sort-by-file --project=pbvote --version=1 --msgid-bugs-address=grants@council.example -o build/messages.pot pbvote
	$(BIN)/pybabel -q update -i build/messages.pot -d pbvote/translations --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	rm build/messages.pot

# --- the main job -----------------------------------------------------------------------------------------------------
.PHONY: run
run: export PBVOTE_BASE_URL := $(BASE_URL)
run: $(VENV)/.run assets ## Serve the demonstration (PORT=, HOST=, BASE_URL=)
	$(BIN)/pbvote db upgrade
	$(BIN)/pbvote demo
	$(BIN)/pbvote serve --host $(HOST) --port $(PORT)

.PHONY: pictures
pictures: needs $(VENV)/.dev assets ## Photograph the demonstration for the guide, into docs/pictures
	$(BIN)/python -m docs.take_pictures

# --- checks -----------------------------------------------------------------------------------------------------------
.PHONY: lint
lint: $(VENV)/.dev ## Check style, types, templates and the house's one-way imports
	@$(MAKE) --no-print-directory --output-sync --jobs=2 lint-types lint-templates lint-style

.PHONY: lint-types lint-templates lint-style
lint-types:
	$(BIN)/mypy
lint-templates:
	$(BIN)/djlint pbvote/templates --check --lint
lint-style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

# One worker more than there are cores: tests in a browser wait a lot.
WORKERS ?= $(shell expr $$(nproc) + 1)

# Every test commits to a database of its own, and each commit would wait for the disk: in memory, where there are 6 GB.
IN_MEMORY := $(shell df --output=avail /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 6000000 { print "/dev/shm" }')

.PHONY: needs
needs:
	sh tests/needs.sh

.PHONY: test
test: export TMPDIR := $(or $(IN_MEMORY),$(TMPDIR),/tmp)
test: needs $(VENV)/.dev assets ## Run every test (root on Debian: installs Chromium, PostgreSQL, Poppler, LibreOffice and what reads deploy/ first)
	$(BIN)/pytest -n $(WORKERS) -q

# Every file whose tests know two numbers, the few of each run and the full ones; examples of hypothesis are such,
# and real elections.
IN_NUMBERS = $(shell grep -rlE '^from (tests.faults|hypothesis|tests.tally.real) import' tests --include='test_*.py' | sort)

.PHONY: test-faults
test-faults: export PBVOTE_FAULTS := full
test-faults: needs $(VENV)/.dev assets ## Run the tests of races, crashes and attacks in large numbers (some hours)
	$(BIN)/pytest -n $(WORKERS) -q tests/faults $(IN_NUMBERS)

.PHONY: cluster-test
cluster-test: $(VENV)/.dev assets ## Break a cluster of databases and app hosts under load (root on Debian; TIMES=)
	deploy/cluster-test --times $(or $(TIMES),50) --write

.PHONY: bench
bench: $(VENV)/.dev assets ## Measure, and write benchmarks/README.md (PBVOTE_ELECTIONS= for the tally's)
	$(BIN)/python -m benchmarks.casts
	$(BIN)/python -m benchmarks.hall
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.slips
	$(BIN)/python -m benchmarks.bids
	$(BIN)/python -m benchmarks.boards
	$(BIN)/python -m benchmarks.grants
	$(BIN)/python -m benchmarks.slow_phones
	$(BIN)/python -m benchmarks.tally
