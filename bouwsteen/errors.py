# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Say in a line what went wrong, to the writer of the document."""

from __future__ import annotations

import contextlib
import errno
import os
import traceback
from typing import TYPE_CHECKING

from bouwsteen.messages import FALLBACK, translations
from bouwsteen.running import BuildError

if TYPE_CHECKING:
    from pathlib import Path

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def explain(error: Exception, root: Path) -> str:
    """Return what to say of *error*; what nobody foresaw goes into a log in *root* too."""
    if isinstance(error, BuildError):
        return str(error)
    if isinstance(error, OSError):  # a disk that is full or read-only: no place for a log
        return describe(error)
    log = root / "build" / "error.log"
    with contextlib.suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return f"{type(error).__name__}: {error} ({os.path.relpath(log)})"


def describe(error: OSError) -> str:
    """Say in a line what the system says of a file, and what to do if it has no room for it."""
    text = error.strerror or str(error)
    if error.filename:
        text = f"{os.path.relpath(os.fsdecode(error.filename))}: {text}"
    if error.errno in _NO_ROOM:
        _ = translations(FALLBACK).gettext
        text = _("There is no room on the disk ({reason}). Make room, and try again.").format(
            reason=text
        )
    return text
