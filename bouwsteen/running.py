# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run Sphinx on the document, in this process, any number of times."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import sphinx.locale
from sphinx import package_dir as sphinx_dir
from sphinx.errors import SphinxError
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from bouwsteen import parsing
from bouwsteen.loading import Application
from bouwsteen.messages import translations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from bouwsteen.profile import Profile


class BuildError(Exception):
    """The document could not be built; the text says why, for the writer of the document."""


class Folders(NamedTuple):
    """Where a build reads and writes."""

    root: Path  # holds conf.py and source/
    doctrees: Path  # what Sphinx keeps for the next time
    out: Path

    @classmethod
    def of(cls, root: Path, *names: str) -> Folders:
        """Return folders of the document in *root* for a build that is known by *names*."""
        work = root.joinpath("build", "work", *names)
        return cls(root, work / "doctrees", work / "out")


def run(folders: Folders, builder: str, profile: Profile, language: str, **settings: Any) -> Sphinx:
    """Build a document; return what Sphinx knows then.

    Other *settings* than those of ``conf.py`` are taken by their names.

    Warnings of Sphinx and of the builder are errors: a document with a dead reference is not
    finished.

    :raises BuildError: if there is a warning, or the document cannot be built, with each message
        and its file and line.
    """
    _ = translations(language).gettext
    if not sys.stderr.isatty():
        nocolor()
    warnings = io.StringIO()
    try:
        with (
            patch_docutils(str(folders.root)),
            docutils_namespace(),
            _words_of_sphinx(language),
            parsing.sped_up(),
            _without_details(),
        ):
            app = Application(
                srcdir=folders.root / "source",
                confdir=folders.root,
                outdir=folders.out,
                doctreedir=folders.doctrees,
                buildername=builder,
                confoverrides={
                    "bouwsteen_profile": str(profile),
                    "language": language,
                    "nitpicky": True,
                    **settings,
                },
                status=io.StringIO(),  # not None: linkcheck would warn of what it reports
                warning=warnings,
                warningiserror=True,
            )
            app.build()
    except SphinxError as error:
        raise BuildError(
            _as_seen_from_here(f"{warnings.getvalue()}{error}", folders.root)
        ) from error
    # a builder that checks (linkcheck, completeness) fails without a warning: its report says why
    if count := app._warncount:  # noqa: SLF001  # the only place that knows
        reason = _("Not built: solve the messages above first ({count}).").format(count=count)
        raise BuildError(_as_seen_from_here(f"{warnings.getvalue()}{reason}", folders.root))
    return app


def _as_seen_from_here(text: str, root: Path) -> str:
    """Shorten the paths of files in *root*, to what the writer types."""
    here = f"{os.path.relpath(root)}{os.sep}".removeprefix(f".{os.sep}")
    return text.replace(f"{root}{os.sep}", here)


@contextlib.contextmanager
def _without_details() -> Iterator[None]:
    """Have no record made of what Sphinx notes for its own developers, 400 times a build."""
    before = logging.root.manager.disable
    logging.disable(logging.DEBUG)
    try:
        yield
    finally:
        logging.disable(before)


@contextlib.contextmanager
def _words_of_sphinx(language: str) -> Iterator[None]:
    """Let Sphinx speak *language*, to the writer too.

    It would add the words of the next language to these, in the same process: they are forgotten.
    """
    sphinx.locale.init([Path(sphinx_dir) / "locale"], language, "sphinx", "console")
    try:
        yield
    finally:
        sphinx.locale.translators.clear()
