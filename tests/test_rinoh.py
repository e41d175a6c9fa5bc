# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rinohtype engine: what it was told, and what of it was mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from rinoh.paragraph import HYPHENATORS
from sphinx.errors import ConfigError

from bouwsteen.rinoh import hyphenation
from tests.pdf import pages_of, text_of
from tests.sources import PICTURE

if TYPE_CHECKING:
    from tests.conftest import Project

WORDS = "Gemeenten werken samen aan dienstverlening voor hun inwoners. " * 12


def test_a_footnote_in_the_root_document(project: Project) -> None:
    """rinohtype 0.5.6 alone ends in a KeyError."""
    project.write({"index.rst": "Proef\n=====\n\nTekst [#a]_.\n\n.. [#a] De noot.\n"})
    assert "De noot." in text_of(project.build("rinoh").ok().pdf)


def test_a_footnote_below_a_toctree(project: Project) -> None:
    """rinohtype 0.5.6 alone looks for it in the document that came last."""
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. toctree::\n\n   deel\n",
            "deel.rst": "Deel\n====\n\n.. toctree::\n\n   diep\n\nTekst [#a]_.\n\n.. [#a] De noot.\n",
            "diep.rst": "Diep\n====\n\nTekst [#a]_.\n\n.. [#a] Een andere.\n",
        }
    )
    text = text_of(project.build("rinoh").ok().pdf)
    assert "De noot." in text
    assert "Een andere." in text


def test_a_label_in_the_root_document(project: Project) -> None:
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. _hier:\n\nTekst.\n\n.. toctree::\n\n   deel\n",
            "deel.rst": "Deel\n====\n\nZie :ref:`de tekst <hier>`.\n",
        }
    )
    assert "Zie de tekst." in text_of(project.build("rinoh").ok().pdf)


@pytest.mark.parametrize("role", ["ref", "doc", "numref"])
def test_a_reference_says_what_sphinx_says(project: Project, role: str) -> None:
    target = {"ref": "hier", "doc": "deel", "numref": "beeld"}[role]
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. toctree::\n   :numbered:\n\n   deel\n",
            "deel.rst": ".. _hier:\n\nHet deel\n========\n\n.. _beeld:\n\n.. figure:: a.png\n\n   Een\n\n"
            f"Zie :{role}:`{target}`.\n",
            "a.png": PICTURE,
        }
    )
    expected = {"ref": "Zie Het deel.", "doc": "Zie Het deel.", "numref": "Zie Figuur 1.1."}
    assert expected[role] in text_of(project.build("rinoh").ok().pdf)


class TestLongGuidance:
    """Guidance of several pages breaks over them, with its tint and rule on each."""

    @pytest.fixture
    def pdf(self, project: Project) -> pypdfium2.PdfDocument:
        paragraphs = "\n\n".join(f"   {number}. {WORDS}" for number in range(12))
        project.write(
            {
                "index.rst": "Proef\n=====\n\n.. toctree::\n\n   deel\n",
                "deel.rst": f"Deel\n====\n\nVoor.\n\n.. guidance::\n\n{paragraphs}\n\nNa.\n",
            }
        )
        path = project.build("rinoh").ok().pdf
        return pypdfium2.PdfDocument(path)

    def test_tint_and_rule_go_on_to_the_foot_of_the_page(self, pdf: pypdfium2.PdfDocument) -> None:
        assert len(pdf) >= 5
        for page in list(pdf)[2:-1]:
            picture = page.render(scale=3).to_pil().convert("RGB")
            side, foot = 3.9 * 72 / 2.54, 842 - 2.5 * 72 / 2.54 - 20  # points
            rule = picture.getpixel((round(3 * (side + 1)), round(3 * foot)))
            tint = picture.getpixel((round(3 * (595 - side - 5)), round(3 * foot)))
            assert rule == (0x1D, 0x35, 0x57)
            assert tint == (0xF1, 0xF4, 0xF8)

    def test_nothing_is_lost(self, pdf: pypdfium2.PdfDocument) -> None:
        text = " ".join(page.get_textpage().get_text_range() for page in pdf)
        assert len(re.findall(r"\bGemeenten werken\b", text.replace("\r\n", " "))) == 12 * 12


def test_short_guidance_is_kept_on_one_page(project: Project) -> None:
    filler = "\n\n".join(["Regel."] * 24)
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. toctree::\n\n   deel\n",
            "deel.rst": f"Deel\n====\n\n{filler}\n\nKop\n---\n\n.. guidance:: {WORDS}\n",
        }
    )
    pages = pages_of(project.build("rinoh").ok().pdf)
    (page,) = [page for page in pages if "Toelichting" in page]
    assert page.replace("\n", " ").count("Gemeenten werken") == 12
    assert "Kop" in page.splitlines()[0]  # the heading went along


@pytest.mark.parametrize("place", ["list", "quote", "cell", "nested"])
def test_guidance_in_other_blocks(project: Project, place: str) -> None:
    source = {
        "list": "- Punt.\n\n  .. guidance:: Uitleg.\n",
        "quote": "   Citaat.\n\n   .. guidance:: Uitleg.\n",
        "cell": ".. list-table::\n\n   * - .. guidance:: Uitleg.\n     - Cel.\n",
        "nested": ".. guidance::\n\n   .. guidance::\n\n      .. guidance:: Uitleg.\n",
    }[place]
    project.write({"index.rst": f"Proef\n=====\n\nTekst.\n\n{source}"})
    assert "Uitleg." in text_of(project.build("rinoh").ok().pdf)


def test_an_index_page_only_with_entries(project: Project) -> None:
    project.write({"index.rst": "Proef\n=====\n\nTekst.\n"})
    without = pages_of(project.build("rinoh").ok().pdf)
    project.write({"index.rst": "Proef\n=====\n\n.. index:: ingang\n\nTekst.\n"})
    with_entries = pages_of(project.build("rinoh").ok().pdf)
    assert len(with_entries) == len(without) + 1
    assert "ingang" in with_entries[-1]


def test_a_warning_of_rinohtype_fails_the_build(project: Project) -> None:
    project.write({"index.rst": "Proef\n=====\n\n.. math:: x\n"})
    built = project.build("rinoh")
    assert built.failed
    assert built.warnings.count("rinohtype: Math rendering requires") == 1


def test_a_failure_of_rinohtype_leaves_no_pdf(project: Project) -> None:
    project.write(
        {"index.rst": "Proef\n=====\n\n.. image:: a.png\n", "a.png": PICTURE[:60] + b"stuk" * 9}
    )
    with pytest.raises(Exception, match=r"."):
        project.build("rinoh")
    assert not list(project.folder.rglob("*.pdf"))


def test_rinohtype_is_quiet(project: Project, capfd: pytest.CaptureFixture[str]) -> None:
    project.write({"index.rst": "Proef\n=====\n\nTekst.\n"})
    built = project.build("rinoh").ok()
    assert "WARRANTY" not in capfd.readouterr().out + built.status


def test_a_template_that_is_not_there_is_an_error(project: Project) -> None:
    project.write({"index.rst": "Proef\n=====\n"})
    with pytest.raises(ConfigError, match=r"bouwsteen_rinoh_template: there is no file .*weg.rtt"):
        project.build("rinoh", bouwsteen_rinoh_template="weg.rtt")
    assert not list(project.folder.rglob("*.pdf"))


def test_a_long_title_and_many_municipalities(project: Project) -> None:
    names = [f"Gemeente {number}" for number in range(20)]
    project.write({"index.rst": "Proef\n=====\n\nTekst.\n"})
    pdf = project.build(
        "rinoh", project="Een heel lange titel van een bestuursopdracht " * 3,
        bouwsteen_municipalities=names,
    ).ok().pdf  # fmt: skip
    text = " ".join(text_of(pdf).split())
    assert all(name in text for name in names)
    with pikepdf.open(pdf) as opened:
        assert str(opened.docinfo["/Title"]).startswith("Een heel lange titel")


class TestHyphenation:
    def test_each_language_has_patterns_of_its_own(self) -> None:
        assert self.broken("nl", "verantwoordelijkheid") == "verant-woor-de-lijkheid"
        assert self.broken("en", "verantwoordelijkheid") != "verant-woor-de-lijkheid"
        assert self.broken("en", "accountability") == "account-ab-ility"

    @pytest.mark.parametrize(
        "word", ["www.samenwerkingsverband.nl", "a@samenwerking.nl", "versie2006bis"]
    )
    def test_addresses_and_numbers_stay_whole(self, word: str) -> None:
        assert self.broken("nl", word) == word

    def test_a_language_without_patterns(self) -> None:
        assert self.broken("fy", "gearwurkingsferbân") == "gearwurkingsferbân"

    def broken(self, language: str, word: str) -> str:
        locale = hyphenation.prepare(language)
        hyphenator = HYPHENATORS[locale, hyphenation.HYPHEN_CHARS]
        points = sorted(len(first) for first, _, _ in hyphenator.iterate(word))
        for point in reversed(points):
            word = f"{word[:point]}-{word[point:]}"
        return word
