# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The commands ``bouwsteen new`` and ``bouwsteen upgrade``.

What they use may not be installed: it is imported when they run.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from bouwsteen import extras, settings
from bouwsteen.console import ROOT, errors_in_a_line, fail
from bouwsteen.messages import FALLBACK, translations
from bouwsteen.showing import printable, shown
from bouwsteen.template import interruption, releases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bouwsteen.template.releases import Template
    from bouwsteen.template.upgrading import Upgraded

RELEASE = click.option(
    "--release", metavar="REF", help="A tag, branch or commit.  [default: the newest release]"
)


def _pairs(_context: click.Context, _option: click.Parameter, data: tuple[str, ...]) -> object:
    pairs = [entry.partition("=") for entry in data]
    if wrong := [name for name, equals, _value in pairs if not equals]:
        raise click.BadParameter(f"{wrong[0]}: NAME=VALUE")
    return {name.strip(): value for name, _equals, value in pairs}


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--template", "given", metavar="PATH|URL",
    help="A repository of git.  [default: where that of the current folder was cloned from]",
)  # fmt: skip
@RELEASE
@click.option(
    "--data", "answers", multiple=True, metavar="NAME=VALUE", callback=_pairs,
    help="An answer, which is not asked for then; repeatable.",
)  # fmt: skip
@click.option("--defaults", is_flag=True, help="Ask nothing: what is not given gets its default.")
def new(
    folder: Path,
    given: str | None,
    release: str | None,
    answers: dict[str, str],
    *,
    defaults: bool,
) -> None:
    """Start a document from a template, in the new folder DIR."""
    _ = translations(FALLBACK).gettext
    nothing = _("Stopped: there is no new document.")
    with errors_in_a_line(Path()), _interruptible(nothing):
        extras.require(extras.NEW, FALLBACK)
        from bouwsteen.template import starting  # noqa: PLC0415

        starting.check(folder, FALLBACK)
        address = releases.address_of(given, Path.cwd(), FALLBACK)
        with _cloned(address, FALLBACK) as template:
            wanted = template.release(release)
            click.echo(
                _("Template: {address}, release {release}").format(
                    address=shown(address), release=shown(wanted.shown)
                )
            )
            ask = not defaults and _has_terminal()
            starting.start(template, wanted, folder, answers, ask=ask)
        click.echo(_("{folder} is ready. Go on with:").format(folder=printable(str(folder))))
        click.echo(f"  cd {shlex.quote(printable(str(folder)))}\n  make draft")


@click.command()
@RELEASE
@ROOT
def upgrade(release: str | None, root: Path) -> None:
    """Take a newer release of the template into the document; commit nothing."""
    _ = translations(FALLBACK).gettext
    nothing = _("Stopped: the document is as it was.")
    with errors_in_a_line(root), _interruptible(nothing):
        language = settings.read(root).language
        extras.require(extras.NEW, language)
        from bouwsteen.template import rendering, upgrading  # noqa: PLC0415

        _ = translations(language).gettext
        address, name, _answers = rendering.answers_of(root, language)
        upgrading.check(root, language)
        with _cloned(address, language) as template:
            old, wanted = template.release(name), template.release(release)
            names = {"old": shown(old.shown), "new": shown(wanted.shown)}
            if old.commit == wanted.commit:
                click.echo(
                    _("The document has release {old} of the template: nothing to do.").format(
                        **names
                    )
                )
                return
            if template.is_older(wanted, old):
                fail(
                    _(
                        "The document has release {old} of the template, which is newer than "
                        "{new}: it cannot go back."
                    ).format(**names)
                )
            done = upgrading.upgrade(root, template, old, wanted, ask=_has_terminal())
        click.echo(_("The template, from release {old} to {new}:").format(**names))
        _say(done, root, _)
        if done.conflicts:
            sys.exit(1)


def _say(done: Upgraded, root: Path, _: Callable[[str], str]) -> None:
    """Print what changed, what the author has to decide, and how to go on or back."""
    words = {
        "A": _("new: {path}"),
        "D": _("gone: {path}"),
        "R": _("renamed: {path} (was {before})"),
    }
    for change in done.changes:
        line = words.get(change.status, _("changed: {path}"))
        click.echo(
            "  " + line.format(path=_place(root, change.path), before=_place(root, change.before))
        )
    both = [each.path for each in done.conflicts if each.ours == each.theirs]
    theirs = [each.path for each in done.conflicts if each.theirs and not each.ours]
    ours = [each.path for each in done.conflicts if each.ours and not each.theirs]
    for paths, line in (
        (both, _("You and the template both changed these; choose in each of them, between the "
                 "lines with <<<<<<< and >>>>>>>:")),
        (theirs, _("You removed these, the template changed them; keep each with git add, or "
                   "remove it with git rm:")),
        (ours, _("You changed these, the template removed them; keep each with git add, or "
                 "remove it with git rm:")),
    ):  # fmt: skip
        if paths:
            click.echo(line)
            for path in paths:
                click.echo(f"  {_place(root, path)}")
    if done.conflicts:
        click.echo(_('Then: git add --all, and git commit --message "…".'))
    else:
        click.echo(
            _('Look at it with git diff --cached, and keep it with git commit --message "…".')
        )
    click.echo(_("Or undo all of it: {command}").format(command="git reset --merge"))


def _place(root: Path, path: str) -> str:
    return printable(os.path.relpath(root / path))


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextlib.contextmanager
def _cloned(address: str, language: str) -> Iterator[Template]:
    _ = translations(language).gettext
    with contextlib.ExitStack() as stack:
        with Console(stderr=True).status(_("Fetching the template…")):
            template = stack.enter_context(releases.cloned(address, language))
        yield template


@contextlib.contextmanager
def _interruptible(message: str) -> Iterator[None]:
    """Say in a line that the user, or the system, stopped the command."""
    try:
        with interruption.in_order():
            yield
    except KeyboardInterrupt:
        fail(message)
