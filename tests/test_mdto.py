# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The metadata for an archive: writing, refusing, and reading back."""

from __future__ import annotations

import copy
import datetime
import hashlib
import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bouwsteen.archive import mdto, mdto_reading, mdto_schema, mdto_values
from bouwsteen.archive.formats import Format
from bouwsteen.archive.mdto import MdtoError, Reference
from bouwsteen.archive.mdto_schema import OBJECT, REFERENCE, TEXT, qualified
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

# The schema of the Nationaal Archief is not ours to ship: these tests use it where it is.
_OFFICIAL = Path(os.environ.get("MDTO_XSD", REPOSITORY.parent / "shared/data/MDTO-XML1.0.1.xsd"))
OFFICIAL = [etree.XMLSchema(etree.parse(_OFFICIAL))] if _OFFICIAL.is_file() else []
OURS = etree.XMLSchema(etree.parse(mdto_schema.PATH))

MOMENT = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)
PDF_A = Format("fmt/477", "Acrobat PDF/A - Portable Document Format", "2b")
IDENTIFICATION = {"identificatieKenmerk": "sjabloon-1", "identificatieBron": "Zaaksysteem"}
CONCEPT = {"begripLabel": "Iets", "begripCode": "I", "begripBegrippenlijst": "Lijst van ietsen"}
VALUES: dict[str, Any] = {
    "identificatie": IDENTIFICATION,
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
        "beperkingGebruikNadereBeschrijving": "CC0-1.0",
    },
}
TERM = {
    "termijnTriggerStartLooptijd": CONCEPT,
    "termijnStartdatumLooptijd": "2026-01-31",
    "termijnLooptijd": "P20Y",
    "termijnEinddatum": "2046-01",
}
ALL_VALUES: dict[str, Any] = {
    "identificatie": [IDENTIFICATION, {**IDENTIFICATION, "identificatieBron": "Tweede bron"}],
    "classificatie": [CONCEPT, CONCEPT],
    "trefwoord": ["sjabloon", "open & vrij"],
    "omschrijving": "Eén regel,\nen <nog> een.",
    "waardering": VALUES["waardering"],
    "bewaartermijn": TERM,
    "informatiecategorie": CONCEPT,
    "isOnderdeelVan": {"verwijzingNaam": "Dossier", "verwijzingIdentificatie": IDENTIFICATION},
    "archiefvormer": ["Gemeente Aadorp", {"verwijzingNaam": "Gemeente Beedorp"}],
    "betrokkene": {"betrokkeneTypeRelatie": CONCEPT, "betrokkeneActor": "Gemeente Ceedorp"},
    "activiteit": "Inkoop",
    "beperkingGebruik": [
        {
            "beperkingGebruikType": CONCEPT,
            "beperkingGebruikNadereBeschrijving": "Niets",
            "beperkingGebruikDocumentatie": ["Besluit", "Nog een besluit"],
            "beperkingGebruikTermijn": TERM,
        },
        VALUES["beperkingGebruik"],
    ],
}
DOCUMENT = Reference("Een sjabloon", "sjabloon-1", "Zaaksysteem")
FILES = [
    Reference("sjabloon-nl.pdf", "sjabloon-1-nl", "Zaaksysteem"),
    Reference("sjabloon-de_AT.pdf", "sjabloon-1-de_AT", "Zaaksysteem"),
]


def an_object(values: Any = VALUES, **others: Any) -> bytes:
    arguments = {
        "naam": "Een sjabloon",
        "talen": ["nl", "de_AT"],
        "representaties": FILES,
        "moment": MOMENT,
        "language": "en",
        **others,
    }
    return mdto.informatieobject(values, **arguments)


def a_file(folder: Path, name: str = "sjabloon-nl.pdf", **others: Any) -> bytes:
    path = folder / name
    path.write_bytes(b"inhoud")
    arguments = {
        "kenmerk": "sjabloon-1-nl",
        "bron": "Zaaksysteem",
        "represents": DOCUMENT,
        "file_format": PDF_A,
        "moment": MOMENT,
        "language": "en",
        **others,
    }
    return mdto.bestand(path, **arguments)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    return [an_object(), an_object(ALL_VALUES), a_file(tmp_path_factory.mktemp("mdto"))]


# -- writing


@pytest.mark.parametrize("schema", [OURS, *OFFICIAL])
def test_what_is_written_is_valid(schema: etree.XMLSchema, documents: list[bytes]) -> None:
    for document in documents:
        schema.assertValid(etree.fromstring(document))
        assert mdto_reading.problems(document) == []


def test_form_of_the_file(documents: list[bytes]) -> None:
    first, second, *lines, last = documents[0].decode().split("\n")
    assert re.fullmatch(r"<\?xml version=.1\.0. encoding=.UTF-8.\?>", first)
    assert second == (
        '<MDTO xmlns="https://www.nationaalarchief.nl/mdto" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="https://www.nationaalarchief.nl/mdto '
        'https://www.nationaalarchief.nl/mdto/MDTO-XML1.0.1.xsd">'
    )
    assert lines[:3] == [
        "  <informatieobject>",
        "    <identificatie>",
        "      <identificatieKenmerk>sjabloon-1</identificatieKenmerk>",
    ]
    assert lines[-1] == "</MDTO>"
    assert last == ""


def test_the_same_twice(documents: list[bytes], tmp_path: Path) -> None:
    assert [an_object(), an_object(ALL_VALUES), a_file(tmp_path)] == documents
    backwards = dict(reversed(ALL_VALUES.items()))
    backwards["trefwoord"] = tuple(backwards["trefwoord"])
    assert an_object(backwards) == documents[1]


def test_moments_are_written_in_utc() -> None:
    there = MOMENT.astimezone(datetime.timezone(datetime.timedelta(hours=2)))
    assert an_object(moment=there) == an_object()
    with pytest.raises(ValueError, match="time zone"):
        an_object(moment=MOMENT.replace(tzinfo=None))


def test_every_form_has_an_example_that_is_one() -> None:
    formed = {
        part.name: part.type
        for parts in mdto_schema.types().values()
        for part in parts
        if part.type != TEXT and part.type not in mdto_schema.types()
    }
    assert formed.keys() == mdto_values.EXAMPLES.keys()
    for name, type_ in formed.items():
        tree = etree.parse(mdto_schema.PATH)
        etree.SubElement(
            tree.getroot(),
            "{http://www.w3.org/2001/XMLSchema}element",
            {"name": "x", "type": type_},
        )
        element = etree.Element(qualified("x"))
        element.text = mdto_values.EXAMPLES[name]
        etree.XMLSchema(tree).assertValid(element)


# -- what is missing

REQUIRED = [
    "identificatie.identificatieKenmerk",
    "identificatie.identificatieBron",
    "waardering.begripLabel",
    "waardering.begripBegrippenlijst",
    "archiefvormer",
    "beperkingGebruik.beperkingGebruikType.begripLabel",
    "beperkingGebruik.beperkingGebruikType.begripBegrippenlijst",
]


def changed(values: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """A copy of *values*, with another *value* at *key*: that what it is now, or nothing of it."""
    result = copy.deepcopy(dict(values))
    *way, last = key.split(".")
    inner = result
    for name in way:
        inner = inner[name]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return result


def test_nothing_is_missing() -> None:
    assert mdto.missing(VALUES) == []
    assert mdto.missing(ALL_VALUES) == []


@pytest.mark.parametrize(
    "values", [{}, {"naam": "x", "waardering": 3}, None, dict.fromkeys(VALUES)]
)
def test_all_is_missing(values: Any) -> None:
    assert mdto.missing(values) == REQUIRED


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u00a0", None, []], ids=repr)
@pytest.mark.parametrize("key", REQUIRED)
def test_each_that_is_missing_is_named_and_refused(key: str, blank: Any) -> None:
    values = changed(VALUES, key, blank)
    assert mdto.missing(values) == [key]
    with pytest.raises(MdtoError, match=rf"\Abouwsteen_mdto: {re.escape(key)}: is (missing|empty)"):
        an_object(values)


def test_blanks_in_lists_and_in_what_is_optional() -> None:
    values = {
        **VALUES,
        "archiefvormer": ["A", " "],
        "classificatie": [CONCEPT, {}],
        "activiteit": "",
    }
    assert mdto.missing(values) == [
        "classificatie[2].begripLabel",
        "classificatie[2].begripBegrippenlijst",
        "archiefvormer[2]",
        "activiteit",
    ]
    values = {**VALUES, "archiefvormer": {"verwijzingNaam": "", "verwijzingIdentificatie": {}}}
    assert mdto.missing(values) == [
        "archiefvormer.verwijzingNaam",
        "archiefvormer.verwijzingIdentificatie.identificatieKenmerk",
        "archiefvormer.verwijzingIdentificatie.identificatieBron",
    ]


# -- what is refused


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], "must be a dict with identificatie, .*, not []"),
        ({"naam": "x"}, "naam: is not one of identificatie, "),
        ({"heeftRepresentatie": "x"}, "heeftRepresentatie: is not one of"),
        ({5: "x"}, "5: is not one of"),
        ({"\x1b[31m\nx": "x"}, "\ufffd[31m x: is not one of"),
        ({"{x}": "x"}, "{x}: is not one of"),
        ({"waardering": {**CONCEPT, "begripCod": "B"}}, "waardering.begripCod: is not one of begripL"),
        ({"waardering": "B"}, "waardering: must be a dict with begripLabel, begripCode, .*, not 'B'"),
        ({"waardering": [CONCEPT, CONCEPT]}, "waardering: can have one value only"),
        ({"waardering": {**CONCEPT, "begripCode": 5}}, "waardering.begripCode: must be a text, not 5"),
        ({"waardering": {**CONCEPT, "begripCode": " "}}, "waardering.begripCode: is empty"),
        ({"archiefvormer": 5}, "archiefvormer: must be a dict with verwijzingNaam, .*, not 5"),
        ({"archiefvormer": [["x"]]}, "archiefvormer: must be a dict"),
        ({"archiefvormer": ["a", b"b"]}, "archiefvormer[2]: must be a dict .*, not b'b'"),
        ({"trefwoord": ["a", "\ud800"]}, "trefwoord[2]: holds U+D800, which XML cannot hold"),
        ({"trefwoord": {"a": "b"}}, "trefwoord: must be a text, not {'a': 'b'}"),
        ({"omschrijving": "\x0c\f."}, "omschrijving: holds U+000C"),
        ({"omschrijving": "\ufffe"}, "omschrijving: holds U+FFFE"),
        ({"bewaartermijn": {"termijnLooptijd": "20 jaar"}}, '.*termijnLooptijd: must be written like "P20Y", not "20 jaar"'),
        ({"bewaartermijn": {"termijnEinddatum": "31-01-2046"}}, '.*termijnEinddatum: must be written like "2046-12-31"'),
        ({"bewaartermijn": {"termijnStartdatumLooptijd": "2026-02-30"}}, ".*termijnStartdatumLooptijd: must be written"),
        ({"betrokkene": [{"betrokkeneActor": "x"}]}, "betrokkene.betrokkeneTypeRelatie: is missing"),
    ],
    ids=str,
)  # fmt: skip
def test_values_that_are_refused(values: Any, expected: str) -> None:
    if isinstance(values, dict):
        values = {**VALUES, **values}
    with pytest.raises(MdtoError) as caught:
        an_object(values)
    text = str(caught.value)
    pattern = re.escape(expected).replace(r"\.\*", ".*")
    assert re.match(f"bouwsteen_mdto: {pattern}", text), text
    assert len(text.splitlines()) == 1


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({"naam": ""}, "MDTO: naam: is empty"),
        ({"talen": ["nl", "geen taal"]}, 'MDTO: taal[2]: must be written like "nl", not "geen taal"'),
        ({"representaties": [Reference("", "a", "b")]}, "MDTO: heeftRepresentatie.verwijzingNaam: is empty"),
        ({"naam": " ", "language": "nl"}, "MDTO: naam: is leeg"),
    ],
)  # fmt: skip
def test_what_does_not_come_from_conf_is_named_otherwise(
    others: dict[str, Any], expected: str
) -> None:
    with pytest.raises(MdtoError) as caught:
        an_object(**others)
    assert str(caught.value) == expected


def test_a_value_that_is_long_is_cut_off_in_the_message() -> None:
    with pytest.raises(MdtoError) as caught:
        an_object({**VALUES, "bewaartermijn": {"termijnLooptijd": "x" * 100_000}})
    assert len(str(caught.value)) < 400


def test_names_of_files(tmp_path: Path) -> None:
    name = "Bijlage één & <twee>.pdf"
    assert mdto_reading.read(a_file(tmp_path, name)).naam == name
    with pytest.raises(MdtoError, match=r"^MDTO: naam: holds U\+DCFF"):
        a_file(tmp_path, os.fsdecode(b"a\xff.pdf"))
    with pytest.raises(MdtoError, match=r"^MDTO: naam: holds U\+001B"):
        a_file(tmp_path, "a\x1b.pdf")
    with pytest.raises(FileNotFoundError):
        mdto.bestand(
            tmp_path / "nergens",
            kenmerk="k",
            bron="b",
            represents=DOCUMENT,
            file_format=PDF_A,
            moment=MOMENT,
        )


# -- any values at all

LETTERS = st.sampled_from("\n\r\t&<>\"'é\u2028😀]") | st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
)
GOOD = st.text(LETTERS, min_size=1, max_size=20).filter(str.strip) | st.sampled_from(
    ["]]>", "&#0;", "<!-- -->"]
)
BAD = st.text(st.characters() | st.sampled_from(" \n\0\x1b\ufffe"), max_size=3)
STRANGE = BAD | st.none() | st.integers() | st.binary(max_size=3) | st.lists(BAD, max_size=2)
FORMS = {
    "xs:date": st.dates().map(str),
    "xs:duration": st.sampled_from(["P20Y", "-P1M", "PT0.5S"]),
    "datum": st.dates().map(str) | st.sampled_from(["2046", "2046-12", "-0001", "2046Z"]),
    TEXT: GOOD,
}


def any_value(type_: str) -> st.SearchStrategy[Any]:
    """Values for a type of the schema that are right."""
    if type_ in FORMS:
        return FORMS[type_]
    parts = mdto_schema.types()[type_]
    right = of_parts(parts)
    return GOOD | right if type_ == REFERENCE else right


def of_parts(parts: Iterable[mdto_schema.Part]) -> st.SearchStrategy[dict[str, Any]]:
    required = {part.name: any_values(part) for part in parts if part.required}
    optional = {part.name: any_values(part) for part in parts if not part.required}
    return st.fixed_dictionaries(required, optional=optional)


def any_values(part: mdto_schema.Part) -> st.SearchStrategy[Any]:
    one = st.deferred(lambda: any_value(part.type))
    several = st.lists(one, min_size=part.required, max_size=2)
    return one | several if part.repeated else one


RIGHT = of_parts([part for part in mdto_schema.types()[OBJECT] if part.name in mdto.GIVEN])


@st.composite
def wrong(draw: st.DrawFn) -> Any:
    """Values that are right but for one, somewhere in them."""
    inner = values = draw(RIGHT)
    while True:
        place = draw(
            st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner)))
        )
        if not isinstance(inner[place], (dict, list)) or not inner[place] or draw(st.booleans()):
            inner[place] = draw(STRANGE)
            return values
        inner = inner[place]


@given(values=RIGHT, naam=GOOD)
def test_values_that_are_right_come_back_in_a_valid_document(
    values: dict[str, Any], naam: str
) -> None:
    assert mdto.missing(values) == []
    document = an_object(values, naam=naam)
    for schema in (OURS, *OFFICIAL):
        schema.assertValid(etree.fromstring(document))
    read = mdto_reading.read(document)
    assert read.naam == naam
    identifications = mdto_values.items(values["identificatie"])
    assert [each._asdict() for each in read.identificaties] == [
        {name.removeprefix("identificatie").lower(): text for name, text in each.items()}
        for each in identifications
    ]


def written(values: dict[str, Any], naam: str, talen: list[str]) -> bytes | MdtoError:
    try:
        return an_object(values, naam=naam, talen=talen)
    except MdtoError as error:
        return error


@given(values=wrong(), naam=GOOD | BAD, talen=st.lists(st.sampled_from(["nl", "x_y"]) | BAD))
def test_other_values_give_a_valid_document_or_an_error_in_a_line(
    values: dict[str, Any], naam: str, talen: list[str]
) -> None:
    document = written(values, naam, talen)
    if isinstance(document, MdtoError):
        assert str(document).isprintable()
    else:
        assert mdto.missing(values) == []
        for schema in (OURS, *OFFICIAL):
            schema.assertValid(etree.fromstring(document))


# -- the schemas

# all of MDTO 1.0.1 that is used here, in its order: ? none or one, + one or more, * any number
GRAMMAR = {
    "informatieobject": "identificatie+ naam aggregatieniveau? classificatie* trefwoord* omschrijving* taal* event* waardering bewaartermijn? informatiecategorie? isOnderdeelVan* heeftRepresentatie* archiefvormer+ betrokkene* activiteit? beperkingGebruik+",
    "bestand": "identificatie+ naam omvang bestandsformaat checksum+ URLBestand? isRepresentatieVan",
    "identificatieGegevens": "identificatieKenmerk identificatieBron",
    "verwijzingGegevens": "verwijzingNaam verwijzingIdentificatie?",
    "begripGegevens": "begripLabel begripCode? begripBegrippenlijst",
    "eventGegevens": "eventType eventTijd? eventVerantwoordelijkeActor? eventResultaat?",
    "termijnGegevens": "termijnTriggerStartLooptijd? termijnStartdatumLooptijd? termijnLooptijd? termijnEinddatum?",
    "betrokkeneGegevens": "betrokkeneTypeRelatie betrokkeneActor",
    "beperkingGebruikGegevens": "beperkingGebruikType beperkingGebruikNadereBeschrijving? beperkingGebruikDocumentatie* beperkingGebruikTermijn?",
    "checksumGegevens": "checksumAlgoritme checksumWaarde checksumDatum",
}  # fmt: skip


def test_what_may_stand_where() -> None:
    signs = {(True, False): "", (False, False): "?", (True, True): "+", (False, True): "*"}
    found = {
        name: " ".join(part.name + signs[part.required, part.repeated] for part in parts)
        for name, parts in mdto_schema.types().items()
    }
    assert found == GRAMMAR


NAMES = sorted({part.name for parts in mdto_schema.types().values() for part in parts})


def leaves(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter() if not len(element))


def _required(root: etree._Element) -> list[tuple[str, str]]:
    tree = root.getroottree()
    types = {OBJECT: OBJECT, mdto_schema.FILE: mdto_schema.FILE}
    types |= {part.name: part.type for parts in mdto_schema.types().values() for part in parts}
    return [
        (tree.getelementpath(element), part.name)
        for element in root.iter()
        for part in mdto_schema.types().get(types.get(etree.QName(element).localname, ""), ())
        if part.required
    ]


@pytest.mark.parametrize("schema", [OURS, *OFFICIAL])
def test_what_must_be_there(schema: etree.XMLSchema, documents: list[bytes]) -> None:
    count = 0
    for document in documents:
        for path, name in _required(etree.fromstring(document)):
            root = etree.fromstring(document)
            element = root.find(path)
            assert element is not None
            for found in element.findall(qualified(name)):
                element.remove(found)
            assert not schema.validate(root), (path, name)
            count += 1
    assert count > 100


@pytest.mark.parametrize("schema", [OURS, *OFFICIAL])
def test_the_order(schema: etree.XMLSchema, documents: list[bytes]) -> None:
    for document in documents:
        root = etree.fromstring(document)
        for element in list(root.iter()):
            following = element.getnext()
            if following is not None and following.tag != element.tag:
                element.addprevious(following)
                assert not schema.validate(root), etree.tostring(element)
                element.addnext(following)
        assert schema.validate(root)


def test_no_text_is_blank(documents: list[bytes]) -> None:
    for document in documents:
        root = etree.fromstring(document)
        for leaf in leaves(root):
            before = leaf.text
            for blank in ("", " \n\t", None):
                leaf.text = blank
                assert not OURS.validate(root), etree.tostring(leaf)
            leaf.text = before


@pytest.mark.parametrize(
    ("name", "text", "is_rule_of_mdto"),
    [
        ("omvang", "veel", True),
        ("omvang", "1.5", True),
        ("omvang", "-1", False),
        ("omvang", "9" * 5000, False),
        ("taal", "geen taal", True),
        ("taal", "de_AT", True),
        ("eventTijd", "gisteren", True),
        ("eventTijd", "2026-02-30", True),
        ("checksumDatum", "2026-01-31", True),
        ("termijnStartdatumLooptijd", "2026-13-01", True),
        ("termijnStartdatumLooptijd", "2026", True),
        ("termijnEinddatum", "2026-1", True),
        ("termijnEinddatum", "2026-01-31T12:00:00", True),
        ("termijnLooptijd", "20Y", True),
    ],
)
def test_forms_of_values(
    name: str, text: str, is_rule_of_mdto: bool, documents: list[bytes]
) -> None:
    count = 0
    for document in documents:
        root = etree.fromstring(document)
        for element in list(root.iter(qualified(name))):
            before, element.text = element.text, text
            assert not OURS.validate(root)
            assert all(schema.validate(root) != is_rule_of_mdto for schema in OFFICIAL)
            element.text = before
            count += 1
    assert count


@pytest.mark.parametrize("schema", [OURS, *OFFICIAL])
@pytest.mark.parametrize("name", ["naam", "waardering", "informatieobject", "onbekend"])
def test_only_the_outermost_element_can_be_that(schema: etree.XMLSchema, name: str) -> None:
    element = etree.Element(qualified(name))
    element.text = "x"
    assert not schema.validate(element)


def with_other_text(root: etree._Element, data: st.DataObject) -> None:
    data.draw(st.sampled_from(list(leaves(root)))).text = data.draw(
        st.sampled_from(
            [
                "",
                " ",
                "nl",
                "2026",
                "2026-01",
                "2026-01-31",
                "P1Y",
                "-P1D",
                "1",
                "-1",
                "x",
                "é y",
                "2026-01-31T24:00:00",
                "2026-01Z",
                "+1",
                "\u00a0",
            ]
        )
    )


def with_another_element(root: etree._Element, data: st.DataObject) -> None:
    element = data.draw(st.sampled_from(list(root.iter())))
    new = etree.Element(qualified(data.draw(st.sampled_from(NAMES))))
    new.text = "x"
    element.insert(data.draw(st.integers(0, len(element))), new)


def with_one_twice(root: etree._Element, data: st.DataObject) -> None:
    element = data.draw(st.sampled_from(list(root.iter())))
    element.addnext(copy.deepcopy(element)) if element is not root else None


def without_one(root: etree._Element, data: st.DataObject) -> None:
    element = data.draw(st.sampled_from(list(root.iter())))
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def with_another_name(root: etree._Element, data: st.DataObject) -> None:
    data.draw(st.sampled_from(list(root.iter()))).tag = qualified(
        data.draw(st.sampled_from([*NAMES, "onbekend"]))
    )


def with_an_attribute(root: etree._Element, data: st.DataObject) -> None:
    name = data.draw(
        st.sampled_from(["id", f"{{{mdto_schema.XSI}}}type", f"{{{mdto_schema.XSI}}}nil"])
    )
    value = data.draw(st.sampled_from(["tekst", "true", "verwijzingGegevens", OBJECT, "datum"]))
    data.draw(st.sampled_from(list(root.iter()))).set(name, value)


CHANGES = [
    with_other_text,
    with_another_element,
    with_one_twice,
    without_one,
    with_another_name,
    with_an_attribute,
]


@given(data=st.data())
def test_what_has_no_problem_is_valid_for_the_nationaal_archief(
    documents: list[bytes], data: st.DataObject
) -> None:
    root = etree.fromstring(data.draw(st.sampled_from(documents)))
    for change in data.draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3)):
        change(root, data)
    document = etree.tostring(root)
    if mdto_reading.problems(document):
        with pytest.raises(MdtoError):
            mdto_reading.read(document)
    else:
        mdto_reading.read(document)
        for schema in OFFICIAL:
            schema.assertValid(etree.fromstring(document))


# -- reading


def test_an_object_is_read_back() -> None:
    assert mdto_reading.read(an_object(ALL_VALUES)) == mdto_reading.Informatieobject(
        identificaties=(
            mdto_reading.Identification("sjabloon-1", "Zaaksysteem"),
            mdto_reading.Identification("sjabloon-1", "Tweede bron"),
        ),
        naam="Een sjabloon",
        talen=("nl", "de-AT"),
        tijden=("2026-01-31T12:00:00Z",),
        representaties=tuple(FILES),
    )


def test_a_file_is_read_back(tmp_path: Path) -> None:
    assert mdto_reading.read(a_file(tmp_path)) == mdto_reading.Bestand(
        identificaties=(mdto_reading.Identification("sjabloon-1-nl", "Zaaksysteem"),),
        naam="sjabloon-nl.pdf",
        omvang=6,
        pronom="fmt/477",
        sha256=hashlib.sha256(b"inhoud").hexdigest(),
        represents=DOCUMENT,
    )


def test_what_others_write_is_read(tmp_path: Path) -> None:
    document = a_file(tmp_path).decode()
    document = document.replace(
        "<naam>sjabloon-", "<naam>s<!-- zo -->jab<?en zo?>loon<![CDATA[-]]>"
    )
    document = document.replace("<omvang>6<", "<omvang> 6\n<").replace("SHA-256", "SHA-512")
    document = re.sub(r"<begripCode>.*?</begripCode>", "", document)
    document = re.sub(r"<verwijzingIdentificatie>.*?</verwijzingIdentificatie>", "", document, flags=re.DOTALL)  # fmt: skip
    read = mdto_reading.read(document.encode())
    assert isinstance(read, mdto_reading.Bestand)
    assert read.naam == "sjabloon-nl.pdf"
    assert (read.omvang, read.pronom, read.sha256) == (6, "", "")
    assert read.represents == Reference("Een sjabloon", "", "")


def test_the_sha256_is_found_among_others(tmp_path: Path) -> None:
    root = etree.fromstring(a_file(tmp_path))
    checksum = next(root.iter(qualified("checksum")))
    other = copy.deepcopy(checksum)
    next(other.iter(qualified("begripLabel"))).text = "SHA-512"
    next(other.iter(qualified("checksumWaarde"))).text = "iets anders"
    checksum.addprevious(other)
    read = mdto_reading.read(etree.tostring(root))
    assert isinstance(read, mdto_reading.Bestand)
    assert read.sha256 == hashlib.sha256(b"inhoud").hexdigest()


def test_problems_are_told_with_their_line(documents: list[bytes]) -> None:
    document = documents[2].replace(b"<omvang>6<", b"<omvang>zes<").replace(b"fmt/477", b"")
    assert mdto_reading.problems(document, "en") == [
        "line 9: Element 'omvang': 'zes' is not a valid value of the atomic type 'xs:unsignedLong'.",
        "line 12: Element 'begripCode': [facet 'pattern'] The value '' is not accepted by the pattern '\\s*\\S[\\s\\S]*'.",
    ]
    assert mdto_reading.problems(document)[0].startswith("regel 9: ")
    assert mdto_reading.problems(documents[2]) == []
    with pytest.raises(MdtoError, match=r"^line 9: Element 'omvang'"):
        mdto_reading.read(document, "en")


def test_a_problem_is_one_short_line(documents: list[bytes]) -> None:
    long = b"\xc2\x9b[31m\n" + b"x\n" * 100_000
    (problem,) = mdto_reading.problems(documents[2].replace(b">6<", b">" + long + b"<"))
    assert problem.isprintable()
    assert len(problem) < 300


@pytest.mark.parametrize(
    "data",
    [b"", b" ", b"geen XML", b"<MDTO>", b"\xff\xfe", b"%PDF-1.7", b"<?xml version='1.0' encoding='geen'?><a/>", b"<a>\xff</a>", b"<a>&x;</a>", b"<a/><b/>", b"<a><![CDATA[", b"\0" * 9],
    ids=str,
)  # fmt: skip
def test_what_is_no_xml(data: bytes) -> None:
    (problem,) = mdto_reading.problems(data, "en")
    assert re.match(r"line \d+: .", problem)
    with pytest.raises(MdtoError):
        mdto_reading.read(data)


@given(data=st.data())
def test_damaged_files(documents: list[bytes], data: st.DataObject) -> None:
    document = bytearray(data.draw(st.sampled_from(documents)))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(document) - 1))
        document[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    if found := mdto_reading.problems(bytes(document)):
        assert all(problem.isprintable() for problem in found)
    else:
        mdto_reading.read(bytes(document))


# -- hostile files


def with_dtd(document: bytes, dtd: str, reference: str) -> bytes:
    declaration, rest = document.decode().split("\n", 1)
    rest = rest.replace("<naam>", f"<naam>{reference}", 1)
    return f"{declaration}\n<!DOCTYPE MDTO {dtd}>\n{rest}".encode()


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(1, 12))
HOSTILE: dict[str, Callable[[bytes, Path], bytes]] = {
    "billion laughs": lambda document, _secret: with_dtd(
        document, f'[<!ENTITY a1 "ha">{LAUGHS}]', "&a12;"
    ),
    "external entity": lambda document, secret: with_dtd(
        document, f'[<!ENTITY x SYSTEM "{secret.as_uri()}">]', "&x;"
    ),
    "internal entity": lambda document, _secret: with_dtd(document, '[<!ENTITY x "y">]', "&x;"),
    "parameter entity": lambda document, secret: with_dtd(
        document, f'[<!ENTITY % x SYSTEM "{secret.as_uri()}"> %x;]', ""
    ),
    "external DTD": lambda document, secret: with_dtd(document, f'SYSTEM "{secret.as_uri()}"', ""),
    "DTD of the network": lambda document, _secret: with_dtd(
        document, 'SYSTEM "http://127.0.0.1:9/x.dtd"', ""
    ),
    "DTD alone": lambda document, _secret: with_dtd(document, "", ""),
    "laughs in an attribute": lambda document, _secret: with_dtd(
        document.replace(b"<naam>", b'<naam x="&a12;">'), f'[<!ENTITY a1 "ha">{LAUGHS}]', ""
    ),
    "inclusion": lambda document, secret: document.replace(
        b"<naam>",
        f'<naam><include xmlns="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>'.encode(),
    ),
    "depth": lambda document, _secret: document.replace(
        b"<naam>", b"<naam>" + b"<x>" * 100_000 + b"</x>" * 100_000
    ),
    "depth without end": lambda document, _secret: document.replace(b"<naam>", b"<x>" * 100_000),
    "length": lambda document, _secret: document.replace(b"<naam>", b"<naam>" + b"x" * 20_000_000),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name: str, documents: list[bytes], tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("het geheim")
    begin = time.monotonic()
    for document in documents:
        hostile = HOSTILE[name](document, secret)
        found = mdto_reading.problems(hostile)
        assert found
        assert all(re.match(r"regel \d+: .{1,250}\Z", problem) for problem in found)
        assert "het geheim" not in "".join(found)
        with pytest.raises(MdtoError):
            mdto_reading.read(hostile)
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize("name", [name for name in HOSTILE if "DTD" in name or "entity" in name])
def test_a_dtd_is_refused_and_leads_nowhere(
    name: str, documents: list[bytes], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elders"
    elsewhere.write_text("<&%")  # a mistake, which whoever reads it finds
    found = mdto_reading.problems(HOSTILE[name](documents[0], elsewhere), "en")
    assert found == ["line 1: holds a DTD, which has no place here"]


def test_a_document_names_no_types_and_brings_no_schema(
    documents: list[bytes], tmp_path: Path
) -> None:
    for document in documents:
        text = document.decode()
        for attribute in ('xsi:type="tekst"', 'xsi:schemaLocation="a b"'):
            found = mdto_reading.problems(
                text.replace("<naam>", f"<naam {attribute}>").encode(), "en"
            )
            (name, _value) = attribute.split("=")
            expected = name.replace("xsi:", f"{{{mdto_schema.XSI}}}")
            assert [p.partition(": ")[2] for p in found] == [
                f"attribute {expected} has no place here"
            ]
    lax = tmp_path / "lax.xsd"
    lax.write_text(
        '<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace='
        f'"{mdto_schema.NAMESPACE}"><element name="MDTO"/></schema>'
    )
    hostile = documents[0].decode().replace(mdto_schema.LOCATION, lax.as_uri())
    assert mdto_reading.problems(hostile.encode()) == []
    assert mdto_reading.problems(re.sub(r"<naam>.*</naam>", "", hostile).encode())
