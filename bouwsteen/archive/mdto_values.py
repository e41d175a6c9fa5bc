# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""From values to XML of MDTO: dicts for elements with parts, lists for repeated ones, and texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lxml import etree

from bouwsteen.archive import mdto_schema
from bouwsteen.archive.mdto_schema import REFERENCE, qualified
from bouwsteen.messages import translations
from bouwsteen.running import BuildError
from bouwsteen.showing import shown

if TYPE_CHECKING:
    from bouwsteen.archive.mdto_schema import Part

CONF = "bouwsteen_mdto"  # the dict in conf.py
# how a text of each element that is not free in its form can look
EXAMPLES = {
    "taal": "nl",
    "omvang": "1024",
    "URLBestand": "https://www.example.nl/",
    "eventTijd": "2026-01-31T12:00:00Z",
    "checksumDatum": "2026-01-31T12:00:00Z",
    "termijnStartdatumLooptijd": "2026-01-31",
    "termijnLooptijd": "P20Y",
    "termijnEinddatum": "2046-12-31",
}
# what XML 1.0 can hold (production 2, Char)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class MdtoError(BuildError):
    """The metadata cannot be made, or read; the text says in a line where, and why."""


def is_blank(value: object) -> bool:
    """Tell whether *value* is nothing, or nothing but white space."""
    return value is None or (isinstance(value, str) and not value.strip())


def items(value: object) -> Sequence[Any]:
    """Return the values that *value* stands for."""
    return value if isinstance(value, (list, tuple)) else [value]


def document(kind: str, values: Mapping[str, Any], given: Sequence[str], language: str) -> bytes:
    """Return a document of MDTO, of which the schema says that it is valid.

    :param kind: ``informatieobject`` or ``bestand``.
    :param given: the names of elements that conf.py fills, for the messages.
    :param language: of the messages.
    :raises MdtoError: if a value is unknown, lacking, or not what should stand there.
    """
    root = etree.Element(
        qualified("MDTO"),
        {mdto_schema.SCHEMA_LOCATION: f"{mdto_schema.NAMESPACE} {mdto_schema.LOCATION}"},
        nsmap={None: mdto_schema.NAMESPACE, "xsi": mdto_schema.XSI},  # type: ignore[dict-item]  # None is the default
    )
    writer = _Writer(given, language)
    writer.fill(etree.SubElement(root, qualified(kind)), kind, values)
    writer.check(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


class _Writer:
    """Fills elements."""

    def __init__(self, given: Sequence[str], language: str) -> None:
        self.given = given
        self._ = translations(language).gettext

    def fill(self, element: etree._Element, type_: str, value: object) -> None:
        """Put *value*, which should be of *type_*, into *element*."""
        _ = self._
        if is_blank(value):
            raise self.error(element, _("is empty"))
        parts = mdto_schema.types().get(type_)
        if parts is None:
            self.write(element, value)
            return
        if type_ == REFERENCE and isinstance(value, str):
            value = {"verwijzingNaam": value}
        names = [part.name for part in parts]
        if not isinstance(value, Mapping):
            message = _("must be a dict with {names}, not {value}")
            raise self.error(element, message, names=", ".join(names), value=repr(value))
        if unknown := [name for name in value if name not in names]:
            message = _("is not one of {names}")
            raise self.error(element, message, unknown[0], names=", ".join(names))
        for part in parts:
            self.append(element, part, value)

    def append(self, parent: etree._Element, part: Part, values: Mapping[str, Any]) -> None:
        """Add to *parent* what *values* hold for *part*."""
        _ = self._
        found = items(values[part.name]) if part.name in values else []
        if part.required and not found:
            raise self.error(parent, _("is missing"), part.name)
        if len(found) > 1 and not part.repeated:
            raise self.error(parent, _("can have one value only"), part.name)
        # all at once: a message tells which of them it is about
        elements = [etree.SubElement(parent, qualified(part.name)) for _item in found]
        for element, item in zip(elements, found, strict=True):
            self.fill(element, part.type, item)

    def write(self, element: etree._Element, value: object) -> None:
        """Put the text *value* into *element*."""
        _ = self._
        if not isinstance(value, str):
            raise self.error(element, _("must be a text, not {value}"), value=repr(value))
        if bad := _NOT_XML.search(value):
            code = f"U+{ord(bad[0]):04X}"
            raise self.error(element, _("holds {code}, which XML cannot hold"), code=code)
        element.text = value

    def check(self, root: etree._Element) -> None:
        """Refuse a text that is not in the form that the schema asks for."""
        _ = self._
        tree = root.getroottree()
        for complaint in mdto_schema.complaints(root):
            element = next(each for each in root.iter() if tree.getpath(each) == complaint.path)
            example = EXAMPLES[etree.QName(element).localname]
            message = _('must be written like "{example}", not "{value}"')
            raise self.error(element, message, example=example, value=element.text)

    def error(
        self, element: etree._Element, message: str, name: object = None, **values: object
    ) -> MdtoError:
        """Return an error: *message* about *element*, or about what has this *name* in it."""
        keys = _keys(element) if name is None else [*_keys(element), shown(name)]
        of_conf = keys[0].partition("[")[0] in self.given
        text = message.format(**{field: shown(value) for field, value in values.items()})
        return MdtoError(f"{CONF if of_conf else 'MDTO'}: {'.'.join(keys)}: {text}")


def _keys(element: etree._Element) -> list[str]:
    """Return the names that lead to *element*, numbered from 1 where there are more of a name."""
    keys: list[str] = []
    while (parent := element.getparent()) is not None and parent.getparent() is not None:
        alike = parent.findall(element.tag)
        number = f"[{alike.index(element) + 1}]" if len(alike) > 1 else ""
        keys.insert(0, f"{etree.QName(element).localname}{number}")
        element = parent
    return keys
