# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Check what the files of a bag say: metadata against schema, against files, against each other."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf

from bouwsteen import metadata, validate
from bouwsteen.archive import bag, formats, mdto_reading, provenance
from bouwsteen.archive.mdto import Reference
from bouwsteen.archive.mdto_reading import Bestand, Informatieobject
from bouwsteen.archive.plan import SIDECAR, SOURCE
from bouwsteen.languages import tag
from bouwsteen.messages import translations
from bouwsteen.showing import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from bouwsteen.archive.provenance import Pdf, Provenance


class Check(NamedTuple):
    """One thing that was looked at."""

    title: str
    faults: list[str]  # a line each; none if all is well


def checks(folder: Path, language: str) -> Iterator[Check]:
    """Check what the files in the bag *folder* say; that they are unchanged is known.

    :param language: of the messages.
    """
    _ = translations(language).gettext
    title = _("the bag says what it holds")
    try:
        origin = provenance.read(folder)
    except (OSError, ValueError) as error:
        yield Check(title, [f"{provenance.REPORTS}/{provenance.NAME}: {shown(error)}"])
        return
    faults = list(_inventory(folder, origin, language))
    yield Check(title, faults)
    if faults:
        return
    top = folder / bag.PAYLOAD / origin.identifier
    document = f"{origin.identifier}{SIDECAR}"
    sidecars = [document, *(f"{pdf.file}{SIDECAR}" for pdf in origin.pdfs)]
    faulty = False
    for name in sidecars:
        found = mdto_reading.problems((top / name).read_bytes(), language)
        faulty = faulty or bool(found)
        yield Check(_("{file}: follows MDTO 1.0.1").format(file=name), found)
    if faulty:
        return
    described = mdto_reading.read((top / document).read_bytes())
    files = [mdto_reading.read((top / name).read_bytes()) for name in sidecars[1:]]
    yield Check(
        _("{file}: names the files there are").format(file=document),
        list(_of_document(described, files, origin, language)),
    )
    for pdf, file in zip(origin.pdfs, files, strict=True):
        yield Check(
            _("{file}: is what its sidecar says").format(file=pdf.file),
            list(_of_file(top / pdf.file, file, described, language)),
        )
    for pdf, verdict in zip(
        origin.pdfs, validate.validate([top / pdf.file for pdf in origin.pdfs]), strict=True
    ):
        failures = [f"{each.clause}-{each.test}: {each.message}" for each in verdict.failures]
        yield Check(_("{file}: is PDF/A-2b").format(file=pdf.file), failures)
        yield Check(
            _("{file}: says the same in Info, XMP and sidecar").format(file=pdf.file),
            [
                *(problem.describe(_) for problem in verdict.problems),
                *_of_metadata(top / pdf.file, pdf, described, origin, language),
            ],
        )


def _inventory(folder: Path, origin: Provenance, language: str) -> Iterator[str]:
    _ = translations(language).gettext
    top = f"{bag.PAYLOAD}/{origin.identifier}/"
    due = {f"{top}{origin.identifier}{SIDECAR}"}
    due.update(f"{top}{pdf.file}{suffix}" for pdf in origin.pdfs for suffix in ("", SIDECAR))
    payload = {name for name in bag.files_of(folder) if name.startswith(f"{bag.PAYLOAD}/")}
    there = {name for name in payload if not name.startswith(f"{bag.PAYLOAD}/{SOURCE}/")}
    yield from (_("{name}: is missing").format(name=shown(name)) for name in sorted(due - there))
    yield from (
        _("{name}: does not belong in the bag").format(name=shown(name))
        for name in sorted(there - due)
    )


def _of_document(
    described: Informatieobject | Bestand,
    files: list[Informatieobject | Bestand],
    origin: Provenance,
    language: str,
) -> Iterator[str]:
    _ = translations(language).gettext
    if not isinstance(described, Informatieobject):
        yield _("it describes a file, not the document")
        return
    known = {each for file in files for each in file.identificaties}
    referred = {(each.kenmerk, each.bron) for each in described.representaties}
    if known != referred:
        yield _("heeftRepresentatie does not name the files of the bag")
    yield from _differences(
        {"taal": (sorted(described.talen), sorted({tag(pdf.language) for pdf in origin.pdfs}))}, _
    )


def _of_file(
    path: Path,
    file: Informatieobject | Bestand,
    described: Informatieobject | Bestand,
    language: str,
) -> Iterator[str]:
    _ = translations(language).gettext
    if not isinstance(file, Bestand):
        yield _("it describes the document, not a file")
        return
    try:
        pronom = formats.identify(path, language).code
    except formats.FormatError as error:
        yield str(error)
        return
    yield from _differences(
        {
            "naam": (file.naam, path.name),
            "omvang": (file.omvang, path.stat().st_size),
            "checksum": (file.sha256, bag.checksum(path)),
            "bestandsformaat": (file.pronom, pronom),
            "isRepresentatieVan": (file.represents, _reference(described)),
        },
        _,
    )


def _reference(described: Informatieobject | Bestand) -> Reference:
    """Return how a file refers to the document *described*."""
    first = described.identificaties[0]
    return Reference(described.naam, first.kenmerk, first.bron)


def _of_metadata(
    path: Path,
    pdf: Pdf,
    described: Informatieobject | Bestand,
    origin: Provenance,
    language: str,
) -> Iterator[str]:
    """Compare what a PDF says of itself with what the bag says of it."""
    _ = translations(language).gettext
    try:
        with pikepdf.open(path) as opened:
            said = metadata.read(opened)
    except pikepdf.PikepdfError:
        return  # told by the validator
    moment = datetime.datetime.fromtimestamp(origin.moment, datetime.UTC)
    expected: dict[str, tuple[Any, Any]] = {
        "dc:language": (_first(said.xmp, "dc:language"), tag(pdf.language)),
        "dc:type": (_first(said.xmp, "dc:type"), pdf.profile),
        "xmpMM:VersionID": (_first(said.xmp, "xmpMM:VersionID"), origin.version),
        "xmp:CreateDate": (_instant(_first(said.xmp, "xmp:CreateDate")), moment),
        "Lang": (said.language, tag(pdf.language)),
    }
    if pdf.language == origin.language:
        expected["dc:title"] = (_first(said.xmp, "dc:title"), described.naam)
    if isinstance(described, Informatieobject):
        expected["eventTijd"] = ([_instant(time) for time in described.tijden], [moment])
    yield from _differences(expected, _)


def _first(xmp: Mapping[str, tuple[str, ...]], name: str) -> str:
    return "; ".join(xmp.get(name, ()))


def _instant(text: str) -> datetime.datetime | str:
    """Return the moment that is written in ISO 8601, or what is written there instead."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment if moment.tzinfo else text


def _differences(pairs: dict[str, tuple[Any, Any]], _: Callable[[str], str]) -> Iterator[str]:
    """Say which values, each of a pair of what is said and what should be, differ."""
    for name, (said, due) in pairs.items():
        if said != due:
            yield _("{name} is {said}, and should be {due}").format(
                name=name, said=shown(said) or "—", due=shown(due)
            )
