# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our own schema of MDTO, and what it says may stand where.

The schema is the one place that knows: names, their order, what is required, what may be repeated.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = Path(__file__).with_name("mdto.xsd")
NAMESPACE = "https://www.nationaalarchief.nl/mdto"
LOCATION = f"{NAMESPACE}/MDTO-XML1.0.1.xsd"

OBJECT, FILE = "informatieobject", "bestand"  # elements, and the types of both
REFERENCE = "verwijzingGegevens"
TEXT = "tekst"

XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA_LOCATION = f"{{{XSI}}}schemaLocation"

_XS = "{http://www.w3.org/2001/XMLSchema}"


class Part(NamedTuple):
    """An element that belongs to a type."""

    name: str
    type: str
    required: bool
    repeated: bool


class Complaint(NamedTuple):
    """What the schema has against a document, in libxml2's words."""

    line: int
    path: str  # of the element, as lxml's ``getpath`` has it
    message: str


def complaints(root: etree._Element) -> list[Complaint]:
    """Return what the schema has against the document under *root*, in its order."""
    schema = _schema()
    schema.validate(root)
    log: Any = schema.error_log  # its type says nothing of what is in it
    return [Complaint(entry.line, entry.path, entry.message) for entry in log]


@functools.cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(PATH))


@functools.cache
def types() -> Mapping[str, tuple[Part, ...]]:
    """Return the types that have parts, with these in their order; all others are of text."""
    root = etree.parse(PATH).getroot()
    return {
        str(found.attrib["name"]): tuple(map(_part, found.iterfind(f"{_XS}sequence/{_XS}element")))
        for found in root.iterfind(f"{_XS}complexType")
    }


def _part(element: etree._Element) -> Part:
    return Part(
        name=str(element.attrib["name"]),
        type=str(element.attrib["type"]),
        required=element.get("minOccurs") != "0",
        repeated=element.get("maxOccurs") == "unbounded",
    )


def qualified(name: str) -> str:
    """Return the *name* of an element of MDTO as lxml has it."""
    return f"{{{NAMESPACE}}}{name}"
