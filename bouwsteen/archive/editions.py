# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Build the editions that go into a bag, from a copy of their commit; refuse what is not ready."""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING

from bouwsteen import build as building
from bouwsteen import repository
from bouwsteen.archive import bag, leftovers
from bouwsteen.archive.plan import SOURCE, ArchiveError, Kind, Plan
from bouwsteen.catalogues import tasks, translating
from bouwsteen.completeness.examining import examine
from bouwsteen.messages import translations
from bouwsteen.profile import Profile
from bouwsteen.running import BuildError, Folders, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

PARTS = ("conf.py", "docutils.conf", "template.json", "source", "locale", "theme")  # of a document
_UNUSABLE = set("\\%")  # in a name: BagIt and sha256sum write these in different ways


def build(plan: Plan, work: Path, say: Callable[[str], None]) -> list[Path]:
    """Build each PDF of *plan* in the folder *work*, under its name in the bag.

    :param say: told, in a few words, what is being done.
    :raises ArchiveError: if a catalogue does not pass, a place is open, or guidance is left.
    :raises BuildError: if something cannot be built.
    """
    source = work / SOURCE
    export(plan, source)
    with _as_in(plan.root, source):
        _check_catalogues(plan, source, say)
        return [_pdf(plan, edition, source, work, say) for edition in plan.editions]


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


def export(plan: Plan, target: Path) -> None:
    """Copy the source of the document, as committed, to the folder *target*.

    :raises ArchiveError: if there is something in it that cannot be archived.
    """
    _ = translations(plan.config.language).gettext
    try:
        repository.export(plan.root, plan.commit, PARTS, target)
    except repository.NoFileError as error:
        raise ArchiveError(
            _("{name}: only files can be archived, not a link or another repository.").format(
                name=error
            )
        ) from error
    except repository.RepositoryError as error:
        message = _("What is archived must be committed, and git says: {message}")
        raise ArchiveError(message.format(message=error)) from error
    for name in bag.files_of(target):
        if _UNUSABLE & set(name) or not name.isprintable():
            raise ArchiveError(
                _("{name}: give this file a name without special characters.").format(name=name)
            )


def _check_catalogues(plan: Plan, source: Path, say: Callable[[str], None]) -> None:
    """Refuse catalogues that do not pass."""
    _ = translations(plan.config.language).gettext
    say(_("Checking the translations…"))
    extracted = tasks.extract(source, plan.config.language)
    languages = extracted.checked(is_template=plan.kind is Kind.TEMPLATE)
    findings = list(dict.fromkeys(tasks.check(extracted, languages)))
    if findings and plan.kind is Kind.DOCUMENT:
        hint = _(
            "A language that the document does not come in, you take out of "
            "bouwsteen_complete_languages in conf.py."
        )
        findings.append(hint)
    if findings:
        raise ArchiveError("\n".join(findings))


def _pdf(
    plan: Plan, edition: building.Edition, source: Path, work: Path, say: Callable[[str], None]
) -> Path:
    _ = translations(plan.config.language).gettext
    name = plan.name(edition)
    say(_("Building {name}…").format(name=name))
    result = building.build(edition, source, plan.commit.time)
    pdf = result.pdf.replace(work / name)
    obstacles = list(_obstacles(plan, edition, result.env, source))
    if edition.profile is Profile.FINAL:
        folders = Folders.of(source, "dummy", "draft", edition.language)
        draft = run(folders, "dummy", Profile.DRAFT, edition.language).env
        obstacles += [
            _('{name} shows guidance: "{text}"').format(name=name, text=text)
            for text in leftovers.guidance_left(pdf, draft, result.env)
        ]
    if obstacles:
        raise ArchiveError("\n".join(obstacles))
    return pdf


def _obstacles(
    plan: Plan, edition: building.Edition, env: BuildEnvironment, root: Path
) -> Iterator[str]:
    """Say what keeps an edition, which could be built from *root*, from an archive."""
    _n = translations(plan.config.language).ngettext
    if count := translating.missing(env):
        said = _n("%d text is not translated.", "%d texts are not translated.", count) % count
        yield f"{plan.name(edition)}: {said}"
    if plan.kind is Kind.DOCUMENT:
        yield from examine(env, root, plan.config.language).open()
