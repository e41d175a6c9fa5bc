# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small documents that can be archived, in repositories of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from bouwsteen.archive import making, plan
from tests.conftest import REPOSITORY
from tests.repositories import commit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONF = """\
project = "Proef"
author = "A. Schrijver"
version = "1.0"
bouwsteen_subtitle = "Een proef"
bouwsteen_date = "2026-01-31"
bouwsteen_municipalities = ["Aadorp", "Beekdal"]
bouwsteen_mdto = {
    "identificatie": {"identificatieKenmerk": "Z-2026-17", "identificatieBron": "Zaaksysteem"},
    "archiefvormer": "Gemeente Aadorp",
    "waardering": {
        "begripLabel": "Blijvend te bewaren",
        "begripCode": "B",
        "begripBegrippenlijst": "Begrippenlijst Waarderingen MDTO",
    },
    "beperkingGebruik": {
        "beperkingGebruikType": {
            "begripLabel": "Geen beperking",
            "begripBegrippenlijst": "Begrippenlijst BeperkingGebruikTypeLijst MDTO",
        },
    },
}
bouwsteen_kind = "document"
bouwsteen_template = {"author": "Sjabloon", "bouwsteen_date": "2006-05-17"}
bouwsteen_name = "proef"
extensions = ["bouwsteen"]
root_doc = "index"
language = "nl"
locale_dirs = ["../locale"]
gettext_compact = False
bouwsteen_rinoh_template = "theme/rinoh/report.rtt"
bouwsteen_latex_style = "theme/latex/report.sty"
"""
GUIDANCE = "Beschrijf hier uitvoerig waarom de gemeenten samen willen werken."
SOURCE = f"""\
Proef
=====

Waarom
------

De gemeenten werken samen.

.. guidance:: {GUIDANCE}
"""
IDENTIFIER = "Z-2026-17-1.0"


def document(folder: Path, files: Mapping[str, str] | None = None, *, conf: str = CONF) -> Path:
    """Write a document to *folder* and commit it; return *folder*."""
    if not folder.exists():
        folder.mkdir(parents=True)
        shutil.copytree(REPOSITORY / "theme", folder / "theme")
    contents = {
        "conf.py": conf, "source/index.rst": SOURCE, ".gitignore": "/build/\n/archive/\n",
        **(files or {}),
    }  # fmt: skip
    for name, text in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    commit(folder)
    return folder


def archive(folder: Path, engine: str = "rinoh") -> making.Made:
    """Archive the document in *folder*."""
    return making.make(plan.plan(folder, engine), lambda _what: None)


def bouwsteen(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in *folder*, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bouwsteen", *arguments],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
