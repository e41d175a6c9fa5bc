# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Make the bag of a document: build it from its commit, check what came of it, pack it."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

from bouwsteen import __version__, build, repository, validate
from bouwsteen.archive import bag, formats, leftovers, mdto, note, provenance
from bouwsteen.archive.mdto_values import items
from bouwsteen.archive.plan import ARCHIVE, SIDECAR, SOURCE, ArchiveError, Kind, Plan
from bouwsteen.catalogues import tasks, translating
from bouwsteen.fill_in import open_places
from bouwsteen.messages import translations
from bouwsteen.profile import Profile
from bouwsteen.running import BuildError, Folders, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

PARTS = ("conf.py", "docutils.conf", "source", "locale", "theme")  # of a document, as committed
_UNUSABLE = set("\\%")  # in a name: BagIt and sha256sum write these in different ways


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
            source = work / SOURCE
            _export(plan, source)
            with _as_in(plan.root, source):
                _check_catalogues(plan, source, say)
                pdfs = _build(plan, source, work, say)
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


@contextlib.contextmanager
def _as_in(root: Path, source: Path) -> Iterator[None]:
    """Tell of files in *source*, a copy, as of those in *root*, which the writer knows."""
    try:
        yield
    except BuildError as error:
        text = str(error)
        for there, here in ((source, root), (os.path.relpath(source), os.path.relpath(root))):
            of_writer = re.compile(f"{re.escape(f'{there}{os.sep}')}(?!build{os.sep})")
            text = of_writer.sub(f"{here}{os.sep}".removeprefix(f".{os.sep}"), text)
        raise type(error)(text) from error


def _export(plan: Plan, target: Path) -> None:
    _ = translations(plan.config.language).gettext
    try:
        repository.export(plan.root, plan.commit, PARTS, target)
    except repository.RepositoryError as error:
        raise ArchiveError(
            _("{name}: only files can be archived, not a link or another repository.").format(
                name=error
            )
        ) from error
    for name in bag.files_of(target):
        if _UNUSABLE & set(name) or not name.isprintable():
            raise ArchiveError(
                _("{name}: give this file a name without special characters.").format(name=name)
            )


def _check_catalogues(plan: Plan, source: Path, say: Callable[[str], None]) -> None:
    _ = translations(plan.config.language).gettext
    say(_("Checking the translations…"))
    extracted = tasks.extract(source, plan.config.language)
    if findings := list(dict.fromkeys(tasks.check(extracted, extracted.languages()))):
        raise ArchiveError("\n".join(findings))


def _build(plan: Plan, source: Path, work: Path, say: Callable[[str], None]) -> list[Path]:
    """Build each PDF, under its name in the bag; refuse what is not ready."""
    _ = translations(plan.config.language).gettext
    pdfs = []
    for edition in plan.editions:
        name = plan.name(edition)
        say(_("Building {name}…").format(name=name))
        result = build.build(edition, source, plan.commit.time)
        pdfs.append(result.pdf.replace(work / name))
        obstacles = list(_obstacles(plan, edition, result.env))
        if edition.profile is Profile.FINAL:
            folders = Folders.of(source, "dummy", "draft", edition.language)
            draft = run(folders, "dummy", Profile.DRAFT, edition.language).env
            obstacles += [
                _('{name} shows guidance: "{text}"').format(name=name, text=text)
                for text in leftovers.guidance_left(pdfs[-1], draft, result.env)
            ]
        if obstacles:
            raise ArchiveError("\n".join(obstacles))
    return pdfs


def _obstacles(plan: Plan, edition: build.Edition, env: BuildEnvironment) -> Iterator[str]:
    """Say what keeps an edition, which could be built, from an archive."""
    words = translations(plan.config.language)
    _, _n = words.gettext, words.ngettext
    if count := translating.missing(env):
        said = _n("%d text is not translated.", "%d texts are not translated.", count) % count
        yield f"{plan.name(edition)}: {said}"
    if plan.kind is Kind.DOCUMENT:
        for place in open_places(env):
            where = f"{os.path.relpath(place.source)}:{place.line}"
            yield _("{where}: not filled in yet: {prompt}").format(
                where=where, prompt=" ".join(place.prompt.split())
            )


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
    repository.export(plan.root, plan.commit, PARTS, folder / SOURCE)


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
