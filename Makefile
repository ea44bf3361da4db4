# The commands of this project; `make` alone lists them. Variables stand behind: make run PORT=8001
PYTHON ?= python3
BIN := .venv/bin
TEMPLATES = $$(find templates -name '*.html')
# Production settings that no installation has.
THROW_AWAY = SAFE_CONDUCT_MODE=production ALLOWED_HOSTS=check.invalid SECRET_KEY=$$(head -c 60 /dev/urandom | base64 -w 0)

.DEFAULT_GOAL := help
.PHONY: help run manage upgrade test canary stolen check bench lock clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

run: ## set everything up and serve, until Ctrl-C (PORT, HOST, VAR_DIR, DATABASE_URL, DATABASE_OWNER_URL)
	@$(PYTHON) -m ngo.install requirements.txt
	@$(BIN)/python -m ngo.run

manage: ## run one management command with the database up: make manage DO=audit_verify
	@$(PYTHON) -m ngo.install requirements.txt
	@$(BIN)/python -m ngo.run $(DO)

upgrade: ## after taking a new version: backup, migrate, check, and back again if that fails
	@$(PYTHON) -m ngo.keep_programs
	@$(PYTHON) -m ngo.install requirements.txt
	@$(BIN)/python -m ngo.upgrade $(ARGS)

test: ## run all tests, or some: make test ARGS="tests/vault -x"
	@$(PYTHON) -m ngo.install requirements-dev.txt
	@$(BIN)/python -m pytest $(ARGS)

canary: ## search everything that is stored, sent or logged for planted names: a quarter of an hour (ARGS="--people 60")
	@$(PYTHON) -m ngo.install requirements-dev.txt
	@$(BIN)/python -m tests.canary $(ARGS)

stolen: ## rob a throw-away organisation in every way we know, and count what opens: a quarter of an hour (ARGS="--swaps 200")
	@$(PYTHON) -m ngo.install requirements-dev.txt
	@$(BIN)/python -m tests.stolen $(ARGS)

check: ## lint, types, contracts, templates, migrations, deployment, translations
	@$(PYTHON) -m ngo.install requirements-dev.txt
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	@$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@$(THROW_AWAY) $(BIN)/python manage.py check --deploy --fail-level WARNING
	@$(BIN)/python manage.py translations --check

bench: ## measure every goal against its limit on invented databases: hours (ARGS="--largest 1000 --only register,csv")
	@$(PYTHON) -m ngo.install requirements-dev.txt
	@$(BIN)/python -m tests.bench $(ARGS)

lock: ## lock the newest versions that pyproject.toml allows, with hashes (needs uv)
	uv lock --upgrade
	uv export --quiet --no-header --no-annotate --no-dev --all-extras --output-file requirements.txt
	uv export --quiet --no-header --no-annotate --all-groups --all-extras --output-file requirements-dev.txt

clean: ## remove what can be made again; the data in var/ stay
	rm -rf .venv .ruff_cache .mypy_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
