# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of a language, and the package's own words."""

from __future__ import annotations

import ast
import datetime
from typing import TYPE_CHECKING

import pytest
from babel.messages import pofile

from bouwsteen import languages
from bouwsteen.aside import _MISTAKES
from bouwsteen.messages import LOCALES, translations

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = LOCALES.parent


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nl", "17 mei 2006"),
        ("de", "17. Mai 2006"),
        ("en", "17 May 2006"),
        ("en_US", "May 17, 2006"),
        ("fr", "17 mai 2006"),
    ],
)
def test_dates(language: str, expected: str) -> None:
    assert languages.format_date(datetime.date(2006, 5, 17), language) == expected


def test_lists() -> None:
    assert languages.format_list(["A", "B", "C"], "nl") == "A, B en C"
    assert languages.format_list(["A"], "nl") == "A"
    assert languages.format_list([], "nl") == ""


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nl", "nl_NL"),
        ("de_AT", "de_AT"),
        ("en", "en_GB"),
        ("en_US", "en_US"),
        ("fy", "fy_NL"),
        ("pl", "pl_PL"),
    ],
)
def test_territories(language: str, expected: str) -> None:
    assert languages.with_territory(language) == expected


def test_hyphenation_dictionaries() -> None:
    dictionary = languages.hyphenation_dictionary("nl")
    assert dictionary is not None
    assert dictionary.is_file()
    assert languages.hyphenation_dictionary("fy") is None


@pytest.mark.parametrize("language", ["nl", "nl_BE", "xx"])
def test_words_in_a_language_its_parent_or_else_dutch(language: str) -> None:
    assert translations(language).gettext("Guidance") == "Toelichting"


def used_messages() -> set[str]:
    """What the package's code asks translations of: _('…'), _n('…'), and the class attributes."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="_" | "_n" | "N_"), args=[ast.Constant(value=str(text)), *_]
                ):
                    found.add(text)
                case ast.Call(
                    func=ast.Attribute(attr="gettext"), args=[ast.Constant(value=str(text))]
                ):
                    found.add(text)
                case ast.Assign(
                    targets=[ast.Name(id="label" | "pattern")], value=ast.Constant(value=str(text))
                ):
                    found.add(text)
    return found | set(_MISTAKES.values())


@pytest.mark.parametrize("path", sorted(LOCALES.glob("*/LC_MESSAGES/bouwsteen.po")), ids=str)
def test_catalogues_hold_what_the_package_uses_and_no_more(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = pofile.read_po(file, abort_invalid=True)
    ids = {m.id[0] if isinstance(m.id, tuple) else m.id for m in catalogue if m.id}
    assert ids == used_messages()
    assert [m.id for m in catalogue if m.id and (not m.string or m.fuzzy)] == []
    assert [error for message in catalogue for error in message.check(catalogue)] == []
