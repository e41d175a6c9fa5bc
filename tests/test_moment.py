# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The moment that a document is dated."""

from __future__ import annotations

import datetime
import os
import time
from typing import TYPE_CHECKING

import pikepdf
import pytest
from sphinx.errors import ConfigError

from bouwsteen import moment
from tests.conftest import EPOCH
from tests.repositories import DAY, NOON, commit, git

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project

SOURCE = {"index.rst": "Proef\n=====\n\nVandaag is |today|.\n"}
OLD = 1_600_000_000


@pytest.fixture
def undated(monkeypatch: pytest.MonkeyPatch, project: Project) -> Project:
    """A document on a system that says nothing of the date, last changed in 2020."""
    monkeypatch.delenv(moment.VARIABLE)
    project.write(SOURCE)
    age(project.folder, OLD)
    return project


def age(folder: Path, seconds: int) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (seconds, seconds))


def dated(project: Project) -> int:
    return int(project.build("dummy").ok().env.config.bouwsteen_moment)


def test_what_the_system_says_goes_first(project: Project) -> None:
    commit(project.write(SOURCE).folder)
    assert dated(project) == int(EPOCH)


@pytest.mark.parametrize("value", ["0", "1", "253402300799"])
def test_every_moment_there_is(
    value: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(moment.VARIABLE, value)
    built = project.write(SOURCE).build("rinoh").ok()
    with pikepdf.open(built.pdf) as pdf:
        date = datetime.datetime.fromtimestamp(int(value), datetime.UTC)
        assert pdf.docinfo.CreationDate == f"D:{date:%Y%m%d%H%M%S}+00'00"


@pytest.mark.parametrize("value", ["", "gisteren", "-1", "1.5", "253402300800", "٣"])
def test_what_is_no_moment(value: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(moment.VARIABLE, value)
    with pytest.raises(ConfigError, match="SOURCE_DATE_EPOCH moet een aantal seconden"):
        project.write(SOURCE).build("dummy")


def test_the_last_commit(undated: Project) -> None:
    commit(undated.folder)
    undated.write({"index.rst": "Proef\n=====\n\nEen ander.\n"})
    assert dated(undated) == NOON
    commit(undated.folder, NOON + DAY)
    assert dated(undated) == NOON + DAY


def test_a_commit_to_something_else(undated: Project) -> None:
    above = undated.folder.parent
    commit(above)
    (above / "elders.txt").write_text("Iets anders.\n")
    commit(above, NOON + DAY)
    assert dated(undated) == NOON


def test_a_repository_that_the_document_is_not_in(undated: Project) -> None:
    above = undated.folder.parent
    git(above, "init", "--quiet")
    (above / ".gitignore").write_text("*\n")
    git(above, "add", "--force", ".gitignore")
    git(above, "commit", "--quiet", "--message=Een stand")
    assert dated(undated) == OLD


def test_a_hook_of_another_repository(
    undated: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(undated.folder)
    other = tmp_path / "ander"
    other.mkdir()
    commit(other, NOON + DAY)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert dated(undated) == NOON


def test_no_git(undated: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(undated.folder)
    age(undated.folder, OLD)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dated(undated) == OLD


@pytest.mark.parametrize("newest", ["index.rst", "conf.py", "deel/beeld.inc", "_static/x.png"])
def test_the_newest_source(newest: str, undated: Project) -> None:
    undated.write({"deel/beeld.inc": "Tekst.\n", "_static/x.png": b"beeld"})
    age(undated.folder, OLD)
    os.utime(undated.folder / newest, (OLD + DAY, OLD + DAY))
    assert dated(undated) == OLD + DAY


def test_a_catalogue_is_a_source_of_its_language(undated: Project) -> None:
    undated.translate("de", {"index": {"Proef": "Probe", "Vandaag is |today|.": "Heute: |today|."}})
    age(undated.folder, OLD)
    catalogue = undated.folder / "locale/de/LC_MESSAGES/index.po"
    os.utime(catalogue, (OLD + DAY, OLD + DAY))
    assert undated.build_in("de").ok().env.config.bouwsteen_moment == OLD + DAY


@pytest.mark.parametrize("name", [".index.rst.swp", "index.rst~", "_build/x/y", "index.mo"])
def test_what_is_no_source(name: str, undated: Project) -> None:
    undated.write({name: "rommel"})
    age(undated.folder, OLD)
    os.utime(undated.folder / name, (OLD + DAY, OLD + DAY))
    assert dated(undated) == OLD


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_today_is_the_same_everywhere(
    zone: str, undated: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        trees = undated.build("dummy").ok().trees()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert "13 september 2020" in trees["index"]


def test_today_in_a_form_of_ones_own(undated: Project) -> None:
    assert "2020-09-13" in undated.build("dummy", today_fmt="%Y-%m-%d").ok().trees()["index"]


def test_a_day_that_is_said_stays(undated: Project) -> None:
    trees = undated.build("dummy", today="een mooie dag").ok().trees()
    assert "een mooie dag" in trees["index"]
