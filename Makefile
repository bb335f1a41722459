# What can be done here. Plain `make` says it; README.md says more.
#
# Every target that needs .venv makes it first, or finds in a moment that it is as the lock
# files say. ARGS="..." passes arguments on; PYTHON=/path/to/python chooses the interpreter.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.SUFFIXES:
# Compiled bytecode is kept: without it, every start of a program reads the whole stack anew.
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH VIRTUAL_ENV

BIN := .venv/bin
ARGS ?=

.PHONY: help
help: ## Say what can be done (this list)
	@echo 'make TARGET, where TARGET is one of:'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1	\2/p' Makefile | expand -t 14
	@echo 'Also: ARGS="..." passes arguments on, PYTHON=... chooses the Python.'

.PHONY: book
book: .venv-book ## Build the book into _build/html (ARGS="my/corpus.yml --to out" for another corpus)
	@$(BIN)/manyvoices book $(ARGS)

.PHONY: test
test: .venv-test ## Run the tests (BROWSER=0 leaves the browser out; ARGS="-k word" selects)
	@$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

.PHONY: lint
lint: .venv-test ## Check style, types, layers and spelling (ARGS=--fix mends what it can)
	@$(BIN)/python -m tools.lint $(ARGS)

.PHONY: serve
serve: book ## Build the book and show it on this machine
	@$(BIN)/manyvoices serve

.PHONY: lab
lab: .venv-lab ## Open the chapters as notebooks in JupyterLab
	@JUPYTER_CONFIG_PATH="$(CURDIR)/tools/jupyter" $(BIN)/jupyter lab $(ARGS)

.PHONY: notebooks
notebooks: .venv-book ## Write every chapter as .ipynb into _build/notebooks
	@$(BIN)/manyvoices notebooks $(ARGS)

.PHONY: links
links: .venv-book ## Check every link that leads out of the book
	@$(BIN)/jupyter-book build . --builder linkcheck $(ARGS)

.PHONY: lock
lock: .venv-book ## Write the lock files anew from pyproject.toml (ARGS=--upgrade takes newer versions)
	@$(BIN)/python -m tools.lock $(ARGS)

.PHONY: clean
clean: ## Remove what was built and every cache, but not .venv
	@rm -rf _build build dist .hypothesis .*_cache src/*.egg-info
	@find . -name .venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: clean-all
clean-all: clean ## Remove .venv too
	@rm -rf .venv

.PHONY: .venv-book .venv-test .venv-lab
.venv-book .venv-test .venv-lab: .venv-%:
	@sh tools/with-python tools.environment $*
