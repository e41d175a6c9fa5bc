# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rinohtype engine: what it was told, and what it says."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pyphen
import pytest
from rinoh.paragraph import HYPHENATORS

from bouwsteen.rinoh import hyphenation, mending, patterns
from tests.test_parity import everything

if TYPE_CHECKING:
    from tests.conftest import Project


def test_a_warning_of_rinohtype_fails_the_build(project: Project) -> None:
    project.write({"index.rst": "Proef\n=====\n\n.. math:: x\n"})
    built = project.build("rinoh")
    assert built.failed
    assert built.warnings.count("rinohtype: Math rendering requires") == 1


def test_rinohtype_is_quiet(project: Project, capfd: pytest.CaptureFixture[str]) -> None:
    project.write({"index.rst": "Proef\n=====\n\nTekst.\n"})
    built = project.build("rinoh").ok()
    assert "WARRANTY" not in capfd.readouterr().out + built.status


class TestHyphenation:
    def test_each_language_has_patterns_of_its_own(self) -> None:
        assert self.broken("nl", "verantwoordelijkheid") == "verant-woor-de-lijkheid"
        assert self.broken("en", "verantwoordelijkheid") != "verant-woor-de-lijkheid"
        assert self.broken("en", "accountability") == "account-ab-ility"

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("Gemeindevorstand", "Gemein-de-vor-stand"),
            ("Verrechnungspreis", "Verrech-nungs-preis"),
            ("Organisationsformen", "Organi-sa-ti-ons-formen"),
            ("Zusammenarbeit", "Zusam-menarbeit"),  # a compound that the patterns do not know
        ],
    )
    def test_compounds_are_broken_level_by_level(self, word: str, expected: str) -> None:
        assert self.broken("de", word) == expected

    @pytest.mark.parametrize(
        ("language", "word", "ways"),
        [
            ("en", "co-operation", [("co", "operation")]),
            ("nl", "ICT-samenwerkingsverband", [("ICT", "samenwerkingsverband")]),
            ("fr", "va-t-en-guerre", [("va-t-en", "guerre")]),
            ("nl", "strategie-", []),
            ("nl", "e-mail", []),
        ],
    )
    def test_a_word_with_a_hyphen_is_broken_there(
        self, language: str, word: str, ways: list[tuple[str, str]]
    ) -> None:
        locale = hyphenation.prepare(language)
        hyphenator = HYPHENATORS[locale, hyphenation.HYPHEN_CHARS]
        found = list(hyphenator.iterate(word))
        assert [(first, second) for first, second, _ in found] == ways
        assert [last for _, _, last in found] == [*[False] * (len(ways) - 1), *[True] * bool(ways)]

    @pytest.mark.parametrize(
        "word", ["www.samenwerkingsverband.nl", "a@samenwerking.nl", "versie2006bis"]
    )
    def test_addresses_and_numbers_stay_whole(self, word: str) -> None:
        assert self.broken("nl", word) == word

    # with characters as numbers, with other spellings at a break, and without all that
    @pytest.mark.parametrize("language", ["af_ZA", "ca", "hu_HU", "nl_NL", "fr"])
    def test_patterns_are_those_that_pyphen_reads(self, language: str) -> None:
        path = Path(pyphen.__file__).parent / "dictionaries" / f"hyph_{language}.dic"
        whole = pyphen.HyphDict(path).patterns
        encoding, _line, text = path.read_bytes().partition(b"\n")
        lines = text.decode(encoding.decode().strip()).split("\n")
        found = patterns.Patterns(lines).patterns
        assert {letters: value for letters in found if (value := found.get(letters))} == whole

    def test_a_language_without_patterns(self) -> None:
        assert self.broken("fy", "gearwurkingsferbân") == "gearwurkingsferbân"

    def broken(self, language: str, word: str) -> str:
        locale = hyphenation.prepare(language)
        hyphenator = HYPHENATORS[locale, hyphenation.HYPHEN_CHARS]
        points = sorted(len(first) for first, _, _ in hyphenator.iterate(word))
        for point in reversed(points):
            word = f"{word[:point]}-{word[point:]}"
        return word


def test_saving_less_of_the_graphics_state_draws_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Containers in containers, tables, pictures, notes and frames: the same to the pixel."""
    mended = everything(tmp_path / "a").build("rinoh").ok().pdf
    monkeypatch.setattr(mending, "few_graphics_states", contextlib.nullcontext)
    upstream = everything(tmp_path / "b").build("rinoh")
    assert "q/Q" in upstream.warnings  # else there is nothing to compare
    with pypdfium2.PdfDocument(mended) as one, pypdfium2.PdfDocument(upstream.pdf) as other:
        assert len(one) == len(other)
        for page, expected in zip(one, other, strict=True):
            assert pixels(page) == pixels(expected)


def pixels(page: pypdfium2.PdfPage) -> bytes:
    return bytes(page.render(scale=1).to_pil().tobytes())
