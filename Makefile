# The project's commands. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TRANSLATIONS := $(wildcard bot/locales/*/LC_MESSAGES/*.po)
COMPILE := uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-annotate \
	--custom-compile-command 'make lock' pyproject.toml

.PHONY: help install run test check format lock locales clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

install: $(VENV)/.project ## make .venv, or bring it up to date

# exec: one process fewer between Ctrl-C and what it should stop.
run: $(VENV)/.project ## start the whole service here; Ctrl-C stops it
	@exec $(BIN)/fanzha run

# Six workers, whatever the cores: the slow tests wait for processes, browsers and leases more than they compute.
test: $(VENV)/.project ## run every test
	@$(BIN)/pytest -n 6 --dist loadfile --no-loadscope-reorder $(TESTS)

check: $(VENV)/.project ## what the tools hold: style, types, walls, translations, lock files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/pytest tests/test_locks.py tests/bot/locales

format: $(VENV)/.project ## lay out the code
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

lock: ## resolve the requirements anew (needs uv)
	@$(COMPILE) --extra build -o requirements.txt
	@$(COMPILE) --extra build --extra evidence -o requirements-evidence.txt
	@$(COMPILE) --extra build --extra evidence --extra dev -o requirements-dev.txt

locales: $(VENV)/.project ## bring the translations up to date with the sources
	@$(BIN)/python -m bot.locales.sources

clean: ## remove what was made; .fanzha, which holds keys and reports, stays
	rm -rf $(VENV) build dist knowledge/kept .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find bot -name '*.mo' -delete

$(VENV)/.dependencies: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the project stands on (once, a few minutes) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

$(VENV)/.project: $(VENV)/.dependencies pyproject.toml README.md bot/locales/build.py $(TRANSLATIONS)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/fanzha patterns learn
	@touch $@
