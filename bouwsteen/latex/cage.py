# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
r"""Run a program that reads and writes nothing but what it needs, by order of the kernel.

TeX's own ``openin_any`` is not enough: it looks at a name as it is written, and kpathsea completes
it afterwards. ``\input`` of ``~root/file`` or of ``$SELFAUTOPARENT/etc/hostname`` is let through,
and read, up to TeX Live 2023; later ones still do so where a variable holds ``../``. Linux can
confine a program and all that it starts, from 5.13 on: Landlock (kernel documentation, "Landlock:
unprivileged access control").

This file is also the program that does so: ``python -I cage.py FOLDER READABLE… -- PROGRAM …``.
"""

from __future__ import annotations

import ctypes
import functools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Programs and their libraries, and what those look up; no place for anybody's own files.
SYSTEM = (
    "/usr", "/bin", "/lib", "/lib64", "/nix/store", "/etc/alternatives", "/etc/fonts",
    "/etc/ld.so.cache", "/etc/perl", "/var/cache/fontconfig", "/dev/urandom",
    "/etc/paperspecs", "/etc/papersize",  # libpaper, for xdvipdfmx
    "/etc/locale.alias", "/etc/localtime",  # the C library, in /usr on some systems
)  # fmt: skip
SEPARATOR = "--"


@functools.cache
def is_available() -> bool:
    """Tell whether this system can confine a program."""
    try:
        from landlock import LandlockError, landlock_abi_version  # noqa: PLC0415  # Linux only
    except ImportError:
        return False
    ctypes.set_errno(0)  # landlock takes an error of anybody before it for its own
    try:
        return bool(landlock_abi_version() > 0)
    except (LandlockError, OSError, AttributeError):
        return False


def confined(command: Sequence[str], folder: Path, readable: Sequence[Path]) -> list[str]:
    """Return the command that runs *command* with no files but those of *folder* and *readable*.

    It may write in *folder*. Where the system cannot confine it, it is *command* itself.
    """
    if not is_available():
        return list(command)
    program = [sys.executable, "-I", str(Path(__file__).resolve())]
    return [*program, str(folder.resolve()), *map(str, readable), SEPARATOR, *command]


def main(arguments: list[str]) -> None:
    """Confine this process, then become the program."""
    from landlock import FSAccess, Ruleset  # noqa: PLC0415  # Linux only

    where = arguments.index(SEPARATOR)
    folder, *readable = arguments[:where]
    command = arguments[where + 1 :]
    read_file = FSAccess.READ_FILE | FSAccess.EXECUTE
    rules = Ruleset()
    rules.allow(folder)
    rules.allow(os.devnull, rules=FSAccess.READ_FILE | FSAccess.WRITE_FILE)
    for path in (*readable, *SYSTEM):
        if Path(path).is_dir():
            rules.allow(path, rules=read_file | FSAccess.READ_DIR)
        elif Path(path).exists():
            rules.allow(path, rules=read_file)
    rules.apply()
    try:
        os.execvp(command[0], command)  # noqa: S606  # no shell is wanted
    except OSError as error:  # Python would open files to say so
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
