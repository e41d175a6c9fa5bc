# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The moment that a document is dated: that of its source, never that of the build.

So the same source gives the same bytes, whenever it is built.
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError
from sphinx.util.i18n import format_date

from bouwsteen import languages, messages, repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

VARIABLE = "SOURCE_DATE_EPOCH"  # reproducible-builds.org: seconds since 1970, UTC
_YEAR_10000 = 253402300800  # neither a PDF nor XMP can write it


def of(config: Config) -> datetime.datetime:
    """Return the moment that the document of *config* is dated, in UTC."""
    return datetime.datetime.fromtimestamp(config.bouwsteen_moment, datetime.UTC)


def fix(app: Sphinx, config: Config) -> None:
    """Settle the moment, once for the whole build (event ``config-inited``).

    It is ``SOURCE_DATE_EPOCH``, else the last commit that touched the document's folder, else the
    newest source file. ``|today|`` is that day too.

    :raises ConfigError: if ``SOURCE_DATE_EPOCH`` is no number of seconds.
    """
    if not config.bouwsteen_moment:
        config.bouwsteen_moment = _moment(app, config)
    if not config.today:
        config.today = (
            format_date(config.today_fmt, date=of(config), language=config.language)
            if config.today_fmt
            else languages.format_date(of(config).date(), config.language)
        )


def _moment(app: Sphinx, config: Config) -> int:
    if (value := os.environ.get(VARIABLE)) is not None:
        if value.isascii() and value.isdigit() and int(value) < _YEAR_10000:
            return int(value)
        _ = messages.of(config).gettext
        raise ConfigError(
            _('{variable} must be a number of seconds since 1970, not "{value}".').format(
                variable=VARIABLE, value=value
            )
        )
    if commit := repository.last_commit(Path(app.confdir)):
        return commit.time
    return max(int(path.stat().st_mtime) for path in _sources(app, config))


def _sources(app: Sphinx, config: Config) -> Iterator[Path]:
    """Yield the files that the document is made of."""
    yield Path(app.confdir, "conf.py")
    yield from (Path(path) for _domain, path in config.bouwsteen_catalogues)
    # a preview may be built into the folder of the source
    made = {
        Path(app.srcdir, *path.relative_to(app.srcdir).parts[:1])
        for path in (app.outdir, app.doctreedir)
        if path.is_relative_to(app.srcdir)
    }
    for folder, folders, names in os.walk(app.srcdir):
        folders[:] = [
            name for name in folders
            if not name.startswith(".") and Path(folder, name) not in made
        ]  # fmt: skip
        yield from (
            Path(folder, name) for name in names
            if not name.startswith(".") and not name.endswith(("~", ".mo"))
        )  # fmt: skip
