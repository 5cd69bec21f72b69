# Needs python3 (3.11 or newer) and make; everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test check handbook clean

site: .venv/site.stamp ## set up, get the models that articles wait for, generate the pages, build the site
	$(BIN)/digest generate --install
	$(BIN)/mkdocs build --strict
	@echo "Open site/index.html, or run: make serve"

serve: .venv/site.stamp ## the site at http://localhost:8000, made anew at every change
	$(BIN)/digest serve

test: .venv/test.stamp check ## set up and run all checks and tests

# By itself xdist begins with the files of most tests: the few long tests came last, one process alone at them.
check: .venv/test.stamp ## lint, types and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

handbook: .venv/site.stamp ## the handbook as a site, in build/handbook
	$(BIN)/python handbook/reference.py
	$(BIN)/mkdocs build --strict --config-file handbook.yml
	@echo "Open build/handbook/index.html"

.venv/site.stamp: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/site.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

clean: ## remove everything that can be made again
	rm -rf .venv .cache build *.egg-info
	find site -mindepth 1 ! -name .gitignore -delete
