# One command for each thing, the same at the desk and in CI. `make` alone lists them.
# Variables: PORT=9000 (run), PYTHON=python3.12 (the interpreter), TORCH_INDEX=URL (where torch comes from; see README).

PYTHON ?= python3
PORT ?= 8000
TORCH_INDEX ?=
ARGS ?=

BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
READY := .venv/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INDEX := $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX),)
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest
NPM := $(BIN)/python hatch_build.py npm run --silent

.DEFAULT_GOAL := help
.PHONY: help run page setup test quick browser portable check format lint types floors drift golden api bench docs site docker-check release lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 18

run: page ## set up what is missing and start the server (PORT=8000)
	@exec $(BIN)/stable-regions serve --port $(PORT) $(ARGS)

setup: $(READY) ## make .venv with the pinned versions

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}. Name another: make $(MAKECMDGOALS) PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@if [ -z "$(TORCH_INDEX)" ] && [ "$$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null; then echo "No NVIDIA driver here: if pip fetches a CUDA torch, TORCH_INDEX=https://download.pytorch.org/whl/cpu gives the smaller CPU build."; fi
	@echo "Installing pinned versions into .venv (once; minutes on a slow line) ..."
	@$(PIP) install --quiet $(INDEX) -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

page: $(READY) ## build the page, if its sources changed
	@$(BIN)/python hatch_build.py

browser: $(READY) ## see to it that the tests have a browser
	@$(BIN)/python .ci/browser.py

test: page browser ## every test: Python, TypeScript, browser
	@$(NPM) test
	@$(PYTEST) $(ARGS)

quick: page ## the tests of a minute: no browser, no store server
	@$(NPM) test
	@$(PYTEST) -m "not browser and not redis and not slow" $(ARGS)

portable: $(READY) ## the tests of numbers as other processors round, on one thread and on two
	@$(BIN)/python .ci/portable.py $(ARGS)

check: format lint types floors drift test ## format, lint, types, floors, drift and every test: what CI runs

format: $(READY) ## is everything formatted? (FIX=1 formats)
	@$(BIN)/ruff format --quiet $(if $(FIX),,--check --diff) . || { echo "Run: make format FIX=1"; exit 1; }

lint: $(READY) ## ruff and biome (FIX=1 mends what can be mended)
	@$(BIN)/ruff check --quiet $(if $(FIX),--fix,) .
	@$(NPM) $(if $(FIX),format,lint)

types: $(READY) ## pyright strict and tsc strict
	@$(BIN)/pyright
	@$(NPM) types

floors: $(READY) ## imports go only downward
	@$(BIN)/lint-imports --no-cache
	@$(NPM) floors

drift: $(READY) ## are the page's types those of the server?
	@$(BIN)/python .ci/openapi.py --check
	@$(BIN)/python .ci/names.py --check
	@cp frontend/src/api/schema.gen.ts .venv/schema.before && $(NPM) api >/dev/null && cmp -s .venv/schema.before frontend/src/api/schema.gen.ts || { echo "frontend/src/api/schema.gen.ts was not made from this server's schema. Run make api and commit the difference."; exit 1; }

api: $(READY) ## write openapi.json, the page's types and the package's names from the server's schema
	@$(BIN)/python .ci/names.py
	@$(BIN)/python .ci/openapi.py
	@$(NPM) api

golden: $(READY) ## write the golden files anew; review the difference like code
	@GOLDEN=write $(PYTEST) -m golden

bench: $(READY) ## measure: milliseconds a point, seconds to the first picture, frames a second
	@OMP_WAIT_POLICY=PASSIVE PYTHONPATH=backend:tests $(BIN)/python -m bench $(ARGS)

docs: $(READY) ## write the generated pages anew and check all documents
	@$(BIN)/python .ci/documents.py
	@$(PYTEST) -q tests/house/test_documents.py

site: $(READY) ## build the documents as a site, build/site; broken links fail
	@$(BIN)/python .ci/site.py

docker-check: $(READY) ## Dockerfile and docker-compose.yml, as far as this machine can check them
	@$(PYTEST) -ra tests/docker

release: $(READY) ## make a release ready: make release VERSION=0.2.0
	@$(BIN)/python .ci/release.py $(VERSION)

lock: $(READY) ## resolve requirements.lock anew
	@$(BIN)/python .ci/lock.py

clean: ## remove what the commands above made (.venv, node_modules, the built page, caches)
	rm -rf .venv frontend/node_modules frontend/dist backend/stable_regions/web build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find backend tests -name __pycache__ -type d -prune -exec rm -rf {} +
