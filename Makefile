# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
#
# The targets, a line each: make. A document gets this file as it is; what only the template has
# stands in repository.mk.

# Assigned, not defaulted: many systems export a LANGUAGE of their own.
LANGUAGE = nl
ENGINE = rinoh
PROFILE = draft
RELEASE =

PYTHON ?= python3

NAME := bestuursopdracht
BIN := .venv/bin
LANGUAGES := nl $(filter-out nl,$(notdir $(patsubst %/LC_MESSAGES,%,$(wildcard locale/*/LC_MESSAGES))))

# The languages that a command is asked for; none means all
CODES := $(if $(filter command line environment override,$(origin LANGUAGES)),$(LANGUAGES:%=--language %))

# Whatever a document is made of. Folders count too: a file that is removed changes its folder.
SOURCES := conf.py Makefile $(wildcard template.json) $(shell find source theme $(wildcard bouwsteen) \
	-name __pycache__ -prune -o -name '*.mo' -o -name '.*' -o -name '*~' -o -print)
catalogues = $(wildcard locale/$(1)/LC_MESSAGES locale/$(1)/LC_MESSAGES/*.po)

# A final PDF that is there already may be of a document that is not complete: it is made again.
STRICTLY := $(filter-out 0,$(STRICT))

ifeq ($(filter $(ENGINE),rinoh latex),)
$(error ENGINE=$(ENGINE) bestaat niet. Kies: rinoh of latex)
endif
ifeq ($(filter $(PROFILE),draft final),)
$(error PROFILE=$(PROFILE) bestaat niet. Kies: draft of final)
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help draft final all html live gettext update-po stats check-po check archive verify upgrade clean

help: ## deze lijst
	@echo 'make DOEL [LANGUAGE=nl] [ENGINE=rinoh|latex] [PROFILE=draft|final]'
	@sed -n 's/^\([a-z][a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 17

draft: build/$(ENGINE)/draft/$(NAME)-$(LANGUAGE).pdf ## het concept als PDF, met toelichting

final: build/$(ENGINE)/final/$(NAME)-$(LANGUAGE).pdf ## de definitieve versie als PDF; STRICT=1 weigert wat niet volledig is

all: $(foreach profile,draft final,$(LANGUAGES:%=build/$(ENGINE)/$(profile)/$(NAME)-%.pdf)) ## concept en definitieve versie in elke taal
	@$(if $(WANTED),$(BIN)/bouwsteen build --engine $(ENGINE) $(if $(STRICTLY),--strict) $(WANTED))

html: build/html/$(PROFILE)/$(LANGUAGE)/index.html ## een voorbeeld als webpagina

live: .venv/live ## hetzelfde, ververst bij elke keer opslaan
	$(BIN)/sphinx-autobuild --open-browser --watch conf.py --watch theme --watch locale \
		$(call sphinx,html,$(PROFILE),$(LANGUAGE)) source build/live/$(PROFILE)/$(LANGUAGE)

gettext: .venv/base ## de teksten om te vertalen, als .pot
	@$(BIN)/sphinx-build -q -W --keep-going $(call sphinx,gettext,draft,nl) source build/gettext
	@echo build/gettext

update-po: .venv/base ## werkt de vertalingen bij, of begint een taal: LANGUAGES="es pl"
	@$(BIN)/bouwsteen update-po $(CODES)

stats: .venv/base ## hoe ver elke vertaling is; FORMAT=json voor programma's
	@$(BIN)/bouwsteen stats $(if $(filter json,$(FORMAT)),--json)

check-po: .venv/base ## controleert de vertalingen
	@$(BIN)/bouwsteen check-po $(CODES)

check: .venv/base ## wat er nog open staat of niet klopt; met ONLINE=1 ook de links, FORMAT=json
	@$(BIN)/bouwsteen check $(if $(filter-out 0,$(ONLINE)),--online) $(if $(filter json,$(FORMAT)),--json)

archive: .venv/base .venv/archive ## een bag voor het archief; DRY_RUN=1 zegt alleen wat er zou komen
	@$(BIN)/bouwsteen archive --engine $(ENGINE) $(if $(filter-out 0,$(DRY_RUN)),--dry-run)

verify: .venv/base .venv/archive ## controleert een bag: BAG=archive/…; met REBUILD=1 bouwt hij haar na
	@$(if $(BAG),,echo "Welke bag? Geef haar map: make verify BAG=archive/…" >&2; exit 2)
	@$(BIN)/bouwsteen verify $(if $(filter-out 0,$(REBUILD)),--rebuild) -- '$(BAG)'

upgrade: .venv/base .venv/new ## haalt een nieuwe uitgave van het sjabloon binnen: RELEASE=v1.2.0
	@$(BIN)/bouwsteen upgrade $(if $(RELEASE),--release '$(RELEASE)')

clean: ## ruimt build/ op
	rm -rf build

# ── how it is done ──

sphinx = -b $(1) -c . -n -d build/work/$(1)/$(2)/$(3)/doctrees -D bouwsteen_profile=$(2) -D language=$(3)

define pdf
build/$(1)/$(2)/$(NAME)-$(3).pdf: $(SOURCES) $(call catalogues,$(3)) .venv/base $(if $(STRICTLY),ALWAYS)
	$$(if $$(filter all,$$(MAKECMDGOALS)),$$(eval WANTED += $(2)/$(3)),\
		@$(BIN)/bouwsteen build --engine $(1) $(if $(STRICTLY),--strict) $(2)/$(3))
endef
ALWAYS:

# What make all finds out of date is built by one command, all at once.
WANTED :=
$(foreach profile,draft final,\
	$(foreach language,$(sort $(LANGUAGES) $(LANGUAGE)),$(eval $(call pdf,$(ENGINE),$(profile),$(language)))))

build/html/$(PROFILE)/$(LANGUAGE)/index.html: $(SOURCES) $(call catalogues,$(LANGUAGE)) .venv/base
	@$(BIN)/bouwsteen html --profile $(PROFILE) --language $(LANGUAGE)
	@touch $@

.venv/base: lock/base.txt $(wildcard pyproject.toml lock/bouwsteen.txt) tools/venv \
		$(shell tools/venv broken && echo ALWAYS)
	@PYTHON='$(PYTHON)' tools/venv base

.venv/archive .venv/live .venv/new .venv/test .venv/lint .venv/lock .venv/bench: .venv/%: lock/%.txt .venv/base
	@tools/venv $*

-include repository.mk
