# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Start a document: a folder with a render of the template, as the first commit of a repository.

It is made beside its place and moved there when it is whole.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bouwsteen import repository, settings
from bouwsteen.messages import translations
from bouwsteen.repository import RepositoryError
from bouwsteen.showing import printable, shown
from bouwsteen.template import interruption, rendering
from bouwsteen.template.releases import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bouwsteen.template.releases import Release, Template

_NOWHERE = "onbekend@document.invalid"  # nobody's address, and never anybody's (RFC 2606)


def check(folder: Path, language: str) -> None:
    """See whether a document can be put in *folder*.

    :raises TemplateError: if there is something, or nothing to put it in.
    """
    _ = translations(language).gettext
    if folder.is_symlink() or (folder.exists() and not _is_empty(folder)):
        raise TemplateError(
            _("{folder} is there already: choose another folder.").format(folder=shown(folder))
        )
    if not folder.absolute().parent.is_dir():
        raise TemplateError(
            _("The folder {folder} is not there: make it first.").format(
                folder=shown(folder.absolute().parent)
            )
        )


def start(
    template: Template, release: Release, folder: Path, answers: Mapping[str, Any], *, ask: bool
) -> None:
    """Start a document in *folder*, from *release* of *template*.

    :param answers, ask: as in `rendering.render`.
    :raises TemplateError: if it cannot be rendered, or the folder is taken, or git cannot.
    :raises OSError: if it cannot be written.
    """
    check(folder, template.language)
    with _beside(folder) as workplace:
        made = workplace / "document"
        _ = translations(template.language).gettext
        questions = rendering.render(template, release, made, answers, ask=ask)
        if unknown := [name for name in answers if name not in questions]:
            raise TemplateError(
                _('The template does not ask for "{name}", but for: {names}.').format(
                    name=shown(unknown[0]), names=shown(", ".join(questions))
                )
            )
        config = settings.read(made)
        message = _("Begin with template {name}, {release}").format(
            name=config.bouwsteen_name, release=release.shown
        )
        try:
            repository.git(made, "init", "--quiet", "--initial-branch=main")
            repository.git(made, "add", "--all", "--force")
            repository.git(
                made, "-c", f"core.hooksPath={os.devnull}",
                "commit", "--quiet", "--no-gpg-sign", f"--message={message}",
                variables=_identity(made, config.author),
            )  # fmt: skip
        except RepositoryError as error:
            raise TemplateError(shown(error)) from error
        check(folder, template.language)  # there was time to put something there
        made.rename(folder)


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


@contextlib.contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    workplace = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
    try:
        yield workplace
    finally:
        with interruption.later():
            shutil.rmtree(workplace, ignore_errors=True)


def _identity(folder: Path, author: str) -> dict[str, str]:
    """Return who commits, for the environment: who git says, else the author of the document."""
    try:
        repository.git(folder, "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
        repository.git(folder, "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
    except RepositoryError:
        # git refuses a name without a letter or digit
        name = printable(author).strip() if any(map(str.isalnum, author)) else "Bouwsteen"
        return repository.identity(name, _NOWHERE)
    return {}
