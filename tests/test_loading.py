# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine is loaded, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.test_workers import copy_with

if TYPE_CHECKING:
    from pathlib import Path

TELLS = """
import sys

def setup(app):
    app.connect("doctree-resolved", tell)

def tell(app, tree, name):
    with open("geladen", "w") as file:
        print(*sys.modules, sep="\\n", file=file)
"""


@pytest.mark.parametrize("others", ["", ", 'sphinx.ext.todo'"], ids=["ours", "another"])
def test_loads_no_other_builders(others: str, document: Path, tmp_path: Path) -> None:
    folder = copy_with(TELLS, document, tmp_path / "document")
    conf = folder / "conf.py"
    text = conf.read_text(encoding="utf-8")
    assert '["bouwsteen"]' in text
    conf.write_text(text.replace('["bouwsteen"]', f'["bouwsteen"{others}]'), encoding="utf-8")
    command = [sys.executable, "-m", "bouwsteen", "build", "draft/nl"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    loaded = set((folder / "geladen").read_text().splitlines())
    assert "bouwsteen.rinoh" in loaded
    unneeded = {"sphinx.builders.html", "sphinx.builders.linkcheck", "bouwsteen.latex", "alabaster"}
    assert loaded & unneeded == (unneeded if others else set())


ASKS = """
import sys
if sys.argv[1] == "deferred":
    import bouwsteen.rinoh
from rinoh.fonts import adobe14
from rinoh.frontend.sphinx import nodes

kinds = set()
fonts = [
    font for name in ("courier", "helvetica", "symbol", "times", "zapfdingbats")
    for slants in vars(adobe14)[name].values()
    for weights in slants.values() for font in weights.values()
]
for font in fonts:
    kinds.add(type(font).__name__)
    print(font.weight, font.slant, font.width, font.name, font.filename, sorted(font.encoding)[:9])
    print(sorted((glyph.name, glyph.width) for glyph in font._glyphs.values()), font.core)
    print(sorted(font._kerning_pairs.items()), hash(font) == hash((font.name, font.filename)))
    print(type(font).__name__)
kinds |= {hasattr(nodes.lexers.get(name), "_tokens") for name in ("python", "rest", "c")}
for name in sorted(nodes.lexers):
    print(name, list(nodes.lexers[name].get_tokens("def f(x): return x + 1; /* c */")))
print(sorted(map(str, kinds)), file=sys.stderr)
"""


def test_loads_what_rinohtype_reads_when_it_is_asked_for() -> None:
    """The same fonts and lexers come out as if it had been loaded by itself."""
    deferred, by_itself = (
        subprocess.run(
            [sys.executable, "-c", ASKS, how], capture_output=True, text=True, check=True
        )
        for how in ("deferred", "by itself")
    )
    assert deferred.stdout == by_itself.stdout
    assert len(deferred.stdout) > 10000
    assert deferred.stderr.strip() == "['False', 'UnreadFont']"
    assert by_itself.stderr.strip() == "['True', 'Type1Font']"
