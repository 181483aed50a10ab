# Two commands for people: `make run` and `make test`. Each sets up all it needs; a second run takes seconds.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REQ := installers/requirements
FOLDER ?= docs/sample-folder
Q ?=
QUICK ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

.PHONY: run test lint types contracts quality bench screenshots translations lock docs clean

run: $(VENV)/.run
	@sh installers/debian_packages.sh run
	@$(BIN)/python installers/main_job.py --folder "$(FOLDER)" $(if $(Q),--question "$(Q)")

test: $(VENV)/.test lint types contracts
	@sh installers/debian_packages.sh test
	@$(BIN)/python -m tests.packs
	@$(BIN)/pytest

lint: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.test
	@$(BIN)/mypy

contracts: $(VENV)/.test
	@$(BIN)/lint-imports --no-logo

# Both take long and use the default packs; they print the tables of docs/benchmarks.md. QUICK=--quick: do they run?
quality: $(VENV)/.test
	@sh installers/debian_packages.sh quality
	@$(BIN)/python -m tests.quality $(QUICK)

bench: $(VENV)/.test
	@sh installers/debian_packages.sh bench
	@$(BIN)/python -m tests.benchmarks $(QUICK)

$(VENV)/.run: $(REQ)/run.lock pyproject.toml installers/environment.sh
	@PYTHON=$(PYTHON) sh installers/environment.sh $(VENV) $(REQ)/run.lock
	@touch $@

$(VENV)/.test: $(REQ)/test.lock pyproject.toml installers/environment.sh
	@PYTHON=$(PYTHON) sh installers/environment.sh $(VENV) $(REQ)/test.lock
	@touch $@ $(VENV)/.run

# Needs uv. Without index addresses: every file is pinned by its hash, wherever it comes from.
UV_COMPILE = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--override $(REQ)/left-out.txt --extra setup --extra desktop
lock:
	$(UV_COMPILE) pyproject.toml -o $(REQ)/run.lock
	$(UV_COMPILE) --extra test -c $(REQ)/run.lock pyproject.toml -o $(REQ)/test.lock

# Every page, light and dark, English and Chinese, 100 % and 200 %, into docs/screenshots/; needs the default packs.
screenshots: $(VENV)/.test
	@sh installers/debian_packages.sh screenshots
	@$(BIN)/python -m installers.screenshots

# Collect what the window says, and make what it says in other languages; a test fails when they lag behind.
translations: $(VENV)/.test
	@$(BIN)/python -m installers.translations

# docs/settings.md and docs/errors.md are made from the code; a test fails when they lag behind.
docs: $(VENV)/.test
	@$(BIN)/python -m installers.reference

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
