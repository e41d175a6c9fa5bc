# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Do not let what Sphinx keeps of a failed build hide its errors from the next one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import ENV_PICKLE_FILENAME

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def forget_failed_build(app: Sphinx, exception: Exception | None) -> None:
    """Have everything read again after a warning or an error (event ``build-finished``).

    Sphinx warns of a mistake when it reads the file, and keeps what it read all the same: built
    again without a change, the same document would pass.
    """
    if exception is not None or app._warncount:  # noqa: SLF001  # the only place that knows
        (Path(app.doctreedir) / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
