# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The template of this repository, built as an officer builds it, and read back."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pyphen
import pytest

from bouwsteen.build import Edition
from bouwsteen.profile import Profile
from tests.conftest import REPOSITORY, means_missing
from tests.pdf import breaks_of, lines_of, pages_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bouwsteen.build import Result

HEADINGS = [
    "1 Waarom samenwerking",
    "1.1 Maatschappelijke ontwikkelingen",
    "1.2 Programma Andere Overheid",
    "1.3 Technologische ontwikkelingen",
    "1.4 Marktontwikkelingen",
    "1.5 Wat levert de samenwerking op",
    "2 Randvoorwaarden voor ICT-samenwerking",
    "3 Actielijnen voor samenwerking",
    "4 Organisatie rond ICT-samenwerking",
    "5 Financiering",
]
ITEMS = [
    "commitment op bestuurlijk en managementniveau",
    "inzicht in elkaars sterke en zwakke kanten",
    "heldere besluitvorming",
    "samenwerking projectmatig opzetten",
    "mobiliteit medewerkers",
    "samenwerking moet leiden tot betere dienstverlening",
    (
        "samenwerking leidt tot minder hoge ICT-budgetten in vergelijking met het zelfstandig "
        "doorlopen van elke gemeente van het programma Andere Overheid"
    ),
]
BODY = [
    *ITEMS,
    "een aantal actielijnen",
    "snel resultaat",
    "de middellange en de lange termijn",
    "shared services",
    "bij uitstek diensten verlenen",
    "verantwoordelijk voor hun resultaten",
    "opdrachtnemer voor een opdrachtgever",
    "verrekenprijs",
    "het aantal deelnemers",
    "onderlinge verhoudingen",
    "hun karakter",
    "het aantal en het soort diensten",
    "de doelstellingen",
]
GUIDANCE = [
    "helpt gemeenten bij het opstellen van een bestuursopdracht",
    "ook gebruiken als format",
    "alle toelichting vanzelf verdwenen",
    "wat burgers van de overheid als geheel verwachten",
    "het programma Andere Overheid (PAO)",
    "markt voor gemeentelijke ICT",
    "de bouwsteen omgevingsanalyse van EGEM",
    "Shared Services bij de Overheid door prof. Korsten",
    "inAxis",
    "kennisdeling",
    "strategie- en beleidsontwikkeling",
    "projectmanagement",
    "applicatiebeheer",
    "opleidingen",
    "frontoffice",
    "backoffice",
    "ICT-infrastructuur",
    "netwerkmodel",
    "centrummodel",
    "matrixmodel",
    "shared services centrum",
    "SETA-model",
    "federatiegemeente",
    "www.sharedservicesbijdeoverheid.nl",
    "inrichten van beheer voor gemeenten van EGEM",
    "het beheer en de exploitatie worden geregeld",
    "de kosten dragen en verdelen",
    "de financiering van de exploitatie en het beheer",
]
ENGLISH = re.compile(
    r"\b(Release|Chapter|Contents|Table|Figure|Page|Section|Note|Draft|Guidance|Version|Date|"
    r"Author|Search|Navigation|Index|Previous|Next|Created|Copyright|Theme|the|and|with)\b"
)


@pytest.fixture(scope="module", params=["rinoh", "latex"])
def engine(request: pytest.FixtureRequest) -> str:
    result: str = request.param
    return result


@pytest.fixture(scope="module")
def editions(engine: str, published: Callable[[Edition], Result]) -> dict[Profile, Result]:
    return {profile: published(Edition(engine, profile, "nl")) for profile in Profile}


@pytest.fixture(params=list(Profile), ids=str)
def profile(request: pytest.FixtureRequest) -> Profile:
    result: Profile = request.param
    return result


@pytest.fixture
def pdf(editions: dict[Profile, Result], profile: Profile) -> Path:
    return editions[profile].pdf


def flat(path: Path) -> str:
    return " ".join(text_of(path).split())


def test_paths(editions: dict[Profile, Result], engine: str, document: Path) -> None:
    assert {p: r.pdf.relative_to(document).as_posix() for p, r in editions.items()} == {
        Profile.DRAFT: f"build/{engine}/draft/bestuursopdracht-nl.pdf",
        Profile.FINAL: f"build/{engine}/final/bestuursopdracht-nl.pdf",
    }


def test_the_body_is_in_both(pdf: Path) -> None:
    text = flat(pdf)
    assert [phrase for phrase in [*HEADINGS, *BODY] if phrase not in text] == []


def test_guidance_is_in_the_draft_only(editions: dict[Profile, Result]) -> None:
    draft, final = flat(editions[Profile.DRAFT].pdf), flat(editions[Profile.FINAL].pdf)
    assert [phrase for phrase in GUIDANCE if phrase not in draft] == []
    assert [phrase for phrase in GUIDANCE if phrase in final] == []
    assert draft.count("Toelichting ") >= 14
    assert "oelichting" not in final


def test_fill_ins(editions: dict[Profile, Result]) -> None:
    draft, final = editions[Profile.DRAFT], editions[Profile.FINAL]
    assert flat(draft.pdf).count("In te vullen . .") == 11
    assert "In te vullen" not in flat(final.pdf)
    assert draft.notes == []
    assert final.notes == ["Er staan nog 11 punten open. Met make check ziet u waar."]


def test_title_page(editions: dict[Profile, Result], profile: Profile) -> None:
    lines = pages_of(editions[profile].pdf)[0].splitlines()
    mark = ["Concept"] if profile is Profile.DRAFT else []
    asked = ["Gemeenten [namen van de deelnemende gemeenten]"] if mark else []
    assert lines == [
        *mark,
        "Bestuursopdracht",
        "Samenwerking gemeenten",
        "Een bouwsteen voor de gemeente",
        *asked,
        "Auteur Tom Strating",
        "Versie 01.0",
        "Datum 17 mei 2006",
    ]


def test_contents_have_the_right_page_numbers(pdf: Path) -> None:
    pages = pages_of(pdf)
    entries = re.findall(r"^(\d(?:\.\d)? .+?) (?:\. ?)+(\d+)$", pages[1], re.MULTILINE)
    assert [title for title, _ in entries] == HEADINGS
    for title, number in entries:
        assert re.search(rf"^{re.escape(title)}$", pages[int(number) - 1], re.MULTILINE)


def test_bookmarks(pdf: Path) -> None:
    with pikepdf.open(pdf) as opened, opened.open_outline() as outline:
        found = [
            title
            for item in outline.root
            for title in (item.title, *(child.title for child in item.children))
        ]
    assert found == HEADINGS


def test_metadata(pdf: Path) -> None:
    with pikepdf.open(pdf) as opened:
        assert opened.docinfo["/Title"] == "Bestuursopdracht Samenwerking gemeenten"
        assert opened.docinfo["/Author"] == "Tom Strating"
        assert opened.docinfo["/CreationDate"] == "D:20231114221320+00'00"
        assert opened.Root.Lang == "nl"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert opened.pdf_version == "1.7"


def test_every_page_but_the_first_has_a_footer(pdf: Path) -> None:
    pages = pages_of(pdf)
    for number, page in enumerate(pages[1:], 2):
        footer = f"Bestuursopdracht Samenwerking gemeenten · versie 01.0 Pagina {number} van {len(pages)}"
        assert page.splitlines()[-1] == footer


def test_the_mark_is_on_every_page_of_a_draft_only(pdf: Path, profile: Profile) -> None:
    marked = ["Concept" in page.splitlines() for page in pages_of(pdf)]
    assert all(marked) if profile is Profile.DRAFT else not any(marked)


def test_no_english(pdf: Path) -> None:
    assert ENGLISH.findall(text_of(pdf)) == []


def test_no_page_is_blank(pdf: Path) -> None:
    for page in pages_of(pdf):
        furniture = ("Concept", "Bestuursopdracht Samenwerking gemeenten · ")
        assert [line for line in page.splitlines() if not line.startswith(furniture)]


def test_no_heading_stands_alone_at_the_foot_of_a_page(editions: dict[Profile, Result]) -> None:
    # in the final of the template itself, chapter 1 is headings and nothing else
    for page in pages_of(editions[Profile.DRAFT].pdf):
        lines = [line for line in page.splitlines() if "Pagina" not in line and line != "Concept"]
        assert lines[-1] not in HEADINGS


def test_words_are_broken_where_dutch_breaks_them(editions: dict[Profile, Result]) -> None:
    dutch = pyphen.Pyphen(lang="nl_NL")
    breaks = breaks_of(editions[Profile.DRAFT].pdf)
    assert breaks
    for before, after in breaks:
        word = re.sub(r"\W", "", before + after)
        assert len(re.sub(r"\W", "", before)) in dutch.positions(word), (before, after)


def test_lines_have_at_most_80_characters(pdf: Path) -> None:
    lines = [line for line in lines_of(pdf) if " . ." not in line and "Pagina" not in line]
    assert max(map(len, lines)) <= 80
    assert max(map(len, lines)) > 65


def test_a4_one_sided(pdf: Path) -> None:
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            assert page.get_size() == pytest.approx((595.28, 841.89), abs=0.5)


def test_fonts_are_embedded_tex_gyre(pdf: Path) -> None:
    """Read by Poppler: of three, none but Pagella, Heros and Cursor, and each is in the PDF."""
    if not shutil.which("pdffonts"):
        means_missing("pdffonts (Debian package poppler-utils)")
    listed = subprocess.run(
        ["pdffonts", pdf], capture_output=True, text=True, check=True
    ).stdout.splitlines()  # fmt: skip
    start = listed[0].index("emb")
    fonts = {line.split()[0].rpartition("+")[2]: line[start:].split()[0] for line in listed[2:]}
    assert all(re.match(r"TeXGyre(Pagella|Heros|Cursor)-", font) for font in fonts), fonts
    assert any(font.startswith("TeXGyrePagella-Regular") for font in fonts)
    assert any(font.startswith("TeXGyreHeros-Bold") for font in fonts)
    assert set(fonts.values()) == {"yes"}


def test_the_draft_sets_guidance_in_italics(editions: dict[Profile, Result]) -> None:
    fonts = {}
    for profile, result in editions.items():
        with pikepdf.open(result.pdf) as opened:
            fonts[profile] = {
                str(font.BaseFont) for font in opened.pages[4].Resources.Font.values()
            }
    assert any("Pagella-Italic" in name for name in fonts[Profile.DRAFT])


def test_the_makefile_and_conf_py_name_the_same_file() -> None:
    name = re.search(r"^NAME := (\w+)$", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
    conf: dict[str, object] = {}
    exec((REPOSITORY / "conf.py").read_text(), conf)
    assert name
    assert conf["bouwsteen_name"] == name.group(1)
