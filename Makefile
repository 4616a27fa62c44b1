# Two commands for people: make demo, make test. Both need only Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test check exam docs bench clean

# The locked packages and the project itself, in a virtual environment of its own; nothing global.
$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "onrecord needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

# Builds an archive from the invented examples and opens its pages; stop it with Ctrl-C.
demo: $(VENV)/ready
	$(BIN)/python scripts/demo.py

# Every test. Those that need a browser, openssl or the real captures skip with a message where these are absent.
test: $(VENV)/ready check
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# The slow exams: quotations, copies, mutated captures, whole readings.
exam: $(VENV)/ready
	$(BIN)/python -m pytest -n auto --dist loadfile -m slow

# The tables of docs/speed.md, one after the other.
POSTS ?= 100000
bench: $(VENV)/ready
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/desktop_json.py --posts $(POSTS)
	$(BIN)/python benchmarks/add.py --posts $(POSTS)
	$(BIN)/python benchmarks/search.py

# Makes help texts, sessions and tables in the documentation again from the program itself.
docs: $(VENV)/ready
	$(BIN)/python scripts/make_docs.py

clean:
	rm -rf $(VENV) demo-archive
