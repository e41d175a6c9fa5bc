# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The template in every language that it ships in, read back; and in languages just begun."""

from __future__ import annotations

import csv
import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
import pytest

from benchmarks import documents
from bouwsteen.build import Edition, build
from bouwsteen.catalogues import files, tasks
from bouwsteen.profile import Profile
from tests.conftest import REPOSITORY, require_tex
from tests.pdf import breaks_of, pages_of, text_of
from tests.test_template import ENGLISH, HEADINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bouwsteen.build import Result

NBSP = "\N{NO-BREAK SPACE}"


class Words(NamedTuple):
    """What a reader of a language sees around the text."""

    title: str
    subtitle: str
    municipalities: str
    author: str
    version: str
    date: str
    draft: str
    contents: str
    guidance: str
    fill_in: str
    page: str
    quoted: str  # a phrase in the language's own quotation marks
    bookmarks: list[str]


LANGUAGES = {
    "de": Words(
        title="Bestuursopdracht: Auftrag zur Zusammenarbeit von Gemeinden",
        subtitle="Ein Baustein für die Gemeinde",
        municipalities="Gemeinden [Namen der beteiligten Gemeinden]",
        author="Verfasser Tom Strating",
        version="Version 01.0",
        date="Datum 17. Mai 2006",
        draft="Entwurf",
        contents="Inhalt",
        guidance="Erläuterung",
        fill_in="Auszufüllen",
        page="Seite {} von {}",
        quoted="„Eine andere Verwaltung“",
        bookmarks=["1 Gründe für die Zusammenarbeit", "5 Finanzierung"],
    ),
    "en": Words(
        title="Bestuursopdracht: Mandate for Co-operation between Municipalities",
        subtitle="A building block for the municipality",
        municipalities="Municipalities [names of the municipalities that take part]",
        author="Author Tom Strating",
        version="Version 01.0",
        date="Date 17 May 2006",
        draft="Draft",
        contents="Contents",
        guidance="Guidance",
        fill_in="To be filled in",
        page="Page {} of {}",
        quoted="“Different Government”",
        bookmarks=["1 Why co-operate", "5 Financing"],
    ),
    "fr": Words(
        title=f"Bestuursopdracht{NBSP}: mandat de coopération entre communes",
        subtitle="Un module pour la commune",
        municipalities="Communes [noms des communes partenaires]",
        author="Auteur Tom Strating",
        version="Version 01.0",
        date="Date 17 mai 2006",
        draft="Projet",
        contents="Table des matières",
        guidance="Note explicative",
        fill_in="À compléter",
        page="Page {} sur {}",
        quoted="« Une autre administration »",
        bookmarks=["1 Pourquoi coopérer", "5 Financement"],
    ),
}
# Names, and titles of publications, that stay in Dutch.
STAYS = re.compile(
    r"inrichten van beheer voor gemeenten|Shared Services bij de Overheid|Andere Overheid|"
    r"sharedservicesbijdeoverheid|omgevingsanalyse|[Bb]estuursopdracht"
)
DUTCH = re.compile(
    r"\b(de|het|een|van|en|voor|deze|niet|dit|zijn|wordt|worden|uw|u|waarom|gemeenten?|samenwerking|"
    r"Toelichting|Concept|Inhoudsopgave|Pagina|Auteur|Versie|Datum|[Gg]emeenten|beheer|bij)\b"
)
OWN = {"de": {"Datum"}, "en": set(), "fr": {"de", "en", "Auteur"}}  # their own words


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    result: str = request.param
    return result


@pytest.fixture
def words(language: str) -> Words:
    return LANGUAGES[language]


@pytest.fixture(params=["rinoh", "latex"])
def engine(request: pytest.FixtureRequest) -> str:
    result: str = request.param
    return result


@pytest.fixture(params=list(Profile), ids=str)
def profile(request: pytest.FixtureRequest) -> Profile:
    result: Profile = request.param
    return result


@pytest.fixture
def result(
    engine: str, profile: Profile, language: str, published: Callable[[Edition], Result]
) -> Result:
    return published(Edition(engine, profile, language))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_languages_are_those_declared_complete() -> None:
    conf: dict[str, object] = {}
    exec((REPOSITORY / "conf.py").read_text(), conf)
    assert conf["bouwsteen_complete_languages"] == list(LANGUAGES)
    assert files.languages(REPOSITORY / "locale") == list(LANGUAGES)


def test_title_page(result: Result, words: Words, profile: Profile) -> None:
    page = flat(pages_of(result.pdf)[0])
    draft = profile is Profile.DRAFT
    expected = [
        *([words.draft] if draft else []), words.title, words.subtitle,
        *([words.municipalities] if draft else []),
        words.author, words.version, words.date,
    ]  # fmt: skip
    assert page == flat(" ".join(expected))


def test_labels(result: Result, words: Words, profile: Profile) -> None:
    pages = pages_of(result.pdf)
    text = flat(text_of(result.pdf))
    draft = profile is Profile.DRAFT
    assert words.contents in pages[1].splitlines()
    assert text.count(f"{words.fill_in} . .") == (11 if draft else 0)
    lines = [line for page in pages for line in page.splitlines()]
    assert lines.count(words.guidance) == (14 if draft else 0)
    assert lines.count(words.draft) == (len(pages) if draft else 0)
    for number, page in enumerate(pages[1:], 2):
        footer = flat(page.splitlines()[-1])
        assert footer.startswith(flat(words.title))
        assert footer.endswith(words.page.format(number, len(pages)))


def test_metadata(result: Result, words: Words, language: str) -> None:
    with pikepdf.open(result.pdf) as pdf:
        assert pdf.docinfo["/Title"] == words.title
        assert pdf.docinfo["/Author"] == "Tom Strating"
        assert pdf.Root.Lang == language
        with pdf.open_outline() as outline:
            found = [item.title for item in outline.root]
    assert [found[0], found[-1]] == words.bookmarks


def test_no_dutch_is_left_but_for_names(result: Result, language: str) -> None:
    text = STAYS.sub("", flat(text_of(result.pdf)))
    assert set(DUTCH.findall(text)) - OWN[language] == set()
    assert "Tom Strating" in text


def test_no_english_in_another_language(result: Result, language: str) -> None:
    if language != "en":
        allowed = {"Version", "Date", "Page", "Note", "Table"} if language == "fr" else {"Version"}
        assert set(ENGLISH.findall(text_of(result.pdf))) <= allowed


def test_the_term_that_stays_is_explained(result: Result, words: Words, profile: Profile) -> None:
    """In the title, which both profiles have, and at its first use in the text."""
    assert re.match(r"Bestuursopdracht\W*: \w+", flat(words.title))
    assert words.quoted in flat(text_of(result.pdf))
    if profile is Profile.DRAFT:
        page = flat(pages_of(result.pdf)[1])
        assert re.search(r"bestuursopdracht.{1,40}(mandate|Auftrag|mandat)", page, re.IGNORECASE)


def test_as_many_headings_as_the_source(result: Result) -> None:
    entries = re.findall(r"^(\d(?:\.\d)?) .+? (?:\. ?)+\d+$", pages_of(result.pdf)[1], re.MULTILINE)
    assert entries == [heading.split()[0] for heading in HEADINGS]


def test_what_is_guidance_is_not_in_the_final(
    language: str, published: Callable[[Edition], Result]
) -> None:
    """Each message of guidance, by its catalogue: in the draft, and not in the final."""
    texts = {p: letters(text_of(published(Edition("rinoh", p, language)).pdf)) for p in Profile}
    seen = 0
    for _domain, path in files.domains(files.folder(REPOSITORY / "locale", language)):
        for entry in files.read(path):
            if entry.comment in {"guidance", "fill-in"} and len(entry.msgstr) > 40:
                seen += 1
                start = letters(re.split(r"[:*`]", entry.msgstr)[0])
                assert start in texts[Profile.DRAFT]
                assert start not in texts[Profile.FINAL]
    assert seen > 20


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def test_nothing_is_left_to_be_translated(result: Result) -> None:
    assert [note for note in result.notes if not note.startswith("11 ")] == []


def test_hyphens_stand_where_the_language_has_them(result: Result, language: str) -> None:
    """A sample that people looked at: breaks in the four texts, by both engines."""
    wrong = {("Zusammena", "rbeit"), ("Zusamme", "narbeit"), ("co-op", "erate")}
    breaks = breaks_of(result.pdf)
    assert not wrong & set(breaks)
    if language == "de" and "draft" in str(result.pdf):
        assert any(before == "Zusam" for before, _ in breaks)


with (REPOSITORY / "locale/glossary.csv").open(encoding="utf-8") as file:
    GLOSSARY = list(csv.DictReader(file))


class TestGlossary:
    """The terms that translators get."""

    def test_every_term_in_every_language(self) -> None:
        assert GLOSSARY
        assert list(GLOSSARY[0]) == ["nl", *("en", "de", "fr"), "note"]
        for row in GLOSSARY:
            assert all(row[code] for code in ("nl", "en", "de", "fr")), row

    @pytest.mark.parametrize("term", ["verrekenprijs", "actielijn", "randvoorwaarden", "EGEM"])
    def test_the_catalogues_use_them(self, term: str, language: str) -> None:
        (row,) = [row for row in GLOSSARY if row["nl"] == term]
        found = 0
        for _domain, path in files.domains(files.folder(REPOSITORY / "locale", language)):
            for entry in files.read(path):
                if re.search(rf"(?<!`)\b{term}", entry.msgid, re.IGNORECASE):
                    found += 1
                    stem = row[language].lower().split()[0][:6]
                    assert stem in entry.msgstr.lower(), entry.msgstr
        assert found


BEGUN = {  # two messages each
    "es": ("Financiación", "¿Cómo se financia el desarrollo?", "17 de mayo de 2006"),
    "pl": ("Finansowanie", "Jak jest finansowany rozwój?", "17 maja 2006"),
    "fy": ("Finansiering", "Hoe wurdt de ûntwikkeling finansiere?", "17 Maaie 2006"),
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = documents.copy_template(tmp_path_factory.mktemp("begonnen") / "copy")
    shutil.rmtree(root / "locale")
    source = tasks.extract(root, "nl")
    assert len(list(tasks.update(source, list(BEGUN)))) == 3 * 7  # chapters, and labels
    for language, (heading, question, _date) in BEGUN.items():
        path = files.folder(root / "locale", language) / "financiering.po"
        catalogue = files.read(path)
        catalogue[0].msgstr = heading
        (entry,) = [e for e in catalogue if e.msgid == "Hoe wordt de ontwikkeling gefinancierd?"]
        entry.msgstr = question
        files.write(path, catalogue)
    return root


class TestAnyLanguage:
    """A language needs nothing but catalogues: no code, no rinohtype, no pattern of its own."""

    @pytest.mark.parametrize("code", BEGUN)
    def test_both_profiles_through_both_engines(
        self, code: str, engine: str, profile: Profile, begun: Path
    ) -> None:
        if engine == "latex":
            require_tex()
        made = build(Edition(engine, profile, code), begun)
        heading, question, date = BEGUN[code]
        text = flat(text_of(made.pdf))
        assert f"5 {heading}" in text
        assert date in text
        assert (question in text) is (profile is Profile.DRAFT)
        assert "Organisatie rond ICT-samenwerking" in text  # as in the source
        count = 88 if profile is Profile.DRAFT else 44
        assert f"Nog {count} teksten zijn niet vertaald." in made.notes

    def test_the_catalogues_pass(self, begun: Path) -> None:
        source = tasks.extract(begun, "nl")
        assert list(tasks.check(source, list(BEGUN))) == []
