# Two commands do everything: `make book` builds the site, `make test` checks it all.
# They need Python 3.11-3.13, make and a package index, on Linux, macOS or WSL; everything else goes into .venv.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Tests of one edition run on one worker, which makes its figures once; the longest begin first (tests/lanes.py).
WORKERS := -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

.DEFAULT_GOAL := help
.PHONY: help book pdf test site quick long fuzz lab lint chapters audit bench pins clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) else f"Python {v[0]}.{v[1]} found; 3.11 to 3.13 needed. Try: make book PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

book: $(READY)  ## build every edition into site/ (then open site/index.html)
	$(BIN)/python -m helpers build

pdf: book  ## print every edition of the site as one PDF (needs Chromium)
	$(BIN)/python -m helpers pdf

test: $(READY)  ## data checks, pytest, and strict nbval of every chapter
	$(BIN)/python -m helpers check
	$(BIN)/python -m pytest $(WORKERS)
	PYTHONPATH=tests $(BIN)/python -m pytest --nbval --nbval-kernel-startup-timeout 600 -n 2 --dist loadfile -p patience -p no:cacheprovider chapters

quick: $(READY)  ## the tests that need one edition, no browser and no book: under a minute and a half on two cores
	$(BIN)/python -m pytest $(WORKERS) -p no:nbval --lane quick tests

long: $(READY)  ## what takes hours: every month as an edition, every state of the boxes, simulations, damaged files
	$(BIN)/python -m pytest -n 2 --dist load -m long
	$(MAKE) fuzz

site: pdf  ## look at every page of the built site, in a browser and on paper: about half an hour
	$(BIN)/python -m pytest -q -n 2 -m site tests/page/test_site.py tests/page/test_browser.py

fuzz: $(READY)  ## read 20,000 mutated files (FUZZ_COUNT for more, FUZZ_FIRST for others)
	$(BIN)/python -m pytest -m fuzz tests/ingest/test_fuzz.py

lab: $(READY)  ## open JupyterLab on the chapters
	mkdir -p build && rm -rf build/lab && cp -R src/helpers/page/lab build/lab
	cp src/helpers/page/static/mali.css build/lab/mali-figures/static/
	$(BIN)/jupyter lab --notebook-dir=. --LabApp.extra_labextensions_path="$$(pwd)/build/lab" $$(test "$$(id -u)" != 0 || echo --allow-root) chapters/summary.ipynb

lint: $(READY)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

chapters: $(READY)  ## run the chapters again and store them executed
	$(BIN)/python -m helpers run all --store

audit: $(READY)  ## print the audit of both reports
	$(BIN)/python -m helpers audit

bench: $(READY)  ## measure builds, pages and ingest, about two hours; results go to benchmarks/results
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement benchmarks/requirements.txt
	$(BIN)/python -m helpers build
	for each in build pages ingest; do if [ -f benchmarks/$$each.py ]; then $(BIN)/python benchmarks/$$each.py || exit 1; fi; done

pins: $(READY)  ## resolve requirements.in again into requirements.txt
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header --generate-hashes requirements.in --output-file requirements.txt

clean:  ## remove the environment and what was built
	rm -rf $(VENV) build site
