# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What git is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bouwsteen import repository
from bouwsteen.repository import NoFileError, RepositoryError
from tests.repositories import DAY, NOON, commit, git

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["conf.py", "bron"]


@pytest.fixture(params=["", "map met spatie/één"])
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A document in a repository, at its top or in a folder of it."""
    repository_ = tmp_path / "opslag"
    folder = repository_ / str(request.param)
    (folder / "bron" / "deel").mkdir(parents=True)
    (folder / "conf.py").write_bytes(b"a = 1\r\n")
    (folder / "bron" / "één stuk.rst").write_bytes(b"Tekst $Id$\r\n")
    (folder / "bron" / "deel" / "beeld.bin").write_bytes(bytes(range(256)))
    (folder / "elders.txt").write_text("Niet van het document.\n")
    commit(repository_)
    return folder


def test_head(document: Path) -> None:
    assert repository.head(document) == (git(document, "rev-parse", "HEAD"), NOON)
    (document / "elders.txt").write_text("Iets anders.\n")
    last = commit(document, NOON + DAY)
    assert repository.head(document) == (last, NOON + DAY)


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="not a git repository"):
        repository.head(tmp_path)
    assert repository.last_commit(tmp_path) is None


def test_the_last_commit_is_asked_once(document: Path, tmp_path: Path) -> None:
    with repository.asked_once():
        first = repository.last_commit(document)
        assert first == repository.head(document)
        (document / "conf.py").write_text("a = 2\n")
        commit(document, NOON + DAY)
        assert repository.last_commit(document) == first
        with repository.asked_once():
            assert repository.last_commit(document) != first
        assert repository.last_commit(tmp_path) is None
        assert repository.last_commit(document) == first
    assert repository.last_commit(document) == repository.head(document) != first


def test_no_commit_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(RepositoryError, match="HEAD"):
        repository.head(tmp_path)
    assert repository.last_commit(tmp_path) is None


def test_what_is_not_committed(document: Path) -> None:
    assert repository.uncommitted(document) == []
    (document / "conf.py").write_text("a = 2\n")
    (document / "bron" / "één stuk.rst").unlink()
    (document / "nieuw stuk.rst").write_text("Nieuw.\n")
    (document / "archive").mkdir()
    (document / "archive" / "bag").write_text("Een bag.\n")
    git(document, "add", "nieuw stuk.rst")
    assert sorted(repository.uncommitted(document, "archive")) == [
        "bron/één stuk.rst", "conf.py", "nieuw stuk.rst",
    ]  # fmt: skip
    assert "archive/bag" in repository.uncommitted(document)


def test_what_git_ignores_is_no_change(document: Path) -> None:
    (document / ".gitignore").write_text("build/\n")
    commit(document)
    (document / "build").mkdir()
    (document / "build" / "x").write_text("x")
    assert repository.uncommitted(document) == []


def test_export(document: Path, tmp_path: Path) -> None:
    (document / ".gitattributes").write_text(
        "*.rst text eol=lf ident export-subst\nconf.py export-ignore\n"
    )
    head = repository.head(document)
    (document / "conf.py").write_text("a = 2\n")  # not committed: not exported
    target = tmp_path / "uit"
    repository.export(document, head, [*NAMES, "bestaat niet"], target)
    found = {
        str(path.relative_to(target)): path.read_bytes()
        for path in target.rglob("*") if path.is_file()
    }  # fmt: skip
    assert found == {
        "conf.py": b"a = 1\r\n",
        "bron/één stuk.rst": b"Tekst $Id$\r\n",
        "bron/deel/beeld.bin": bytes(range(256)),
    }


def test_a_link_is_not_exported(document: Path, tmp_path: Path) -> None:
    (document / "bron" / "koppeling.rst").symlink_to("/etc/passwd")
    commit(document)
    with pytest.raises(NoFileError, match=r"bron/koppeling\.rst"):
        repository.export(document, repository.head(document), NAMES, tmp_path / "uit")


def test_no_git(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RepositoryError, match="git"):
        repository.head(document)
