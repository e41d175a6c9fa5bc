# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The benchmark: what it measures, what it makes of the figures. Nothing here is timed."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks import clone, documents, goals, measure, peers, plot, table
from benchmarks import figures as of
from benchmarks.figures import Figures, Finishing, Key
from benchmarks.goals import COLD
from benchmarks.measure import Usage
from benchmarks.measuring import Bench
from benchmarks.peers import DRAFT, OTHERS, OURS, YARDSTICK, Edition, Peer, SphinxBuilder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class TestDocuments:
    def test_the_same_each_time(self, tmp_path: Path) -> None:
        first, second = (files(documents.write(tmp_path / name, 3)) for name in ("a", "b"))
        assert first == second

    def test_a_longer_one_holds_the_shorter_one(self, tmp_path: Path) -> None:
        short, long = (files(documents.write(tmp_path / str(count), count)) for count in (1, 3))
        assert short.keys() < long.keys()
        assert [name for name in short if short[name] != long[name]] == ["source/index.rst"]

    def test_the_first_chapter_is_twice_as_long(self, tmp_path: Path) -> None:
        folder = documents.write(tmp_path / "document", 2)
        first, second = (len((folder / f"source/hoofdstuk{n}.rst").read_text()) for n in (1, 2))
        assert 1.7 < first / second < 2.3

    @pytest.mark.parametrize("kind", ["template", "generated"])
    def test_one_word_changes_each_time(self, tmp_path: Path, kind: str) -> None:
        folder = tmp_path / "document"
        if kind == "template":
            documents.copy_template(folder)
        else:
            documents.write(folder, 2)
        for word in ("woord0", "woord1"):
            before = files(folder)
            documents.change_a_word(folder, word)
            after = files(folder)
            (name,) = [name for name in after if after[name] != before[name]]
            words = zip(before[name].decode().split(), after[name].decode().split(), strict=True)
            ((_old, new),) = [pair for pair in words if pair[0] != pair[1]]
            assert new == word


class TestMeasuring:
    def test_time_and_memory_of_the_largest_process(self, tmp_path: Path) -> None:
        """Of a grandchild, too; what a failing command said is not lost."""
        large = "bytearray(b'x') * 200_000_000"
        code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', \"{large}\"])"
        command = [sys.executable, "-c", code]
        measuring = (
            "from pathlib import Path; from benchmarks import measure\n"
            f"usage, said = measure.run({command!r}, Path({str(tmp_path)!r}))\n"
            "print(usage.megabytes, usage.seconds)"
        )
        root = documents.REPOSITORY
        # from a small process, as the kernel counts in what the one that measures has
        said = subprocess.check_output([sys.executable, "-c", measuring], cwd=root, text=True)
        megabytes, seconds = map(float, said.split())
        assert 200 < megabytes < 300
        assert seconds > 0

    def test_one_after_the_other(self) -> None:
        assert Usage(1, 300).then(Usage(2, 200)) == Usage(3, 300)

    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            ("een\nValueError: geen zin\n\nPlease report this\n", "ValueError: geen zin"),
            ("    typst.TypstError: label `<a>` does not exist\nThanks!", "typst.TypstError: "),
            ("! Package fontspec Error: no font\nlatexmk: gave up", "! Package fontspec Error"),
            ("een\ntwee\n", "twee"),
        ],
    )
    def test_the_line_that_tells_why(self, said: str, reason: str) -> None:
        assert measure.reason(said).startswith(reason)

    def test_settings_of_the_user_do_not_reach_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MAKEFLAGS", "LANGUAGE=de")
        monkeypatch.setenv("PYTHONPATH", "/nergens")
        code = "import os; print(sorted({'MAKEFLAGS', 'PYTHONPATH', 'PATH'} & set(os.environ)))"
        _usage, said = measure.run([sys.executable, "-c", code], tmp_path)
        assert said == "['PATH']\n"


@dataclasses.dataclass(frozen=True)
class Command(Peer):
    """One that runs Python code; it makes no PDF."""

    code: str = ""

    def commands(self, root: Path, _edition: Edition) -> Iterable[tuple[list[str], Path]]:
        return [([sys.executable, "-c", self.code], root)]

    def pdf(self, root: Path, _edition: Edition) -> Path:
        return root / "document.pdf"


class TestPeers:
    @pytest.mark.parametrize(
        ("peer", "reason"),
        [
            (Command("rst2pdf", ("re", "no_such_module")), "not installed: no_such_module"),
            (Command("rst2pdf", ("no.such",)), "not installed: no.such"),
            (Command("rst2pdf", (), "raise ValueError('geen zin')"), "fails: ValueError: geen zin"),
            (Command("rst2pdf", (), "print('FAILED')"), "fails: FAILED"),
            (Command("rst2pdf", (), ""), "fails: it made no PDF"),
        ],
    )
    def test_one_that_makes_nothing_is_named(self, tmp_path: Path, peer: Peer, reason: str) -> None:
        bench = Bench(tmp_path, 1, [peer], lambda _line: None)
        bench._render(Key("5", peer.name), tmp_path, peer)
        assert table.peer_lines(bench.figures)[2:] == [
            f"| 5 chapters | rst2pdf | {reason} |  |  |  |  |"
        ]

    def test_none_of_them_goes_by_the_name_of_another(self) -> None:
        names = [peer.name for peer in (YARDSTICK, OURS, *OTHERS)]
        assert len(set(names)) == len(names)

    def test_they_read_the_document_without_our_engines(self, tmp_path: Path) -> None:
        """Its translations too, and the profile counts."""
        document = documents.copy_template(tmp_path / "document")
        peer = SphinxBuilder("een", (), "text", "markup")
        for profile in ("draft", "final"):
            edition = Edition(profile, "de")
            ((command, folder),) = peer.commands(document, edition)
            measure.run([*command, "-W"], folder, {"PYTHONPATH": str(documents.REPOSITORY)})
            text = (peer.pdf(document, edition).parent / "waarom.txt").read_text()
            assert "Gesellschaftliche Entwicklungen" in text
            assert ("Erläuterung" in text) == (profile == "draft")
        code = (
            "import sys, benchmarks.adapters.markup; print({'rinoh', 'pikepdf'} & set(sys.modules))"
        )
        _usage, said = measure.run([sys.executable, "-c", code], documents.REPOSITORY)
        assert said == "set()\n"


class TestClone:
    def test_make_finds_its_environment_and_cannot_harm_ours(self, tmp_path: Path) -> None:
        folder = clone.make_clone(tmp_path / "clone")
        assert not (folder / ".venv").is_symlink()
        said = subprocess.run(
            ["make", "-n", "draft"], cwd=folder, capture_output=True, text=True, check=True
        ).stdout
        assert "tools/venv" not in said
        assert "bouwsteen build" in said

    def test_all_editions(self) -> None:
        languages = ("nl", "de", "en", "fr")
        assert clone.editions(documents.REPOSITORY) == [
            Edition(profile, language) for profile in ("draft", "final") for language in languages
        ]

    def test_a_catalogue_changes(self, tmp_path: Path) -> None:
        documents.copy_template(tmp_path / "document")
        before = files(tmp_path)
        clone.translate_anew(tmp_path / "document", "de", "nieuw")
        after = files(tmp_path)
        (name,) = [name for name in after if after[name] != before[name]]
        assert "/locale/de/" in name
        assert after[name].count(b"nieuw") == before[name].count(b"nieuw") + 1


def figures(share: float = 1.0) -> Figures:
    """Return figures in which we take *share* of what the goals allow, the yardstick 10 seconds."""
    found = Figures()
    for document, limit in {of.TEMPLATE: COLD["1"], **COLD}.items():
        found.runs[Key(document, YARDSTICK.name)] += [Usage(s, 200) for s in (10, 9, 99)]
        found.runs[Key(document, OURS.name)].append(Usage(10 * limit * share, 300 * share))
        found.pages[document, OURS.name] = found.pages[document, YARDSTICK.name] = 10
        found.finishing[document].append(Finishing(10, 1, 1 * share))
    for document in goals.SMALL:
        found.runs[Key(document, OURS.name, of.CHANGED)].append(
            Usage(10 * goals.AFTER_A_CHANGE * share, 100)
        )
    found.runs[Key(of.CLONE, OURS.name, of.IDLE)].append(
        Usage(0.9999 * goals.IDLE_SECONDS * share, 50)
    )
    found.runs[Key(of.CLONE, YARDSTICK.name, of.ALL)].append(Usage(50, 200))
    found.runs[Key(of.CLONE, OURS.name, of.ALL)].append(Usage(50 * goals.ALL * share, 100))
    found.runs[Key(of.CLONE, OURS.name, of.ONE_CATALOGUE)].append(Usage(1, 100))
    found.rendered = [f"build/rinoh/{profile}/x-de.pdf" for profile in ("draft", "final")]
    return found


class TestGoals:
    def test_all_are_met_at_the_limit(self) -> None:
        rows = goals.rows(figures())
        assert [row for row in rows if not row.met] == []
        assert goals.missed(figures()) == []
        assert len(rows) == 16

    def test_all_are_missed_just_over_it(self) -> None:
        found = figures(1.01)
        found.rendered = ["build/rinoh/draft/x-de.pdf", "build/rinoh/draft/x-nl.pdf"]
        assert [row.work for row in goals.rows(found) if row.met is not False] == []
        assert len(goals.missed(found)) == 16

    @pytest.mark.parametrize("rendered", [[], ["x-de.pdf"], ["x-de.pdf"] * 3])
    def test_no_more_and_no_fewer_pdfs(self, rendered: list[str]) -> None:
        found = figures()
        found.rendered = rendered
        (missed,) = goals.missed(found)
        assert missed.startswith(f"one `.po` changed, `make all`: {len(rendered)} PDFs")

    def test_what_was_not_measured_is_neither(self) -> None:
        rows = goals.rows(Figures())
        assert {row.met for row in rows} == {None}
        assert goals.missed(Figures()) == []
        assert all(line.endswith("| not measured |") for line in table.goal_lines(rows)[2:])

    @pytest.mark.parametrize(
        ("peer", "counts"), [(OURS, True), (YARDSTICK, True), (OTHERS[1], False)]
    )
    def test_we_must_not_fail(self, peer: Peer, counts: bool) -> None:
        found = Figures()
        found.absent[Key("5", peer.name)] = "fails: x"
        assert goals.missed(found) == ([f"5, {peer.name}, cold: fails: x"] if counts else [])

    def test_the_ratio_is_of_medians(self) -> None:
        found = figures()
        row = next(row for row in goals.rows(found) if row.work == "5 chapters (10 pages), cold")
        assert row == (row.work, "6.00 s", "10.00 s", "0.60", "≤ 0.6", True)


class TestTables:
    def test_every_line_has_as_many_cells(self) -> None:
        found = figures()
        found.absent[Key("5", "rst2pdf")] = "fails: a | b"
        for lines in (
            table.goal_lines(goals.rows(found)), table.peer_lines(found),
            table.length_lines(found), table.finishing_lines(found),
        ):  # fmt: skip
            assert len({line.count("|") for line in lines}) == 1
            assert len(lines) > 2
            assert all(line in table.markdown(found).splitlines() for line in lines)

    def test_growth(self) -> None:
        found = Figures()
        for document, pages, seconds, megabytes in (("1", 10, 2, 100), ("5", 30, 4, 110)):
            found.runs[Key(document, OURS.name)].append(Usage(seconds, megabytes))
            found.pages[document, OURS.name] = pages
        assert table.length_lines(found)[2:] == [
            "| 1 | 10 | 2.00 | 0.200 |  | 100 |  |",
            "| 5 | 30 | 4.00 | 0.133 | 0.100 | 110 | 0.50 |",
        ]

    def test_points_of_the_picture(self) -> None:
        found = figures()
        assert plot._points(found, OURS.name, "seconds") == [(10, 10 * x) for x in COLD.values()]
        assert plot._ratios(found, YARDSTICK.name) == [(10, 1.0)] * 4


def test_the_draft_is_what_is_compared() -> None:
    assert DRAFT == ("draft", "nl")
    assert peers.PROGRAMS.joinpath("bouwsteen").is_file()
