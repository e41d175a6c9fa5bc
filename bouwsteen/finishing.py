# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Have the PDF of a builder finished, by another process if there is one that is ready for it.

What finishing needs takes a fifth of a second to load: it is loaded when there is a PDF.
"""

from __future__ import annotations

import contextlib
import importlib
from typing import TYPE_CHECKING, NamedTuple

from sphinx.errors import SphinxError
from sphinx.util import logging

from bouwsteen import loading, messages, moment, profile
from bouwsteen.identity import Identity

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path
    from types import ModuleType

    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)


class FinishError(SphinxError):
    """A PDF cannot be one for the archive."""

    category = "PDF"


class Description(NamedTuple):
    """What a PDF says of itself, to people in its keywords and to programs in XMP."""

    title: str
    subtitle: str
    author: str
    language: str  # a code as Sphinx takes it
    version: str  # of the document
    profile: str
    keywords: str  # version and profile, in words of the language
    moment: datetime.datetime  # with its time zone

    @classmethod
    def of(cls, config: Config) -> Description:
        """Describe the document of *config*, in its language."""
        identity = Identity.of(config)
        _ = messages.of(config).gettext
        current = profile.current(config)
        kind = _("draft") if current is profile.Profile.DRAFT else _("final")
        version = _("version {version}").format(version=identity.version)
        return cls(
            title=identity.title,
            subtitle=identity.subtitle,
            author=identity.author,
            language=config.language,
            version=identity.version,
            profile=current,
            keywords=f"{version}, {kind}" if identity.version else kind,
            moment=moment.of(config),
        )


def finish_output(app: Sphinx, exception: Exception | None) -> None:
    """Finish the PDF of a builder that makes one (event ``build-finished``)."""
    raw: Path | None = getattr(app.builder, "raw", None)
    if raw is None or not raw.is_file():
        return
    target: Path = app.builder.pdf  # type: ignore[attr-defined]
    is_raw: bool = getattr(app.builder, "is_raw", True)
    _ = messages.of(app.config).gettext
    violations: list[str] = []
    try:
        if exception is None:
            violations = _finish(raw, target, Description.of(app.config), is_raw)
    except OSError as error:
        raise FinishError(f"{target}: {error.strerror or error}") from error
    finally:
        raw.unlink()
    for violation in dict.fromkeys(violations):
        message = _("the PDF breaks PDF/A, the standard for archives: {violation}")
        logger.warning(message.format(violation=violation), type="bouwsteen", subtype="pdfa")


_finisher: list[Connection] = []  # to a process that finishes; at most one


@contextlib.contextmanager
def done_by(process: Connection) -> Iterator[None]:
    """Have PDFs finished by another *process*, which calls `serve`."""
    _finisher.append(process)
    try:
        yield
    finally:
        _finisher.clear()


def serve(connection: Connection) -> None:
    """Finish what comes over *connection*.

    :raises EOFError: when the other end is closed.
    """
    load()  # before it is needed
    while True:
        connection.send(_result(*connection.recv()))


def _finish(raw: Path, target: Path, description: Description, is_raw: bool) -> list[str]:
    if not _finisher:
        return _finish_here(raw, target, description, is_raw)
    try:
        _finisher[0].send((raw, target, description, is_raw))
        result: list[str] | Exception = _finisher[0].recv()
    except (EOFError, ConnectionError):  # it was killed
        return _finish_here(raw, target, description, is_raw)
    if isinstance(result, Exception):
        raise result
    return result


def load() -> ModuleType:
    """Load what finishes a PDF, but for what few fonts ask for."""
    for name in ("fontTools.agl", "fontTools.ttLib.tables.otTables"):
        loading.load_later(name)
    return importlib.import_module("bouwsteen.finish")


def _finish_here(raw: Path, target: Path, description: Description, is_raw: bool) -> list[str]:
    violations: list[str] = load().finish(raw, target, description, is_raw=is_raw)
    return violations


def _result(
    raw: Path, target: Path, description: Description, is_raw: bool
) -> list[str] | Exception:
    try:
        return _finish_here(raw, target, description, is_raw)
    except (OSError, FinishError) as error:
        return error
    except Exception as error:  # noqa: BLE001  # not every one can be sent
        return RuntimeError(f"{type(error).__name__}: {error}")
