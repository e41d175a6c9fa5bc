# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every Python that is claimed: the README's two commands, the same bytes, and who claims what."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bouwsteen.build import Edition
from bouwsteen.profile import Profile
from tests import pythons
from tests.conftest import REPOSITORY, means_missing
from tests.test_make import DRAFT, FINAL, copy_to, make

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bouwsteen.build import Result

HERE = pythons.found()


@pytest.mark.network
@pytest.mark.parametrize("release", list(dict.fromkeys([*pythons.CLAIMED, *HERE])))
def test_the_two_commands_of_the_readme(
    release: str, tmp_path: Path, published: Callable[[Edition], Result]
) -> None:
    """In a fresh clone, in a folder with a blank in its name; the bytes are those of this Python."""
    if release not in HERE:
        means_missing(f"Python {release} is not on this machine: nothing was tried on it")
    clone = copy_to(tmp_path / "een kloon")
    for target, pdf in {"draft": DRAFT, "final": FINAL}.items():
        result = make(clone, target, PYTHON=str(HERE[release]), PYTHONWARNINGS="default")
        if "Het ophalen is mislukt" in result.stderr:
            means_missing("no package index to install from")
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout.splitlines()[-1] == pdf
    assert (clone / ".venv/lib" / f"python{release}").is_dir()
    expected = published(Edition("rinoh", Profile.FINAL, "nl")).pdf
    assert (clone / FINAL).read_bytes() == expected.read_bytes()


def test_a_python_that_is_not_there_is_an_error_where_it_is_expected(tmp_path: Path) -> None:
    """As CI asks for them."""
    program = REPOSITORY / "tests/pythons.py"
    command = [sys.executable, str(program)]
    environment = {"PATH": str(tmp_path), "PYENV_ROOT": str(tmp_path)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Not found: Python 3.11, 3.12, ")


def test_a_name_that_starts_nothing_is_no_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As pyenv leaves on PATH."""
    shim = tmp_path / "python3.12"
    shim.write_text("#!/bin/sh\necho 'pyenv: python3.12: command not found' >&2; exit 127\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    assert pythons.find("3.12") is None
    shim.write_text("#!/nergens/python3\n")
    assert pythons.find("3.12") is None
    shim.unlink()
    shim.symlink_to(sys.executable)
    release = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert pythons.find("3.12") == (shim if release == "3.12" else None)


class TestClaims:
    def test_of_the_package(self) -> None:
        assert pythons.PROJECT["requires-python"] == f">={pythons.OLDEST}"
        minors = [int(release.partition(".")[2]) for release in pythons.CLAIMED]
        assert minors == list(range(minors[0], minors[-1] + 1))

    @pytest.mark.parametrize(
        "name", ["tools/venv", "tools/lock", "docs/handleiding.md", "README.md.jinja"]
    )
    def test_of_the_oldest(self, name: str) -> None:
        assert self.releases(name) == {pythons.OLDEST}

    def test_of_all(self) -> None:
        assert self.releases("README.md") == set(pythons.CLAIMED)

    def test_of_the_linters(self) -> None:
        """Ruff takes the oldest from the package."""
        text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
        assert re.findall(r'^(?:python_version|target-version) = "(.+)"$', text, re.MULTILINE) == [
            pythons.OLDEST
        ]

    def releases(self, name: str) -> set[str]:
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        return set(re.findall(r"(?<![\d.])3\.\d\d\b(?!\.)", text))
