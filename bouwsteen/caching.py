# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Do not let what Sphinx keeps of a build that went wrong get into the next one.

Sphinx warns of a mistake when it reads the file, and keeps what it read all the same: built again
without a change, the same document would pass. And a build that was killed may leave documents read
with other settings than those that Sphinx remembers.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import ENV_PICKLE_FILENAME

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

UNFINISHED = ".bouwsteen-unfinished"


def begin(app: Sphinx, _config: Config) -> None:
    """Have everything read again after a build that never ended (event ``config-inited``)."""
    marker = Path(app.doctreedir, UNFINISHED)
    if marker.exists():
        _forget(app)
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.touch()


def end(app: Sphinx, exception: Exception | None) -> None:
    """Have everything read again after a warning or an error (event ``build-finished``)."""
    if exception is not None or app._warncount:  # noqa: SLF001  # the only place that knows
        _forget(app)
    Path(app.doctreedir, UNFINISHED).unlink(missing_ok=True)


def _forget(app: Sphinx) -> None:
    Path(app.doctreedir, ENV_PICKLE_FILENAME).unlink(missing_ok=True)
