# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finish a raw PDF, whichever engine made it: PDF/A-2b, metadata, fixed bytes.

What PDF/A asks of an engine's output beyond its contents comes from pikepdf: output intent, XMP,
print flags (ISO 19005-2, 6.2.3, 6.6.2, 6.3.2). The rest is of ISO 32000-1: the language of the
document (14.9.2), the document information dictionary (14.3.3), the title in the window (12.2),
the file identifier (14.4).
"""

from __future__ import annotations

import contextlib
import gc
import re
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String, pdfa
from sphinx import __version__ as sphinx_version

from bouwsteen import __version__, checking, messages
from bouwsteen.finishing import Description, FinishError
from bouwsteen.languages import tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pikepdf.models import PdfMetadata

FLAVOUR = "2b"
CREATOR = f"Bouwsteen {__version__}, Sphinx {sphinx_version}"
_SETTINGS = pdfa.resolve_save_kwargs(FLAVOUR, deterministic_id=True, force_version="1.7")
_ACTING = re.compile(rb"/(?:AA|JavaScript|A|OpenAction|Next)(?![^\s()<>\[\]{}/%])")
_HARMLESS = (Name.GoTo, Name.URI)  # the actions of links and bookmarks


def finish(raw: Path, target: Path, description: Description, *, is_raw: bool = True) -> list[str]:
    """Finish the PDF *raw*, to the path *target*: written beside it, and renamed.

    The same raw PDF and the same description give the same bytes.

    :param is_raw: whether its pages may draw what the engine itself would not; if not, only pages
        are checked that bring a typeface, a picture or the like that none before them brought.

    :returns: what of the contents breaks PDF/A, which no finishing can mend.
    :raises FinishError: if it holds an action that PDF/A forbids, or only a viewer would run
        (ISO 19005-2, 6.5.1).
    :raises OSError: if it cannot be read or written.
    :raises pikepdf.PdfError: if it is no PDF.
    """
    beside = target.with_name(f"{target.name}.part")
    try:
        with pikepdf.open(raw) as pdf:
            _refuse_actions(pdf, description.language)
            _forget(pdf)
            engine = str(pdf.docinfo.get(Name.Producer, ""))
            producer = ", ".join(filter(None, [engine, f"pikepdf {pikepdf.__version__}"]))
            _describe(pdf, description)
            _map_glyphs(pdf)
            pdfa.prepare(pdf, FLAVOUR)
            _date_preparation(pdf, description, producer)
            pdf.save(beside, **_SETTINGS)
            if not is_raw:
                _leave_out_alike(pdf)
            with _nothing_collected(), checking.done_once():
                violations = pdfa.check(pdf, FLAVOUR).violations
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return [f"{found.message} ({found.rule}, {found.where})" for found in violations]


@contextlib.contextmanager
def _nothing_collected() -> Iterator[None]:
    """Leave garbage where it is: that a file was left open in it is no warning about the PDF.

    rinohtype leaves each picture open; pikepdf takes any warning for one about what it checks.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _leave_out_alike(pdf: pikepdf.Pdf) -> None:
    """Remove the pages that draw with nothing but what pages before them draw with."""
    for entry in (Name.Outlines, Name.Names, Name.Dests, Name.PageLabels):  # they refer to pages
        if entry in pdf.Root:
            del pdf.Root[entry]
    seen: set[object] = set()
    for index in reversed([i for i, page in enumerate(pdf.pages) if not _is_new(page, seen)]):
        del pdf.pages[index]


def _is_new(page: pikepdf.Page, seen: set[object]) -> bool:
    """Tell whether *page* has a resource that is not among those *seen*, and add it to them."""
    resources = page.obj.get(Name.Resources, Dictionary())
    found = {
        resource.objgen if resource.is_indirect else (str(kind), str(name), resource.unparse())
        for kind, group in resources.items() if isinstance(group, Dictionary)
        for name, resource in group.items()
    }  # fmt: skip
    is_new = not seen or not found <= seen
    seen |= found
    return is_new


def _forget(pdf: pikepdf.Pdf) -> None:
    """Remove what the engine says of the file: times, names and numbers of its own."""
    for key in (Name.Metadata, Name.OpenAction):
        if key in pdf.Root:
            del pdf.Root[key]
    # a deterministic identifier otherwise keeps the first half of the old one
    if Name.ID in pdf.trailer:
        del pdf.trailer[Name.ID]
    for entry in set(pdf.docinfo.keys()) - {"/Producer"}:
        del pdf.docinfo[entry]


def _describe(pdf: pikepdf.Pdf, description: Description) -> None:
    date = String(f"D:{description.moment:%Y%m%d%H%M%S}+00'00'")
    info: dict[Name, str | String] = {
        Name.Title: description.title,
        Name.Author: description.author,
        Name.Subject: description.subtitle,
        Name.Keywords: description.keywords,
        Name.Creator: CREATOR,
        Name.CreationDate: date,
        Name.ModDate: date,
    }
    for entry, value in info.items():
        if str(value):
            pdf.docinfo[entry] = String(str(value))
    language = tag(description.language)
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with _metadata(pdf) as xmp:
        xmp.load_from_docinfo(pdf.docinfo, raise_failure=True)
        xmp["dc:language"] = [language]
        xmp["dc:type"] = [description.profile]
        if description.version:
            xmp["xmpMM:VersionID"] = description.version


def _date_preparation(pdf: pikepdf.Pdf, description: Description, producer: str) -> None:
    """Set what preparing has set by the clock, or to pikepdf alone."""
    with _metadata(pdf) as xmp:
        xmp["xmp:MetadataDate"] = description.moment.isoformat()
        xmp["pdf:Producer"] = producer
    pdf.docinfo[Name.Producer] = String(producer)


def _metadata(pdf: pikepdf.Pdf) -> PdfMetadata:
    return pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)


def _map_glyphs(pdf: pikepdf.Pdf) -> None:
    """Say of each TrueType typeface how its glyphs are numbered (ISO 19005-2, 6.2.11.3.2)."""
    for font in pdf.objects:
        if (
            isinstance(font, Dictionary)
            and font.get(Name.Subtype) == Name.CIDFontType2
            and Name.CIDToGIDMap not in font
        ):
            font[Name.CIDToGIDMap] = Name.Identity


def _refuse_actions(pdf: pikepdf.Pdf, language: str) -> None:
    for holder in _dictionaries(filter(_may_act, pdf.objects)):
        if Name.AA in holder or Name.JavaScript in holder:
            raise _forbidden("JavaScript" if Name.JavaScript in holder else "AA", language)
        for key in (Name.A, Name.OpenAction, Name.Next):
            found = holder.get(key)
            for action in found if isinstance(found, Array) else [found]:
                kind = action.get(Name.S) if isinstance(action, Dictionary) else None
                if kind is not None and kind not in _HARMLESS:
                    raise _forbidden(str(kind).lstrip("/"), language)


def _may_act(part: Object) -> bool:
    """Tell whether *part* of a PDF, as it is written, names what leads to an action."""
    written = (part.stream_dict if isinstance(part, Stream) else part).unparse(resolved=True)
    return _ACTING.search(written) is not None


def _forbidden(action: str, language: str) -> FinishError:
    _ = messages.translations(language).gettext
    return FinishError(
        _(
            "the document would make the reader's program act ({action}), which a PDF for the "
            "archive may not: take out the raw code that asks for it."
        ).format(action=action)
    )


def _dictionaries(values: Iterable[Any]) -> Iterator[Dictionary | Stream]:
    """Yield the dictionaries among *values*, and those written within them."""
    for value in values:
        if isinstance(value, Dictionary | Stream):
            yield value
            parts = [value[key] for key in value.keys()]  # noqa: SIM118  # no mapping to Python
        elif isinstance(value, Array):
            parts = list(value)
        else:
            continue
        yield from _dictionaries(part for part in parts if not _is_elsewhere(part))


def _is_elsewhere(value: Any) -> bool:
    return isinstance(value, Object) and value.is_indirect
