# Hue-S: `make run` starts the city, `make test` proves it. Both bring what they need first.
PYTHON := .venv/bin/python
WORKERS ?= 2
unexport PYTHONDONTWRITEBYTECODE  # compiled once, or every start costs two seconds more

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench clean

help:  ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 — \2/p' Makefile

setup:  ## Bring Python, packages and browser files into this folder
	@python3 scripts/setup.py

run: export HUES_DEMO ?= 1
run: setup  ## Start the city on http://localhost:8000 (or PORT)
	@$(PYTHON) -m hues run

test: setup  ## Run the whole suite on a PostgreSQL of its own (ARGS="-k words" for a part)
	@$(PYTHON) scripts/programs.py
	@$(PYTHON) -m pytest -n $(WORKERS) --dist loadscope $(ARGS)

check: export HUES_DEMO := 1
check: setup  ## Look at the code without running tests
	@$(PYTHON) scripts/check.py

bench: setup  ## Measure (SCALE=10 for ten times as much)
	@$(PYTHON) -m bench

clean:  ## Remove what setup brought, but never the city's data
	rm -rf .venv .uv .node .setup node_modules static-collected hues/surfaces/shell/static/vendor
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
