# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Read what a PDF says of itself, in its two places, and compare these.

One is the document information dictionary (ISO 32000-1, 14.3.3), the other the XMP metadata of the
document (ISO 32000-1, 14.3.2; ISO 16684-1). What stands in the first must stand in the second too:
so ISO 19005-1, 6.7.3, with a table of which entry is which property. ISO 19005-2 dropped that rule
and validators of PDF/A-2b know nothing of it; readers show the one or the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pikepdf
from pikepdf import Name
from pikepdf.models.metadata import DateConverter, decode_pdf_date

from bouwsteen.catalogues.problems import N_, Problem, problem

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

PROPERTIES = {
    "Title": "dc:title",
    "Author": "dc:creator",
    "Subject": "dc:description",
    "Keywords": "pdf:Keywords",
    "Creator": "xmp:CreatorTool",
    "Producer": "pdf:Producer",
    "CreationDate": "xmp:CreateDate",
    "ModDate": "xmp:ModifyDate",
}  # entries of the document information, and the XMP property that each is to be equal to
_LANGUAGE = "dc:language"
_OTHERS = (_LANGUAGE, "dc:type", "xmpMM:VersionID", "pdfaid:part", "pdfaid:conformance")
_DATES = {"CreationDate", "ModDate"}


class Metadata(NamedTuple):
    """What a PDF says of itself."""

    info: Mapping[str, str]  # keys are those of PROPERTIES
    xmp: Mapping[str, tuple[str, ...]]  # in the default language; what has no value is not there
    language: str  # of the document; empty if it does not say
    fault: str = ""  # why the XMP cannot be read

    @property
    def pdfa(self) -> str:
        """The part of ISO 19005 and the level that the PDF claims: ``2B``; empty if none."""
        claim = self.xmp.get("pdfaid:part", ()) + self.xmp.get("pdfaid:conformance", ())
        return "".join(claim)


def read(pdf: pikepdf.Pdf) -> Metadata:
    """Return what *pdf* says of itself, and leave it as it is."""
    try:
        xmp = _read_xmp(pdf)
        fault = ""
    except (SyntaxError, ValueError, pikepdf.PikepdfError) as error:  # SyntaxError is lxml's
        xmp = {}
        fault = reason_of(error)
    return Metadata(_read_info(pdf), xmp, _text(pdf.Root.get(Name.Lang)), fault)


def reason_of(error: Exception) -> str:
    """Return what *error* says, without what pikepdf puts before it: the path of the file."""
    text = str(error)
    is_pikepdfs = isinstance(error, pikepdf.PikepdfError)
    return text.rpartition(": ")[2] if is_pikepdfs else text


def _read_info(pdf: pikepdf.Pdf) -> dict[str, str]:
    info = pdf.trailer.get(Name.Info)  # pdf.docinfo would make one
    if not isinstance(info, pikepdf.Dictionary):
        return {}
    values = {entry: _text(info.get(f"/{entry}")) for entry in PROPERTIES}
    return {entry: value for entry, value in values.items() if value}


def _read_xmp(pdf: pikepdf.Pdf) -> dict[str, tuple[str, ...]]:
    properties = pdf.open_metadata(
        set_pikepdf_as_editor=False,
        update_docinfo=False,
        strict=True,  # no silent repairs
    )
    values = {name: _values(properties.get(name)) for name in (*PROPERTIES.values(), *_OTHERS)}
    return {name: value for name, value in values.items() if value}


def _values(value: str | list[str | None] | set[str | None] | None) -> tuple[str, ...]:
    """Return an XMP value as texts, in an order that is always the same."""
    if value is None or isinstance(value, str):
        return (value,) if value else ()
    texts = (text or "" for text in value)
    return tuple(sorted(texts) if isinstance(value, set) else texts)


def _text(value: object) -> str:
    """Return a text string (ISO 32000-1, 7.9.2.2); what is none says nothing."""
    if not isinstance(value, pikepdf.String):
        return ""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("latin-1")


def disagreements(metadata: Metadata) -> list[Problem]:
    """Return where the two places disagree, a finding for each entry that does.

    XMP metadata may say more than the document information. Dates are equal if they are the same
    moment. The language of the document is one of the languages that XMP names, if it names any.
    """
    if metadata.fault:
        return [problem(N_("the XMP metadata cannot be read: {reason}"), reason=metadata.fault)]
    found = []
    for entry, value in metadata.info.items():
        name = PROPERTIES[entry]
        values = metadata.xmp.get(name, ())
        if not values:
            found.append(
                problem(
                    N_('{entry} is "{value}", which the XMP metadata lack ({property})'),
                    entry=entry,
                    value=value,
                    property=name,
                )
            )
        elif not _are_equal(entry, value, values):
            found.append(
                problem(
                    N_('{entry} is "{value}", but {other} in the XMP metadata ({property})'),
                    entry=entry,
                    value=value,
                    other=_quoted(values),
                    property=name,
                )
            )
    languages = metadata.xmp.get(_LANGUAGE, ())
    language = metadata.language
    if language and languages and language.casefold() not in map(str.casefold, languages):
        found.append(
            problem(
                N_('the language is "{value}", but {other} in the XMP metadata ({property})'),
                value=language,
                other=_quoted(languages),
                property=_LANGUAGE,
            )
        )
    return found


def _are_equal(entry: str, value: str, values: tuple[str, ...]) -> bool:
    """Compare an entry of the document information with the values of its property.

    Authors stand in one value there too, whatever their number (ISO 19005-1, 6.7.3).
    """
    if values == (value,):
        return True
    if entry not in _DATES or len(values) > 1:
        return False
    try:
        return decode_pdf_date(value) == _moment(values[0])
    except ValueError:
        return False


def _moment(date: str) -> datetime.datetime:
    """Return the moment of an XMP date."""
    return decode_pdf_date(DateConverter.docinfo_from_xmp(date))


def _quoted(values: tuple[str, ...]) -> str:
    return ", ".join(f'"{value}"' for value in values)
