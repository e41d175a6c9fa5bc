# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Read documents of MDTO back, to verify an archive bag. They may come from anybody."""

from __future__ import annotations

from typing import Any, NamedTuple

from lxml import etree

from bouwsteen.archive import mdto_schema
from bouwsteen.archive.mdto import MdtoError, Reference
from bouwsteen.archive.mdto_schema import qualified
from bouwsteen.messages import translations
from bouwsteen.showing import shown


class Identification(NamedTuple):
    """What an object is known by."""

    kenmerk: str
    bron: str


class Informatieobject(NamedTuple):
    """What was written of a document."""

    identificaties: tuple[Identification, ...]
    naam: str
    talen: tuple[str, ...]  # as in XML: ``de-AT``
    tijden: tuple[str, ...]  # of its events, in their order
    representaties: tuple[Reference, ...]


class Bestand(NamedTuple):
    """What was written of a file."""

    identificaties: tuple[Identification, ...]
    naam: str
    omvang: int
    pronom: str  # the code: ``fmt/477``; empty if there is none
    sha256: str  # empty if there is none
    represents: Reference


def problems(data: bytes, language: str = "nl") -> list[str]:
    """Return what is wrong with a document of MDTO, a line each; nothing if it is valid.

    Beyond the schema, it holds no DTD, through which a reader could be led to other files, and no
    attribute that tells a reader to take another type.
    """
    _ = translations(language).gettext

    def line(number: Any, message: str) -> str:
        message = shown(message.replace(f"{{{mdto_schema.NAMESPACE}}}", ""))
        return _("line {line}: {message}").format(line=number, message=message)

    try:
        root = _parse(data)
    except etree.XMLSyntaxError as error:
        return [line(error.lineno, error.msg)]
    if root.getroottree().docinfo.internalDTD is not None:
        return [line(1, _("holds a DTD, which has no place here"))]
    found = [line(each.line, each.message) for each in mdto_schema.complaints(root)]
    return found + [
        line(element.sourceline, _("attribute {name} has no place here").format(name=name))
        for element in root.iter()
        for name in element.attrib
        if str(name).startswith(f"{{{mdto_schema.XSI}}}")
        and not (element is root and name == mdto_schema.SCHEMA_LOCATION)
    ]


def read(data: bytes, language: str = "nl") -> Informatieobject | Bestand:
    """Return what a document of MDTO says.

    :raises MdtoError: if it is not valid, with the first problem.
    """
    if found := problems(data, language):
        raise MdtoError(found[0])
    (element,) = _parse(data)
    identifications = tuple(map(_identification, element.iterfind(qualified("identificatie"))))
    naam = _text(element, "naam")
    if element.tag == qualified(mdto_schema.OBJECT):
        return Informatieobject(
            identificaties=identifications,
            naam=naam,
            talen=_texts(element, "taal"),
            tijden=_texts(element, "event/eventTijd"),
            representaties=tuple(
                map(_reference, element.iterfind(qualified("heeftRepresentatie")))
            ),
        )
    return Bestand(
        identificaties=identifications,
        naam=naam,
        omvang=int(_text(element, "omvang")),
        pronom=_text(element, "bestandsformaat/begripCode"),
        sha256=next(
            (
                _text(checksum, "checksumWaarde")
                for checksum in element.iterfind(qualified("checksum"))
                if _text(checksum, "checksumAlgoritme/begripLabel") == "SHA-256"
            ),
            "",
        ),
        represents=_reference(next(element.iterfind(qualified("isRepresentatieVan")))),
    )


def _parse(data: bytes) -> etree._Element:
    """Parse *data*: no entity is resolved, no other file read, no depth without end."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        # they would cut the text that they stand in
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def _identification(element: etree._Element) -> Identification:
    return Identification(
        _text(element, "identificatieKenmerk"), _text(element, "identificatieBron")
    )


def _reference(element: etree._Element) -> Reference:
    kenmerk, bron = (
        _text(element, f"verwijzingIdentificatie/identificatie{name}")
        for name in ("Kenmerk", "Bron")
    )
    return Reference(_text(element, "verwijzingNaam"), kenmerk, bron)


def _texts(element: etree._Element, path: str) -> tuple[str, ...]:
    """Return the texts at *path* below *element*."""
    steps = "/".join(map(qualified, path.split("/")))
    return tuple(found.text or "" for found in element.iterfind(steps))


def _text(element: etree._Element, path: str) -> str:
    """Return the first text at *path* below *element*, or nothing."""
    return next(iter(_texts(element, path)), "")
