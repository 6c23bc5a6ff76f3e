# Two commands do all set-up: `make run` and `make test`. The others are for those who work on the project.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test wheel bench lint format lock clean

help: ## what there is to do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

.venv/installed: pyproject.toml requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

.venv/installed-test: .venv/installed requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	touch $@

run: .venv/installed ## install, load the example network, serve it and print the address
	$(BIN)/python examples/make.py build/handover
	$(BIN)/jejaring --data build/example load --if-new build/handover
	$(BIN)/jejaring --data build/example serve

test: .venv/installed-test ## install what the tests need (Chromium and Comunica included) and run the whole suite
	.ci/chromium
	.ci/comunica
	$(BIN)/python -m pytest -n 2

lint: .venv/installed-test ## ruff (lint and format) and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/installed-test ## let ruff put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: .venv/installed-test ## build/wheel: a package for this machine whose conversion is compiled (needs a C compiler)
	rm -rf build/wheel build/bdist.* build/lib* build/temp*
	JEJARING_COMPILE=3 $(BIN)/python -m pip wheel --quiet --no-build-isolation --no-deps --wheel-dir build/wheel .

bench: .venv/installed-test wheel ## measure speed and memory; prints figures and ratios
	$(BIN)/python -m benches
	$(BIN)/python -m benches --compiled conversion loading

lock: .venv/installed-test ## write the versions in use to the requirements files
	$(BIN)/python -m piptools compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --output-file requirements.txt pyproject.toml
	$(BIN)/python -m piptools compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --extra test --allow-unsafe --output-file requirements-test.txt pyproject.toml

clean: ## remove what the commands above made
	rm -rf .venv build
