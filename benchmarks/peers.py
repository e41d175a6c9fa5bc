# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who takes part: what each needs, and how it renders a document from nothing."""

from __future__ import annotations

import dataclasses
import importlib.util
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from benchmarks import measure
from benchmarks.documents import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.measure import Usage

PROGRAMS = Path(sys.executable).parent


class Edition(NamedTuple):
    """What of a document is rendered."""

    profile: str = "draft"
    language: str = "nl"


DRAFT = Edition()


@dataclasses.dataclass(frozen=True)
class Peer:
    """One that can render a document; its name is the key of its figures."""

    name: str
    needs: tuple[str, ...]  # modules and programs

    def missing(self) -> str:
        """Say in a few words what is not installed, or nothing."""
        absent = [name for name in self.needs if not (_is_module(name) or shutil.which(name))]
        return f"not installed: {', '.join(absent)}" if absent else ""

    def commands(self, root: Path, edition: Edition) -> Iterable[tuple[list[str], Path]]:
        """Return commands, each with its folder, that render *edition* of the document in *root*.

        What they write is in its folder ``build``.
        """
        raise NotImplementedError

    def pdf(self, root: Path, edition: Edition) -> Path:
        """Return where the PDF is then."""
        raise NotImplementedError

    def render(self, root: Path, edition: Edition = DRAFT) -> Usage:
        """Render *edition* with whatever an earlier run left; return what that took.

        :raises CommandError: if it fails.
        """
        environment = {
            "PYTHONPATH": str(REPOSITORY),  # for the adapters
            "XDG_DATA_HOME": str(root / "build" / "data"),  # atsphinx-typst installs packages
        }
        used = measure.NOTHING
        said = ""
        for command, folder in self.commands(root, edition):
            usage, said = measure.run(command, folder, environment)
            used = used.then(usage)
        if not self.pdf(root, edition).is_file():  # rst2pdf says so, and ends well
            raise measure.CommandError(measure.reason(said) or "it made no PDF")
        return used

    def pages(self, root: Path) -> int:
        """Return the number of pages of the draft that was rendered."""
        with pikepdf.open(self.pdf(root, DRAFT)) as pdf:
            return len(pdf.pages)


@dataclasses.dataclass(frozen=True)
class SphinxBuilder(Peer):
    """A builder of Sphinx, with an extension of `benchmarks.adapters`."""

    builder: str
    adapter: str

    def commands(self, root: Path, edition: Edition) -> Iterable[tuple[list[str], Path]]:
        """Run sphinx-build."""
        yield (
            [
                str(PROGRAMS / "sphinx-build"), "-q", "-b", self.builder, "-c", ".",
                "-D", f"extensions=benchmarks.adapters.{self.adapter}",
                "-D", f"bouwsteen_profile={edition.profile}", "-D", f"language={edition.language}",
                "source", str(self._out(edition)),
            ],
            root,
        )  # fmt: skip

    def pdf(self, root: Path, edition: Edition) -> Path:
        """Know how each adapter calls the document."""
        return root / self._out(edition) / "document.pdf"

    def _out(self, edition: Edition) -> Path:
        return Path("build", self.adapter, *edition)


@dataclasses.dataclass(frozen=True)
class Latexmk(SphinxBuilder):
    """Sphinx's LaTeX builder, and latexmk as the Makefile that Sphinx writes advises."""

    def commands(self, root: Path, edition: Edition) -> Iterable[tuple[list[str], Path]]:
        """Run sphinx-build, then latexmk where it wrote."""
        yield from super().commands(root, edition)
        command = ["latexmk", "-xelatex", "-interaction=nonstopmode", "document.tex"]
        yield command, root / self._out(edition)


@dataclasses.dataclass(frozen=True)
class Bouwsteen(Peer):
    """Ours: the command ``bouwsteen build``."""

    engine: str

    def commands(self, root: Path, edition: Edition) -> Iterable[tuple[list[str], Path]]:
        """Run it."""
        yield (
            [
                str(PROGRAMS / "bouwsteen"), "build", "--engine", self.engine,
                "--profile", edition.profile, "--language", edition.language,
            ],
            root,
        )  # fmt: skip

    def pdf(self, root: Path, edition: Edition) -> Path:
        """Look where `make draft` has it."""
        name = f"bestuursopdracht-{edition.language}.pdf"
        return root / "build" / self.engine / edition.profile / name


YARDSTICK = Latexmk("Sphinx + latexmk", ("latexmk", "xelatex"), "latex", "latex")
OURS = Bouwsteen("Bouwsteen", ("rinoh",), "rinoh")
OURS_IN_LATEX = Bouwsteen("Bouwsteen, LaTeX", ("latexmk", "xelatex"), "latex")
OTHERS = (
    OURS_IN_LATEX,
    SphinxBuilder("bare rinohtype", ("rinoh",), "rinoh", "rinohtype"),
    SphinxBuilder("rst2pdf", ("rst2pdf",), "pdf", "rst2pdf"),
    SphinxBuilder("Typst (atsphinx-typst)", ("atsphinx.typst", "typst"), "typstpdf", "typst"),
)


def forget(root: Path) -> None:
    """Remove whatever was rendered of the document in *root*: the next one begins from nothing."""
    shutil.rmtree(root / "build", ignore_errors=True)


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # not even the package that it would be in
        return False
