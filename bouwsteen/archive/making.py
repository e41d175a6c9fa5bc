# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Make the bag of a document: build its editions, validate them, pack them with all about them."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import shutil
from typing import TYPE_CHECKING, NamedTuple

from bouwsteen import __version__, validate
from bouwsteen.archive import bag, editions, formats, mdto, note, provenance
from bouwsteen.archive.mdto_values import items
from bouwsteen.archive.plan import ARCHIVE, SIDECAR, SOURCE, ArchiveError, Plan
from bouwsteen.messages import translations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Made(NamedTuple):
    """A bag that is in its place."""

    bag: Path
    fingerprint: str
    is_new: bool  # or the same one was there


def make(plan: Plan, say: Callable[[str], None]) -> Made:
    """Make the bag of *plan*, or find that it is there already, byte by byte.

    :param say: told, in a few words, what is being done.
    :raises ArchiveError: if the document or a PDF is not fit for an archive, or another bag has
        its place, or another process is making one.
    :raises BuildError: if it cannot be built.
    :raises OSError: if it cannot be written.
    """
    _ = translations(plan.config.language).gettext
    work = plan.root / "build" / "work" / ARCHIVE
    try:
        with bag.workplace(plan.root / ARCHIVE) as folder, _cleared(work):
            pdfs = editions.build(plan, work, say)
            say(_("Validating…"))
            verdicts = validate.validate(pdfs)
            if failures := [line for each in verdicts for line in each.describe(_)]:
                raise ArchiveError("\n".join(failures))
            _fill(plan, folder, pdfs)
            bag.close(folder, _info(plan), _tags(plan, verdicts), plan.commit.time)
            return _put(plan, folder)
    except bag.OccupiedError:
        raise ArchiveError(_("Another make archive is at work here: wait for it.")) from None


@contextlib.contextmanager
def _cleared(folder: Path) -> Iterator[None]:
    """Empty a folder to work in; after an error it stays, with the logs of the engines."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield
    shutil.rmtree(folder, ignore_errors=True)


def _fill(plan: Plan, folder: Path, pdfs: list[Path]) -> None:
    """Put the PDFs, their sidecars and the source into *folder*."""
    document = plan.reference
    moment = datetime.datetime.fromtimestamp(plan.commit.time, datetime.UTC)
    language = plan.config.language
    top = folder / plan.identifier
    top.mkdir()
    for pdf in pdfs:
        sidecar = mdto.bestand(
            pdf, kenmerk=pdf.name, bron=document.bron, represents=document, moment=moment,
            file_format=formats.identify(pdf, language), language=language,
        )  # fmt: skip
        shutil.copyfile(pdf, top / pdf.name)
        (top / f"{pdf.name}{SIDECAR}").write_bytes(sidecar)
    sidecar = mdto.informatieobject(
        plan.values,
        naam=document.naam,
        talen=list(dict.fromkeys(edition.language for edition in plan.editions)),
        representaties=[mdto.Reference(pdf.name, pdf.name, document.bron) for pdf in pdfs],
        moment=moment,
        language=language,
    )
    (top / f"{plan.identifier}{SIDECAR}").write_bytes(sidecar)
    editions.export(plan, folder / SOURCE)


def _info(plan: Plan) -> dict[str, str]:
    makers = items(plan.values["archiefvormer"])
    return {
        "Source-Organization": ", ".join(
            maker if isinstance(maker, str) else maker["verwijzingNaam"] for maker in makers
        ),
        "External-Description": plan.config.project,
        "External-Identifier": plan.reference.kenmerk,
        "Internal-Sender-Identifier": plan.identifier,
        "Bag-Software-Agent": f"Bouwsteen {__version__}",
    }


def _tags(plan: Plan, verdicts: list[validate.Verdict]) -> dict[str, bytes]:
    reports = {
        f"{provenance.REPORTS}/{verdict.path.name}.json": json.dumps(
            verdict.as_json(), indent=2, ensure_ascii=False
        ).encode() + b"\n"
        for verdict in verdicts
    }  # fmt: skip
    return {
        note.FILE: note.written(plan),
        f"{provenance.REPORTS}/{provenance.NAME}": provenance.of(plan).written(),
        **reports,
    }


def _put(plan: Plan, folder: Path) -> Made:
    """Put the bag *folder* in its place, unless the same one is there."""
    fingerprint = bag.fingerprint(folder)
    try:
        if not plan.bag.exists():
            bag.put(folder, plan.bag)
            return Made(plan.bag, fingerprint, is_new=True)
    except FileExistsError:
        pass
    if changed := bag.differences(folder, plan.bag):
        _ = translations(plan.config.language).gettext
        raise ArchiveError(
            _(
                "{bag} is there already, with other contents ({names}): it stays as it is. Raise "
                "version in conf.py, and commit."
            ).format(bag=os.path.relpath(plan.bag), names=", ".join(changed[:5]))
        )
    return Made(plan.bag, fingerprint, is_new=False)
