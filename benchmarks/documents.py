# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Generate documents of any length, the same each time: text, guidance, lists, tables, figures."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

from PIL import Image

REPOSITORY = Path(__file__).parents[1]

_TABLE = """
.. list-table:: De verdeling
   :header-rows: 1
   :widths: 25 15 60

   * - Gemeente
     - Deel
     - Opmerking
""".strip()
_PROSE = re.compile(r"^( *\w+ )\w+(?=(?: \w+){3})", re.MULTILINE)  # the second word of a line
_WORDS = [
    "de", "het", "een", "van", "en", "in", "op", "met", "voor", "aan", "bij", "door", "over",
    "naar", "uit", "als", "ook", "niet", "nog", "dan", "dat", "die", "deze", "gemeente",
    "gemeenten", "college", "raad", "bestuur", "samenwerking", "dienstverlening", "inwoners",
    "kosten", "beheer", "informatievoorziening", "uitvoering", "organisatie", "afspraken",
    "begroting", "medewerkers", "voorziening", "verantwoordelijkheid", "besluitvorming",
    "ontwikkeling", "toepassing", "onderdeel", "jaarlijks", "gezamenlijk", "werkt", "kiest",
    "verdeelt", "regelt", "vraagt", "levert", "betaalt", "bespreekt", "vergelijkt",
    "onderzoekt", "verbetert",
]  # fmt: skip


def copy_template(folder: Path) -> Path:
    """Copy the template to *folder*, a new one, so that its own builds stay; return *folder*."""
    folder.mkdir(parents=True)
    shutil.copy(REPOSITORY / "conf.py", folder)
    for part in ("source", "locale", "theme"):
        shutil.copytree(REPOSITORY / part, folder / part)
    return folder


def write(folder: Path, chapters: int) -> Path:
    """Write a document of *chapters* chapters to *folder*, a new one, in the look of the template.

    :returns: *folder*, to be built as the template is.
    """
    source = copy_template(folder) / "source"
    shutil.rmtree(source)
    source.mkdir()
    names = [f"hoofdstuk{number}" for number in range(1, chapters + 1)]
    toctree = "\n".join(f"   {name}" for name in names)
    (source / "index.rst").write_text(
        f"|title|\n=======\n\n.. toctree::\n   :numbered:\n\n{toctree}\n", encoding="utf-8"
    )
    for number, name in enumerate(names, 1):
        text = _chapter(random.Random(number), number)  # noqa: S311  # no secret is made with it
        (source / f"{name}.rst").write_text(text, encoding="utf-8")
    Image.new("RGB", (600, 200), "#1d3557").save(source / "beeld.png")
    return folder


def change_a_word(root: Path, word: str) -> None:
    """Put *word* in the place of another one, in the first chapter of the document in *root*."""
    first = next(
        path for name in ("waarom", "hoofdstuk1") if (path := root / f"source/{name}.rst").is_file()
    )
    text = first.read_text(encoding="utf-8")
    changed = _PROSE.sub(rf"\g<1>{word}", text, count=1)
    if changed == text:
        raise ValueError(f"no sentence in {first} to change, or {word} stands in it")
    first.write_text(changed, encoding="utf-8")


def _chapter(random_: random.Random, number: int) -> str:
    """Return a chapter of four pages; the first one is twice as long, as introductions are.

    So 1, 5, 20 and 80 chapters give 10, 26, 88 and 336 pages.
    """
    parts = [
        f".. _hoofdstuk-{number}:", _heading(f"Hoofdstuk {number}", "="),
        f".. guidance::\n\n   {_paragraph(random_)}", _paragraph(random_),
    ]  # fmt: skip
    for note in ("een", "twee") if number == 1 else ("een",):
        parts += _sections(random_, number, note)
    return "\n\n".join(parts) + "\n"


def _sections(random_: random.Random, number: int, note: str) -> list[str]:
    def sentence() -> str:
        return _sentence(random_)

    def paragraph() -> str:
        return _paragraph(random_)

    def items() -> str:
        return "\n".join(f"- {sentence()}" for _ in range(5))

    rows = "\n".join(
        f"   * - Gemeente {row}\n     - {random_.randint(1, 99)} %\n     - {sentence()}"
        for row in range(1, 6)
    )
    return [
        _heading("Afspraken", "-"), paragraph(), items(), f".. fill-in:: {sentence()}",
        f"{paragraph()} Zie :ref:`hoofdstuk-1`.",
        _heading("Kosten", "-"), f".. guidance::\n\n   {sentence()}\n\n   - een\n   - twee",
        paragraph(),
        f"{_TABLE}\n{rows}",
        paragraph(),
        _heading("Organisatie", "-"), paragraph(),
        f".. figure:: beeld.png\n   :alt: een vlak\n\n   De organisatie van {number}",
        f"{paragraph()} Met een noot [#{note}]_.", f".. [#{note}] {sentence()}",
        paragraph(), items(), paragraph(),
        _heading("Vervolg", "-"), paragraph(), items(), paragraph(), paragraph(),
    ]  # fmt: skip


def _paragraph(random_: random.Random) -> str:
    return " ".join(_sentence(random_) for _ in range(random_.randint(3, 6)))


def _sentence(random_: random.Random) -> str:
    words = " ".join(random_.choices(_WORDS, k=random_.randint(6, 16)))
    return f"{words[0].upper()}{words[1:]}."


def _heading(text: str, line: str) -> str:
    return f"{text}\n{line * len(text)}"
