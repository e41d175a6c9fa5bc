# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Take a newer release of the template into a document.

The difference between the old release and the new one, both rendered with the answers of the
document, is a commit to git, which picks it: a merge of three, in which git follows files that were
renamed, and shows as conflicts what the author and the template both changed. The commits stand on
that of the document, so that what surrounds a document in a larger repository is the same in all.
"""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bouwsteen import repository
from bouwsteen.messages import translations
from bouwsteen.repository import RepositoryError
from bouwsteen.showing import listed, shown
from bouwsteen.template import interruption, record, rendering
from bouwsteen.template.releases import TemplateError

if TYPE_CHECKING:
    from bouwsteen.template.releases import Release, Template

UNDO = ("reset", "--quiet", "--merge")  # other than --hard it leaves what is not of the upgrade
_NOBODY = repository.identity("Bouwsteen", "bouwsteen@document.invalid")


class Change(NamedTuple):
    """A file that the upgrade changed; paths are below the document's folder."""

    status: str  # as git names it: A(dded), M(odified), D(eleted), R(enamed)
    path: str
    before: str  # the path that it had


class Conflict(NamedTuple):
    """A file that the author and the template both changed."""

    path: str
    ours: bool  # the author has it
    theirs: bool  # the template has it


class Upgraded(NamedTuple):
    """What an upgrade did."""

    changes: list[Change]
    conflicts: list[Conflict]


def check(root: Path, language: str) -> None:
    """See whether all of the document in *root* is committed, so that nothing can be lost.

    Elsewhere in its repository there may be changes, but none that a commit would take along.


    :raises TemplateError: if not.
    """
    _ = translations(language).gettext
    try:
        repository.head(root)
        changed = repository.uncommitted(root) or _staged(root)
    except RepositoryError as error:
        raise TemplateError(
            _("A document must be committed before an upgrade, and git says: {message}").format(
                message=shown(error)
            )
        ) from error
    if changed:
        raise TemplateError(_("Commit these first: {names}.").format(names=listed(changed)))


def _staged(root: Path) -> list[str]:
    output = repository.git(root, "diff-index", "--cached", "--name-only", "-z", "HEAD")
    return output.removesuffix("\0").split("\0") if output else []


def upgrade(root: Path, template: Template, old: Release, new: Release, *, ask: bool) -> Upgraded:
    """Take what changed in *template* from *old* to *new* into the document in *root*.

    It is not committed.

    :param ask: put questions that are new to the user; else each gets its default.
    :raises TemplateError: if a release cannot be rendered, or git cannot; the document is then as
        it was.
    """
    check(root, template.language)
    _address, _name, answers = rendering.answers_of(root, template.language)
    with tempfile.TemporaryDirectory(prefix="bouwsteen-") as folder:
        before, after = Path(folder, "before"), Path(folder, "after")
        rendering.render(template, old, before, answers, ask=False)
        rendering.render(template, new, after, answers, ask=ask)
        if (written := root / record.NAME).is_file():  # by whatever version of ours
            (before / record.NAME).write_bytes(written.read_bytes())
        try:
            return _merge(root, template, new, before, after)
        except RepositoryError as error:
            raise TemplateError(shown(error)) from error


def _merge(root: Path, template: Template, new: Release, before: Path, after: Path) -> Upgraded:
    """Merge the difference between two renders into the document, all of it or nothing."""
    _ = translations(template.language).gettext
    message = _("Template, release {release}").format(release=new.shown)
    base = _commit(root, before, repository.head(root).id, message)
    theirs = _commit(root, after, base, message)
    try:
        with interruption.later():
            try:
                repository.git(
                    root, "-c", "merge.renames=true", "cherry-pick", "--no-commit", theirs,
                    variables=_NOBODY,
                )  # fmt: skip
            except RepositoryError:
                if not _conflicts(root):
                    raise
        return Upgraded(_changes(root), _conflicts(root))
    except BaseException:
        with interruption.later():
            repository.git(root, *UNDO)
        raise


def _commit(root: Path, render: Path, parent: str, message: str) -> str:
    """Make a commit on *parent*, of the same repository with *render* in place of the document.

    Nothing of the repository is changed: no branch has the commit, and git clears it away some day.
    """
    index = {"GIT_INDEX_FILE": str(render.with_suffix(".index"))}
    repository.git(root, "read-tree", parent, variables=index)
    repository.git(
        root, "rm", "-r", "--cached", "--force", "--quiet", "--ignore-unmatch", "--", ".",
        variables=index,
    )  # fmt: skip
    prefix = repository.git(root, "rev-parse", "--show-prefix").removesuffix("\n")
    files = sorted(path for path in render.rglob("*") if path.is_file())
    blobs = repository.git(
        root, "hash-object", "-w", "--no-filters", "--stdin-paths",
        given=b"".join(os.fsencode(path) + b"\n" for path in files),
    ).split()  # fmt: skip
    entries = "".join(
        f"{_mode(path)} {blob}\t{prefix}{path.relative_to(render).as_posix()}\0"
        for path, blob in zip(files, blobs, strict=True)
    )
    repository.git(
        root, "update-index", "-z", "--index-info", given=os.fsencode(entries), variables=index
    )
    tree = repository.git(root, "write-tree", variables=index).strip()
    return repository.git(
        root, "commit-tree", tree, "-p", parent, "-m", message, variables=_NOBODY
    ).strip()


def _mode(path: Path) -> str:
    return "100755" if path.stat().st_mode & stat.S_IXUSR else "100644"


def _changes(root: Path) -> list[Change]:
    """Return what is in the index other than in the last commit, conflicts not counted."""
    output = repository.git(
        root, "diff-index", "--cached", "-M", "-z", "--name-status", "--relative", "HEAD", "--", "."
    )
    words = iter(output.removesuffix("\0").split("\0") if output else ())
    changes = []
    for status in words:
        before = path = next(words)
        if status.startswith("R"):
            path = next(words)
        if status != "U":
            changes.append(Change(status[0], path, before))
    return changes


def _conflicts(root: Path) -> list[Conflict]:
    """Return the files of which git has more than one version."""
    versions: dict[str, set[str]] = {}
    for entry in filter(None, repository.git(root, "ls-files", "--unmerged", "-z").split("\0")):
        facts, _tab, path = entry.partition("\t")
        versions.setdefault(path, set()).add(facts.split()[2])
    return [Conflict(path, "2" in stages, "3" in stages) for path, stages in versions.items()]
