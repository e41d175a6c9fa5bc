# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for both engines, on small sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from sphinx.errors import ConfigError

from tests.pdf import pages_of, text_of
from tests.sources import PICTURE

if TYPE_CHECKING:
    from tests.conftest import Project

WORDS = "Gemeenten werken samen aan dienstverlening voor hun inwoners. " * 12


@pytest.fixture(params=["rinoh", "latexpdf"])
def engine(request: pytest.FixtureRequest) -> str:
    result: str = request.param
    return result


def test_a_footnote_in_the_root_document(project: Project, engine: str) -> None:
    """rinohtype 0.5.6 alone ends in a KeyError."""
    project.write({"index.rst": "Proef\n=====\n\nTekst [#a]_.\n\n.. [#a] De noot.\n"})
    assert "De noot." in text_of(project.build(engine).ok().pdf)


def test_a_footnote_below_a_toctree(project: Project, engine: str) -> None:
    """rinohtype 0.5.6 alone looks for it in the document that came last."""
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. toctree::\n\n   deel\n",
            "deel.rst": "Deel\n====\n\n.. toctree::\n\n   diep\n\nTekst [#a]_.\n\n.. [#a] De noot.\n",
            "diep.rst": "Diep\n====\n\nTekst [#a]_.\n\n.. [#a] Een andere.\n",
        }
    )
    text = text_of(project.build(engine).ok().pdf)
    assert "De noot." in text
    assert "Een andere." in text


def test_a_label_in_the_root_document(project: Project, engine: str) -> None:
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. _hier:\n\nTekst.\n\n.. toctree::\n\n   deel\n",
            "deel.rst": "Deel\n====\n\nZie :ref:`de tekst <hier>`.\n",
        }
    )
    assert "Zie de tekst." in text_of(project.build(engine).ok().pdf)


@pytest.mark.parametrize("role", ["ref", "doc", "numref"])
def test_a_reference_says_what_sphinx_says(project: Project, engine: str, role: str) -> None:
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
    assert expected[role] in text_of(project.build(engine).ok().pdf)


class TestLongGuidance:
    """Guidance of several pages breaks over them, with its tint and rule on each."""

    @pytest.fixture
    def pdf(self, project: Project, engine: str) -> pypdfium2.PdfDocument:
        paragraphs = "\n\n".join(f"   {number}. {WORDS}" for number in range(12))
        project.write(
            {
                "index.rst": "Proef\n=====\n\n.. toctree::\n\n   deel\n",
                "deel.rst": f"Deel\n====\n\nVoor.\n\n.. guidance::\n\n{paragraphs}\n\nNa.\n",
            }
        )
        path = project.build(engine).ok().pdf
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


def test_short_guidance_is_kept_on_one_page(project: Project, engine: str) -> None:
    filler = "\n\n".join(["Regel."] * 24)
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. toctree::\n\n   deel\n",
            "deel.rst": f"Deel\n====\n\n{filler}\n\nKop\n---\n\n.. guidance:: {WORDS}\n",
        }
    )
    pages = pages_of(project.build(engine).ok().pdf)
    (page,) = [page for page in pages if "Toelichting" in page]
    assert page.replace("\n", " ").count("Gemeenten werken") == 12
    first = next(line for line in page.splitlines() if line != "Concept")
    assert "Kop" in first  # the heading went along


@pytest.mark.parametrize("place", ["list", "quote", "cell", "nested"])
@pytest.mark.parametrize("aside", ["guidance", "fill-in"])
def test_an_aside_in_other_blocks(project: Project, engine: str, aside: str, place: str) -> None:
    source = {
        "list": f"- Punt.\n\n  .. {aside}:: Uitleg.\n",
        "quote": f"   Citaat.\n\n   .. {aside}:: Uitleg.\n",
        "cell": f".. list-table::\n\n   * - .. {aside}:: Uitleg.\n     - Cel.\n",
        "nested": f".. guidance::\n\n   .. guidance::\n\n      .. {aside}:: Uitleg.\n",
    }[place]
    project.write({"index.rst": f"Proef\n=====\n\nTekst.\n\n{source}"})
    assert "Uitleg." in text_of(project.build(engine).ok().pdf)


def test_an_index_page_only_with_entries(project: Project, engine: str) -> None:
    project.write({"index.rst": "Proef\n=====\n\nTekst.\n"})
    without = pages_of(project.build(engine).ok().pdf)
    project.write({"index.rst": "Proef\n=====\n\n.. index:: ingang\n\nTekst.\n"})
    with_entries = pages_of(project.build(engine).ok().pdf)
    assert len(with_entries) == len(without) + 1
    assert "ingang" in with_entries[-1]


def test_a_failure_of_rinohtype_leaves_no_pdf(project: Project, engine: str) -> None:
    project.write(
        {"index.rst": "Proef\n=====\n\n.. image:: a.png\n", "a.png": PICTURE[:60] + b"stuk" * 9}
    )
    with pytest.raises(Exception, match=r"."):
        project.build(engine)
    assert not list(project.folder.rglob("*.pdf"))


LOOKS = {"rinoh": "bouwsteen_rinoh_template", "latexpdf": "bouwsteen_latex_style"}


def test_a_look_that_is_not_there_is_an_error(project: Project, engine: str) -> None:
    project.write({"index.rst": "Proef\n=====\n"})
    config: dict[str, Any] = {LOOKS[engine]: "weg"}
    with pytest.raises(ConfigError, match=rf"{LOOKS[engine]}: there is no file .*weg"):
        project.build(engine, **config)
    assert not list(project.folder.rglob("*.pdf"))


@pytest.mark.parametrize("lines", [26, 27, 28])
def test_a_note_in_guidance_at_the_foot_of_a_page(
    project: Project, engine: str, lines: int
) -> None:
    """rinohtype 0.5.6 alone fails an assertion where the page is just full."""
    filler = "Regel.\n\n" * lines
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. toctree::\n\n   deel\n",
            "deel.rst": f"Deel\n====\n\n{filler}.. guidance::\n\n   Zie [#a]_.\n\n   Meer.\n\n"
            f"   .. [#a] De noot.\n\nNa.\n\n{filler}",
        }
    )
    pages = pages_of(project.build(engine).ok().pdf)
    (page,) = [page for page in pages if "De noot." in page]
    assert "Zie" in page


@pytest.mark.parametrize(
    ("last", "above"),
    [
        ("Zie [#a]_.\n\n   .. [#a] De noot.", "Regel.\n\n" * 26),
        ("Zie [#a]_.\n\n   .. [#a] De noot.", "Regel.\n\n" * 27),
        (".. note:: Zie.\n\n   .. index:: De noot.", "Regel.\n\n" * 25 + "::\n\n   x\n\n"),
    ],
)
def test_a_frame_that_ends_in_what_takes_no_room_at_the_foot_of_a_page(
    project: Project, engine: str, last: str, above: str
) -> None:
    """rinohtype 0.5.6 alone fails an assertion where there is no room for the foot of the frame."""
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. toctree::\n\n   deel\n",
            "deel.rst": f"Deel\n====\n\n{above}.. guidance::\n\n   Begin.\n\n   {last}\n\nSlot.\n",
        }
    )
    text = text_of(project.build(engine).ok().pdf)
    assert "De noot" in text
    assert "Zie" in text


@pytest.mark.parametrize("aside", [".. guidance:: Kies.", ".. fill-in:: Vul in."])
def test_a_page_with_a_note_that_ends_in_an_aside_in_a_list(
    project: Project, engine: str, aside: str
) -> None:
    """rinohtype 0.5.6 alone fails an assertion where the page is full but for the space below."""
    for lines in (26, 27, 28):
        project.write(
            {
                "index.rst": "Proef\n=====\n\n.. toctree::\n\n   deel\n",
                "deel.rst": "Deel\n====\n\nTekst [#a]_.\n\n.. [#a] De noot.\n\n"
                + "Regel.\n\n" * lines
                + f"- Een punt.\n\n  {aside}\n\nSlot.\n",
            }
        )
        assert "Slot." in text_of(project.build(engine).ok().pdf)


# Sphinx's LaTeX sets the notes of a table behind it: they can be a page later
@pytest.mark.parametrize(
    ("engine", "place"),
    [("rinoh", "paragraph"), ("rinoh", "item"), ("rinoh", "cell"),
     ("latexpdf", "paragraph"), ("latexpdf", "item")],
)  # fmt: skip
def test_a_note_is_on_the_page_of_its_mark(project: Project, engine: str, place: str) -> None:
    """rinohtype 0.5.6 alone sets it a page too early, over the text, if the line did not fit."""
    words = "Gemeenten werken samen aan dienstverlening voor hun inwoners. " * 3
    text = f"{words}Hiermee [#a]_."
    source = {
        "paragraph": text,
        "item": f"- Punt.\n- {text}",
        "cell": f".. list-table::\n\n   * - Een\n     - {text}",
    }[place]
    for lines in (27, 28, 29, 30):
        project.write(
            {
                "index.rst": "Proef\n=====\n\n.. toctree::\n\n   deel\n",
                "deel.rst": "Deel\n====\n\n" + "Regel.\n\n" * lines
                + f"{source}\n\n.. [#a] De noot.\n\n{words}\n",
            }
        )  # fmt: skip
        pages = pages_of(project.build(engine).ok().pdf)
        (page,) = [page for page in pages if "De noot." in page]
        assert "Hiermee" in page, lines


def test_columns_of_a_letter(project: Project, engine: str) -> None:
    """rinohtype 0.5.6 alone finds some words too long for the column that it made for them."""
    table = "== == ==\na  b  Bc\n== == ==\n1  2  iW\n== == ==\n"
    project.write({"index.rst": f"Proef\n=====\n\n{table}"})
    assert "iW" in text_of(project.build(engine).ok().pdf)


def test_a_long_title_and_many_municipalities(project: Project, engine: str) -> None:
    names = [f"Gemeente {number}" for number in range(20)]
    project.write({"index.rst": "Proef\n=====\n\nTekst.\n"})
    pdf = project.build(
        engine, project="Een heel lange titel van een bestuursopdracht " * 3,
        bouwsteen_municipalities=names,
    ).ok().pdf  # fmt: skip
    text = " ".join(text_of(pdf).split())
    assert all(name in text for name in names)
    with pikepdf.open(pdf) as opened:
        assert str(opened.docinfo["/Title"]).startswith("Een heel lange titel")
