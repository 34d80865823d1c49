# `make eval` sets up and evaluates; `make test` sets up and tests. Both need Python and make, no more.

PYTHON ?= python3
BASELINE ?= lead-3
VENV   := .venv
BIN    := $(VENV)/bin
EVERY  := html,models,ct2,http,mt,ray,s3
export PIP_DISABLE_PIP_VERSION_CHECK = 1

# uv does not read pip's configuration: where pip looks for wheels is handed over.
LINKS  := $(or $(PIP_FIND_LINKS),$(shell $(PYTHON) -m pip config get global.find-links 2>/dev/null))
ifneq ($(shell command -v uv),)
  MAKE_VENV := uv venv -q --allow-existing --python $(PYTHON) $(VENV)
  INSTALL   := $(if $(LINKS),UV_FIND_LINKS="$(LINKS)") VIRTUAL_ENV=$(VENV) uv pip install -q -c constraints.txt
else
  MAKE_VENV := $(PYTHON) -m venv $(VENV)
  INSTALL   := $(BIN)/python -m pip install -q -c constraints.txt
endif

.PHONY: help eval compare report runs test check format wheel readme fuzz bench clean
.DEFAULT_GOAL := help

help: ## Show what there is to make
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

eval: $(VENV)/.core $(if $(MODEL),$(VENV)/.models) ## Evaluate what eval.toml names; MODEL=<path or hub name> adds one
	$(BIN)/harness eval $(if $(MODEL),-c "$(notdir $(MODEL))=transformer(model='$(MODEL)')") $(ARGS)

compare: $(VENV)/.core ## Compare the kept runs; BASELINE=<name>
	$(BIN)/harness compare --baseline $(BASELINE) $(ARGS)

report: $(VENV)/.core ## Write the kept runs' comparison as one HTML file, and name it
	$(BIN)/harness compare --baseline $(BASELINE) --as html -o runs/report.html $(ARGS)

runs: $(VENV)/.core ## List the kept runs
	$(BIN)/harness runs

test: $(VENV)/.dev ## Set up and run the tests
	OMP_NUM_THREADS=1 HF_HUB_OFFLINE=1 $(BIN)/python -m pytest -q -n 2 --dist loadfile $(ARGS)

check: $(VENV)/.dev ## Check format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.dev ## Put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

wheel: $(VENV)/.core ## Build the wheel, and try its program outside the source tree
	rm -rf dist build/wheel
	$(BIN)/python -m pip wheel -q --no-deps -w dist .
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install -q -c constraints.txt dist/*.whl
	cd build/wheel && bin/harness parts > /dev/null && bin/harness --version
	rm -rf build/wheel

readme: $(VENV)/.core ## Write the README's table and picture anew
	$(BIN)/python docs/readme.py
	$(BIN)/python docs/picture.py

fuzz: $(VENV)/.fuzz ## Feed every reader bad bytes, 20 seconds each; ARGS="--seconds 60 pages"
	$(BIN)/python -m fuzz --seconds 20 $(ARGS)

bench: $(VENV)/.bench ## Measure speed against named peers; HARNESS_DATA=<folder> for real texts
	OMP_NUM_THREADS=1 $(BIN)/python -m bench

clean: ## Remove what make made, but no run
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .hypothesis

$(VENV)/.core: pyproject.toml constraints.txt
	$(MAKE_VENV)
	$(INSTALL) -e '.[html]'
	@touch $@

$(VENV)/.models: $(VENV)/.core
	$(INSTALL) -e '.[html,models]'
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	$(INSTALL) -e '.[$(EVERY),dev]'
	@touch $@ $(VENV)/.models

$(VENV)/.bench: $(VENV)/.dev
	$(INSTALL) -e '.[$(EVERY),dev,bench]'
	@touch $@

$(VENV)/.fuzz: $(VENV)/.dev
	$(INSTALL) -e '.[$(EVERY),dev,fuzz]'
	@touch $@
