# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Pythons that bouwsteen is for, and those that this machine has.

As a program it prints the paths of the latter, the oldest release first, and fails if one that is
claimed is not there. It needs nothing but Python.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CLAIMED = [
    match[1]
    for classifier in PROJECT["classifiers"]
    if (match := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", classifier))
]
OLDEST = CLAIMED[0]


def find(release: str) -> Path | None:
    """Return a Python of that *release* (``3.12``), if this machine has one that starts."""
    folder = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions"
    installed = sorted(folder.glob(f"{release}.*/bin/python3"))
    on_path = shutil.which(f"python{release}")
    for path in (*([Path(on_path).absolute()] if on_path else []), *reversed(installed)):
        said = _run(path, "import sys; print(*sys.version_info[:2], sep='.')")
        if said == release:
            return path
    return None


def found() -> dict[str, Path]:
    """Return the Pythons of this machine by their releases, from the oldest that is claimed on."""
    major, minor = map(int, OLDEST.split("."))
    releases = [f"{major}.{number}" for number in range(minor, minor + 20)]
    return {release: path for release in releases if (path := find(release))}


def version(path: Path) -> str:
    """Return the version of the Python at *path*: ``3.12.1``."""
    return _run(path, "import platform; print(platform.python_version())")


def _run(path: Path, code: str) -> str:
    # a name on PATH may belong to a program that chooses a Python, and has none of that release
    command = [str(path), "-IS", "-c", code]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:  # a script whose interpreter has gone
        return ""
    return result.stdout.strip()


def main() -> None:
    """Print the paths of the Pythons that there are."""
    here = found()
    if missing := [release for release in CLAIMED if release not in here]:
        sys.exit(
            f"Not found: Python {', '.join(missing)}. Install them; pyproject.toml claims them."
        )
    sys.stdout.writelines(f"{path}\n" for path in here.values())


if __name__ == "__main__":
    main()
