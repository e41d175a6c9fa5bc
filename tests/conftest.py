# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tests share: real Sphinx builds of small sources, and means that may be missing."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import hypothesis
import polib
import pytest
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from benchmarks import documents
from bouwsteen import languages
from bouwsteen.build import build
from bouwsteen.catalogues import files
from bouwsteen.latex import cage, tex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bouwsteen.build import Edition, Result

pytest_plugins = ["sphinx.testing.fixtures"]

REPOSITORY = Path(__file__).parents[1]
EPOCH = "1700000000"

# Everywhere the same examples: a push must not fail on what another push brought to light.
hypothesis.settings.register_profile("fixed", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", deadline=None, max_examples=500)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))

ROOTS = Path(__file__).parent / "roots"
CONF = (ROOTS / "test-guidance" / "conf.py").read_text(encoding="utf-8")


def means_missing(reason: str) -> NoReturn:
    """Leave a test out for want of means, or fail where every means is required (in CI)."""
    if os.environ.get("BOUWSTEEN_REQUIRE_ALL"):
        pytest.fail(f"required here: {reason}")
    pytest.skip(reason)


def require_tex() -> None:
    """Leave a test out where TeX is not installed."""
    try:
        tex.check_installed("en")
    except tex.TexMissingError as error:
        means_missing(str(error))


def require_cage() -> None:
    """Leave a test out where the system cannot confine a program."""
    if not cage.is_available():
        means_missing("a kernel with Landlock")


@pytest.fixture(scope="session")
def rootdir() -> Path:
    """Where sphinx.testing finds the roots."""
    return ROOTS


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


class Project:
    """A source in a folder, which can be changed and built any number of times."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "conf.py").write_text(CONF, encoding="utf-8")

    def write(self, files: Mapping[str, str | bytes]) -> Project:
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            data = content.encode() if isinstance(content, str) else content
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
        return self

    def translate(self, language: str, catalogues: Mapping[str, Mapping[str, str]]) -> Project:
        """Write catalogues, as translators leave them; title and subtitle are translated too."""
        for domain, messages in catalogues.items():
            catalogue = polib.POFile()
            catalogue.metadata = {
                "Project-Id-Version": "proef",
                "PO-Revision-Date": "2026-01-31 12:00+0000",
                "Last-Translator": "A. Vertaler <a@example.org>",
                "Language-Team": language,
                "Language": language,
                "MIME-Version": "1.0",
                "Content-Type": "text/plain; charset=UTF-8",
                "Content-Transfer-Encoding": "8bit",
                "Plural-Forms": languages.plural_forms(language),
            }
            title_page = {"Proef": "Proef", "Een proef": "Een proef"} if domain == "index" else {}
            for source, translation in {**title_page, **messages}.items():
                catalogue.append(polib.POEntry(msgid=source, msgstr=translation))
            files.write(files.folder(self.folder / "locale", language) / f"{domain}.po", catalogue)
        return self

    def build_in(self, language: str, builder: str = "dummy", profile: str = "draft") -> Built:
        """Build a translation."""
        out = f"{builder}-{profile}-{language}"
        return self.build(builder, profile, out=out, language=language, locale_dirs=["locale"])

    def build(
        self,
        builder: str,
        profile: str = "draft",
        *,
        out: str = "",
        parallel: int = 0,
        **config: Any,
    ) -> Built:
        if builder == "latexpdf":
            require_tex()
        if "language" in config and "locale_dirs" not in config:  # the source itself is in it
            language = config.pop("language")
            self.write({"conf.py": f"{CONF}language = {language!r}\n"})
        out = out or f"{builder}-{profile}"
        app = SphinxTestApp(
            builder,
            srcdir=self.folder,
            builddir=self.folder / "_build" / out,
            confoverrides={
                "bouwsteen_profile": profile,
                "bouwsteen_latex_style": str(REPOSITORY / "theme/latex/report.sty"),
                "bouwsteen_rinoh_template": str(REPOSITORY / "theme/rinoh/report.rtt"),
                **config,
            },
            warningiserror=True,
            parallel=parallel,
        )
        try:
            app.build()
            return Built(app)
        finally:
            app.cleanup()


class Built:
    """What a build left."""

    def __init__(self, app: SphinxTestApp) -> None:
        self.out = Path(app.outdir)
        self.warnings = app.warning.getvalue()
        self.status = app.status.getvalue()
        self.failed = app.statuscode != 0
        self.env = app.env
        self.doctrees = Path(app.doctreedir)

    def files(self) -> dict[str, bytes]:
        """All files of the output, by their path."""
        return {
            str(path.relative_to(self.out)): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
        }

    def trees(self) -> dict[str, str]:
        """All doctrees, as text."""
        trees = {}
        for name in sorted(self.env.all_docs):
            tree = self.env.get_doctree(name)
            del tree["source"]  # the path of the file
            trees[name] = tree.pformat()
        return trees

    def section(self, docname: str = "index") -> nodes.section:
        """Return the first section of a document."""
        return next(self.env.get_doctree(docname).findall(nodes.section))

    @property
    def pdf(self) -> Path:
        return self.out / "proef-nl.pdf"

    def ok(self) -> Built:
        """Assert that nothing was warned about."""
        assert not self.warnings
        assert not self.failed
        return self


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the document, so that nothing of the repository's own build is touched."""
    return documents.copy_template(tmp_path_factory.mktemp("document") / "copy")


@pytest.fixture(scope="session")
def published(document: Path) -> Callable[[Edition], Result]:
    """Build an edition of the document, as an officer does, the first time it is asked for."""

    @functools.cache
    def publish(edition: Edition) -> Result:
        if edition.engine == "latex":
            require_tex()
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
            return build(edition, document)

    return publish


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def new_project(tmp_path: Path) -> Callable[[], Project]:
    """Make projects, each in a folder of its own with a name of the same length."""
    count = 0

    def make() -> Project:
        nonlocal count
        count += 1
        return Project(tmp_path / f"project{count:04d}")

    return make
