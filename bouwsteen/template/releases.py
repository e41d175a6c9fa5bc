# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Templates: where they are, and what releases they have. A template is a repository of git."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from packaging.version import InvalidVersion, Version

from bouwsteen import repository
from bouwsteen.messages import translations
from bouwsteen.repository import RepositoryError
from bouwsteen.running import BuildError
from bouwsteen.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTIONS = "copier.yml"  # at the top of a template


class TemplateError(BuildError):
    """Something is wrong with a template, or what is asked of it; the text says what to do."""


class Release(NamedTuple):
    """A state of a template."""

    name: str  # its tag; a commit that has none: its full id
    commit: str  # the full id

    @property
    def shown(self) -> str:
        """How to call it to people."""
        return self.name if self.name != self.commit else self.commit[:12]


class Template(NamedTuple):
    """A template, with all its releases at hand."""

    address: str  # a path or a URL, as git takes it
    clone: Path
    language: str  # of messages

    def release(self, name: str | None) -> Release:
        """Return the release *name*: a tag, a branch, a commit; by default the newest one.

        That is the highest version among the tags (PEP 440), not counting pre-releases; of a
        template without such tags its last commit.

        :raises TemplateError: if there is none.
        """
        name = name or self._newest()
        try:
            commit = self._git(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
            )
        except RepositoryError:
            _ = translations(self.language).gettext
            raise TemplateError(
                _('The template {address} has no release "{name}".').format(
                    address=shown(self.address), name=shown(name)
                )
            ) from None
        return Release(name if name in self._tags() else commit, commit)

    def is_older(self, release: Release, than: Release) -> bool:
        """Tell whether what *release* has is all in another one."""
        try:
            self._git("merge-base", "--is-ancestor", release.commit, than.commit)
        except RepositoryError:
            return False
        return True

    def export(self, release: Release, folder: Path) -> None:
        """Write the files of *release* to *folder*, a new one.

        :raises TemplateError: if git cannot, or it is no release of a template.
        """
        folder.mkdir()
        index = {"GIT_INDEX_FILE": str(folder.with_suffix(".index"))}
        as_they_are = ["-c", "core.autocrlf=false", "-c", "core.bare=false"]
        try:
            repository.git(self.clone, "read-tree", release.commit, variables=index)
            repository.git(
                self.clone, *as_they_are, f"--work-tree={folder}",
                "checkout-index", "--all", f"--prefix={folder}/",
                variables={**index, "GIT_DIR": str(self.clone)},
            )  # fmt: skip
        except RepositoryError as error:
            raise TemplateError(shown(error)) from error
        if not (folder / QUESTIONS).is_file():
            _ = translations(self.language).gettext
            raise TemplateError(
                _("{address} has no template in release {release}: {file} is missing.").format(
                    address=shown(self.address), release=shown(release.shown), file=QUESTIONS
                )
            )

    def _newest(self) -> str:
        versions = {}
        for tag in self._tags():
            with contextlib.suppress(InvalidVersion):
                versions[Version(tag)] = tag
        released = [version for version in versions if not version.is_prerelease]
        return versions[max(released)] if released else "HEAD"

    def _tags(self) -> list[str]:
        return self._git("for-each-ref", "--format=%(refname:strip=2)", "refs/tags").split("\n")

    def _git(self, *arguments: str) -> str:
        return repository.git(self.clone, *arguments).strip()


@contextlib.contextmanager
def cloned(address: str, language: str) -> Iterator[Template]:
    """Fetch the template at *address*, and forget it afterwards.

    :raises TemplateError: if it cannot be had.
    """
    with tempfile.TemporaryDirectory(prefix="bouwsteen-") as folder:
        clone = Path(folder, "template.git")
        try:
            repository.git(Path(folder), "clone", "--quiet", "--bare", "--", address, str(clone))
        except RepositoryError as error:
            _ = translations(language).gettext
            raise TemplateError(
                _(
                    "The template cannot be fetched from {address} ({reason}). Is there internet, "
                    "and is it still there?"
                ).format(address=shown(address), reason=shown(error))
            ) from error
        yield Template(address, clone, language)


def address_of(given: str | None, folder: Path, language: str) -> str:
    """Return the address of the template that is meant.

    :param given: a path or a URL; by default the template in *folder*, which is where that was
        cloned from (``origin``), or else *folder* itself.
    :raises TemplateError: if there is no template in *folder*.
    """
    if given:
        path = Path(given).expanduser()
        return str(path.resolve()) if path.exists() else given
    if not _is_template(folder):
        _ = translations(language).gettext
        raise TemplateError(
            _(
                "There is no template in this folder: go to the folder of the template, or say "
                "where it is with --template."
            )
        )
    with contextlib.suppress(RepositoryError):
        origin = repository.git(folder, "remote", "get-url", "origin").removesuffix("\n")
        return str((folder / origin).resolve()) if (folder / origin).exists() else origin
    return str(folder.resolve())


def _is_template(folder: Path) -> bool:
    """Tell whether *folder* is a template, and the top of a repository."""
    try:
        top = repository.git(folder, "rev-parse", "--show-toplevel").removesuffix("\n")
    except RepositoryError:
        return False
    return (folder / QUESTIONS).is_file() and folder.samefile(top)
