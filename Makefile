.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin

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
lock: $(VENV)/.dev ## Compile the lock files anew from setup.cfg
	$(BIN)/uv pip compile setup.cfg --extra build --generate-hashes --universal --python-version 3.11 --no-header --quiet --upgrade -o requirements.lock
	$(BIN)/uv pip compile setup.cfg --extra build --extra dev --generate-hashes --universal --python-version 3.11 --no-header --quiet --upgrade -o requirements-dev.lock

# --- styles, scripts and translations: built with Node from PyPI, so that the machine needs none of its own -----------
ASSET_SOURCES := $(shell find pbvote/assets -type f -not -name '*.pyc') $(wildcard pbvote/translations/*/LC_MESSAGES/*.po)

node_modules/.installed: package.json package-lock.json | $(VENV)/.run
	$(BIN)/python -m pbvote.assets.build install
	touch $@

pbvote/static/.built: node_modules/.installed $(ASSET_SOURCES) | $(VENV)/.run
	$(BIN)/python -m pbvote.assets.build
	touch $@

.PHONY: assets
assets: pbvote/static/.built ## Build the styles, scripts and translations into pbvote/static
