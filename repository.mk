# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
#
# The targets of this repository that no document has; the Makefile includes them.

DIR =
OPTIONS =
EXAMPLE := examples/samenwerking-noord

.PHONY: new example check-example test lint bench lock

ifneq ($(FORMAT),json)
check: check-example
endif

new: .venv/base .venv/new ## een document uit het sjabloon: DIR=../mijn-document
	@$(if $(DIR),,echo "Waar komt het document? Geef een map: make new DIR=../mijn-document" >&2; exit 2)
	@$(BIN)/bouwsteen new $(OPTIONS) -- '$(DIR)'

example: .venv/base ## het voorbeeld van een ingevuld document als PDF
	@$(BIN)/bouwsteen build --root $(EXAMPLE) --engine $(ENGINE) --language $(LANGUAGE) \
		--profile draft --profile final

check-example: .venv/base ## wat er in het voorbeeld niet klopt
	@printf '%s: ' $(EXAMPLE)
	@$(BIN)/bouwsteen check --root $(EXAMPLE)

test: .venv/base .venv/archive .venv/new .venv/test ## alle tests waar deze computer de middelen voor heeft
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(TESTS)

lint: .venv/base .venv/archive .venv/new .venv/test .venv/lint ## controleert code, types, opmaak en licenties
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sphinx-lint --enable all --disable line-too-long,default-role source $(EXAMPLE)/source
	$(BIN)/reuse lint --quiet

bench: .venv/base .venv/bench ## hoe snel het is, naast andere: build/bench/; duurt een half uur
	@$(BIN)/python -m benchmarks $(OPTIONS)

lock: .venv/lock ## vernieuwt de vastgelegde versies in lock/
	tools/lock $(BIN)/uv --upgrade
