# Two commands matter: `make demo` and `make test`. Both set up what they need.
BIN := .venv/bin

.PHONY: demo test quick lint format lock mutation rule rulebook ui clean

demo: ## a realistic body's records -> published warehouse, dashboard, CNCA workbook, in ./demo-home
	@.ci/setup
	@$(BIN)/certhouse demo --home demo-home

test: ## every tier of the tests
	@.ci/system-packages
	@.ci/setup dev
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations=12

quick: ## the tiers that need seconds
	@.ci/setup dev
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not browser and not postgres and not mariadb and not office"

lint: ## what pre-commit runs, on everything
	@.ci/setup dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint -q dbt/models dbt/tests expectations/recounts

format:
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: ## new versions within the ranges of pyproject.toml
	@$(BIN)/uv --version >/dev/null 2>&1 || $(BIN)/python -m pip install -q uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header --extra dev pyproject.toml -o requirements-dev.lock

rule: ## files of a new rule: make rule ID=R5.9.1-b CHAPTER=certificates NAME=never_extended
	@$(BIN)/python .ci/new_rule.py $(ID) $(CHAPTER) $(NAME)

mutation: ## how many mutants of the rules' SQL the cases notice; survivors in artifacts/mutants.txt
	@.ci/setup dev
	@$(BIN)/python -m tests.rules.mutation

rulebook: ## docs/rulebook.md from the rule catalogue
	@$(BIN)/python -m reports.rulebook demo-home/warehouse/$$(head -n 1 demo-home/warehouse/CURRENT) docs/rulebook.md

ui:
	@.ci/setup
	@$(BIN)/certhouse ui --home demo-home

clean:
	@rm -rf demo-home artifacts .pytest_cache .mypy_cache .ruff_cache dbt/target dbt/logs
