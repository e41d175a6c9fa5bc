# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Making a bag: what is in it, what stands in its way, and that it is always the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import bagit
import pikepdf
import pytest
from PIL import Image

from bouwsteen.archive import bag, leftovers, plan, provenance
from bouwsteen.archive.plan import ArchiveError
from bouwsteen.build import Edition, build
from bouwsteen.profile import Profile
from bouwsteen.running import BuildError, Folders, run
from tests.archiving import CONF, GUIDANCE, IDENTIFIER, SOURCE, archive, bouwsteen, document
from tests.conftest import require_tex
from tests.pdf import text_of
from tests.repositories import DAY, NOON, commit, git

if TYPE_CHECKING:
    from pathlib import Path

    from bouwsteen.archive.making import Made
    from bouwsteen.build import Result


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return document(tmp_path_factory.mktemp("archief") / "document")


@pytest.fixture(scope="module")
def made(root: Path) -> Made:
    before = os.umask(0o077)
    try:
        return archive(root)
    finally:
        os.umask(before)


def refusal(folder: Path) -> str:
    """Return why the document in *folder* is not archived; nothing of it is left then."""
    with pytest.raises(BuildError) as error:
        archive(folder)
    assert not [path for path in (folder / "archive").glob("*") if path.name != IDENTIFIER]
    return str(error.value)


class TestBag:
    def test_layout(self, made: Made) -> None:
        assert made.is_new
        assert made.bag.name == IDENTIFIER
        names = [name for name in bag.files_of(made.bag) if not name.startswith("data/bron/theme/")]
        assert names == [
            "LEESMIJ.txt",
            "bag-info.txt",
            "bagit.txt",
            f"data/{IDENTIFIER}/{IDENTIFIER}-nl.pdf",
            f"data/{IDENTIFIER}/{IDENTIFIER}-nl.pdf.mdto.xml",
            f"data/{IDENTIFIER}/{IDENTIFIER}.mdto.xml",
            "data/bron/conf.py",
            "data/bron/source/index.rst",
            "manifest-sha256.txt",
            f"rapporten/{IDENTIFIER}-nl.pdf.json",
            "rapporten/herkomst.json",
            "tagmanifest-sha256.txt",
        ]

    def test_the_library_agrees(self, made: Made) -> None:
        found = bagit.Bag(str(made.bag))
        found.validate()
        assert found.version_info == (1, 0)
        assert found.info["Source-Organization"] == "Gemeente Aadorp"
        assert found.info["External-Identifier"] == "Z-2026-17"
        assert found.info["Bagging-Date"] == "2025-06-15"

    @pytest.mark.parametrize("manifest", [bag.MANIFEST, bag.TAG_MANIFEST])
    def test_sha256sum_agrees(self, manifest: str, made: Made) -> None:
        command = ["sha256sum", "--strict", "--check", manifest]
        result = subprocess.run(command, cwd=made.bag, capture_output=True, text=True, check=True)
        assert all(line.endswith(": OK") for line in result.stdout.splitlines())
        assert not result.stderr

    def test_every_file_is_in_a_manifest(self, made: Made) -> None:
        listed = {
            line.partition("  ")[2]
            for manifest in (bag.MANIFEST, bag.TAG_MANIFEST)
            for line in (made.bag / manifest).read_text(encoding="utf-8").splitlines()
        }
        assert set(bag.files_of(made.bag)) - listed == {bag.TAG_MANIFEST}

    def test_the_note(self, made: Made) -> None:
        text = (made.bag / "LEESMIJ.txt").read_text(encoding="utf-8")
        assert "Deze map is een bag" in text
        assert "sha256sum -c tagmanifest-sha256.txt" in text
        assert all(len(line) <= 100 for line in text.splitlines())

    def test_where_it_comes_from(self, root: Path, made: Made) -> None:
        found = provenance.read(made.bag)
        assert found.commit == git(root, "rev-parse", "HEAD")
        assert found.moment == NOON
        assert (found.kind, found.engine, found.version) == ("document", "rinoh", "1.0")
        for tool in ("Python", "rinohtype", "pikepdf", "qpdf", "opendataloader-pdf", "bouwsteen"):
            assert re.search(r"\d", found.tools[tool])
        assert "pytest" not in found.tools

    def test_the_report_of_the_validator(self, made: Made) -> None:
        path = made.bag / "rapporten" / f"{IDENTIFIER}-nl.pdf.json"
        report = json.loads(path.read_text(encoding="utf-8"))
        assert report["passed"]
        assert report["checks"] > 1000
        assert report["file"] == f"{IDENTIFIER}-nl.pdf"

    def test_nothing_of_this_machine(self, root: Path, made: Made) -> None:
        for name in bag.files_of(made.bag):
            data = (made.bag / name).read_bytes()
            assert os.fsencode(root.parent) not in data, name

    def test_the_modes_are_plain(self, made: Made) -> None:
        modes = {path.stat().st_mode & 0o777 for path in made.bag.rglob("*") if path.is_file()}
        assert modes == {0o644}

    def test_the_files_are_as_old_as_the_commit(self, made: Made) -> None:
        assert {int(path.stat().st_mtime) for path in made.bag.rglob("*")} == {NOON}

    def test_nothing_is_left_beside(self, root: Path, made: Made) -> None:
        assert list((root / "archive").iterdir()) == [made.bag]
        assert git(root, "status", "--porcelain") == ""


class TestAgain:
    def test_the_same_is_success(self, root: Path, made: Made) -> None:
        before = {name: (made.bag / name).stat().st_mtime_ns for name in bag.files_of(made.bag)}
        again = archive(root)
        assert not again.is_new
        assert again.fingerprint == made.fingerprint
        after = {name: (made.bag / name).stat().st_mtime_ns for name in bag.files_of(made.bag)}
        assert before == after

    def test_elsewhere_the_same_bytes(self, root: Path, made: Made, tmp_path: Path) -> None:
        """In a clone with another path, built in a process with other settings."""
        clone = tmp_path / f"een kloon, met één accent {'x' * 174}"
        git(tmp_path, "clone", "--quiet", str(root), str(clone))
        result = bouwsteen(
            clone, "archive", PYTHONHASHSEED="7", TZ="Pacific/Kiritimati", LC_ALL="C",
            SOURCE_DATE_EPOCH="1",
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        other = clone / "archive" / IDENTIFIER
        assert bag.differences(made.bag, other) == []
        assert result.stdout.splitlines() == [
            f"Vingerafdruk (SHA-256 van tagmanifest-sha256.txt): {made.fingerprint}",
            f"archive/{IDENTIFIER}",
        ]

    def test_other_contents_are_refused(self, root: Path, made: Made, tmp_path: Path) -> None:
        copy = tmp_path / "kopie"
        shutil.copytree(root, copy)
        spoilt = copy / "archive" / IDENTIFIER / "LEESMIJ.txt"
        spoilt.write_text("Iets anders.\n", encoding="utf-8")
        assert re.search(
            r"is er al, met een andere inhoud \(LEESMIJ\.txt\).*Verhoog", refusal(copy)
        )
        assert spoilt.read_text(encoding="utf-8") == "Iets anders.\n"
        assert made.bag.exists()

    def test_a_version_is_archived_once(self, root: Path, made: Made, tmp_path: Path) -> None:
        copy = tmp_path / "kopie"
        shutil.copytree(root, copy)
        (copy / "source/index.rst").write_text(SOURCE + "\nNog een zin.\n", encoding="utf-8")
        commit(copy, NOON + DAY)
        said = refusal(copy)
        assert "gemaakt van een andere stand van het document" in said
        assert "verhoog version in conf.py" in said
        assert bag.differences(made.bag, copy / "archive" / IDENTIFIER) == []
        (copy / "conf.py").write_text(CONF.replace('"1.0"', '"1.1"'), encoding="utf-8")
        commit(copy, NOON + DAY)
        assert archive(copy).bag.name == "Z-2026-17-1.1"


class TestRefused:
    def test_what_is_not_committed(self, tmp_path: Path) -> None:
        folder = document(tmp_path / "document")
        (folder / "source/index.rst").write_text(SOURCE + "\nMeer.\n", encoding="utf-8")
        (folder / "source/nieuw.rst").write_text("Nieuw\n=====\n", encoding="utf-8")
        assert refusal(folder) == (
            "Leg deze eerst vast met git commit: source/index.rst, source/nieuw.rst."
        )

    def test_no_repository(self, tmp_path: Path) -> None:
        folder = document(tmp_path / "document")
        shutil.rmtree(folder / ".git")
        assert refusal(folder).startswith("Wat in het archief komt, moet zijn vastgelegd met git")

    def test_an_open_place(self, tmp_path: Path) -> None:
        source = f"{SOURCE}\n.. fill-in:: Geef de redenen.\n\nDe gemeente :fill-in:`naam`.\n"
        folder = document(tmp_path / "document", {"source/index.rst": source})
        lines = refusal(folder).splitlines()
        assert [line.partition("source/")[2] for line in lines] == [
            "index.rst:11: nog niet ingevuld: Geef de redenen.",
            "index.rst:13: nog niet ingevuld: naam",
        ]

    @pytest.mark.parametrize(
        ("changes", "names"),
        [
            ({'author = "A. Schrijver"': 'author = "Sjabloon"'}, ["author"]),
            ({'author = "A. Schrijver"': 'author = ""'}, ["author"]),
            ({"2026-01-31": "2006-05-17"}, ["bouwsteen_date"]),
            ({'["Aadorp", "Beekdal"]': "[]"}, ["bouwsteen_municipalities"]),
            (
                {'"A. Schrijver"': '"Sjabloon"', "2026-01-31": "2006-05-17", '"Aadorp", ': ""},
                ["author", "bouwsteen_date"],
            ),
        ],
    )
    def test_a_title_page_of_the_template(
        self, changes: dict[str, str], names: list[str], tmp_path: Path
    ) -> None:
        conf = CONF
        for old, new in changes.items():
            assert old in conf
            conf = conf.replace(old, new)
        folder = document(tmp_path / "document", conf=conf)
        expected = [f"{name} in conf.py is nog niet ingevuld." for name in names]
        assert refusal(folder).splitlines() == expected

    def test_metadata_of_the_template(self, tmp_path: Path) -> None:
        conf = CONF.replace('"bouwsteen_date": "2006', '"bouwsteen_mdto": {"archiefvormer": '
                            '"Gemeente Aadorp"}, "bouwsteen_date": "2006')  # fmt: skip
        folder = document(tmp_path / "document", conf=conf)
        assert refusal(folder) == "bouwsteen_mdto: archiefvormer in conf.py is nog niet ingevuld."

    def test_metadata_that_only_the_organisation_knows(self, tmp_path: Path) -> None:
        conf = re.sub(r"(?s)bouwsteen_mdto = .*?\n\}\n", "", CONF)
        folder = document(tmp_path / "document", conf=conf)
        (line,) = refusal(folder).splitlines()
        for name in (
            "identificatie.identificatieKenmerk", "identificatie.identificatieBron",
            "archiefvormer", "waardering", "beperkingGebruik",
        ):  # fmt: skip
            assert name in line

    def test_metadata_that_is_none(self, tmp_path: Path) -> None:
        conf = CONF.replace('"begripCode"', '"begripCod"')
        assert "begripCod" in refusal(document(tmp_path / "document", conf=conf))

    @pytest.mark.parametrize("kind", ["sjabloon", ""])
    def test_neither_template_nor_document(self, kind: str, tmp_path: Path) -> None:
        conf = CONF.replace('kind = "document"', f'kind = "{kind}"')
        said = refusal(document(tmp_path / "document", conf=conf))
        assert (
            said == f'bouwsteen_kind in conf.py moet "template" of "document" zijn, niet "{kind}".'
        )

    def test_no_version(self, tmp_path: Path) -> None:
        conf = CONF.replace('version = "1.0"', 'version = ""')
        assert refusal(document(tmp_path / "document", conf=conf)) == "version in conf.py is leeg."

    def test_a_document_that_cannot_be_built(self, tmp_path: Path) -> None:
        """The error is about the writer's own file, not about the copy that is built."""
        source = f"{SOURCE}\nZie :ref:`nergens`.\n"
        folder = document(tmp_path / "document", {"source/index.rst": source})
        said = refusal(folder)
        here = re.escape(os.path.relpath(folder))
        assert re.search(rf"(?m)^{here}/source/index\.rst:\d+: WARNING", said)
        assert "work/archive" not in said

    CATALOGUE = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "De gemeenten werken samen."\nmsgstr "Gemeinden *arbeiten :ref:`x` zusammen."\n'
    )

    @pytest.mark.parametrize("kind", ["template", "document"])
    def test_catalogues_that_do_not_pass(self, kind: str, tmp_path: Path) -> None:
        """Of a template any, of a document those of the languages that it comes in."""
        conf = CONF.replace('kind = "document"', f'kind = "{kind}"')
        if kind == "document":
            conf += 'bouwsteen_complete_languages = ["de"]\n'
        files = {"locale/de/LC_MESSAGES/index.po": self.CATALOGUE}
        said = refusal(document(tmp_path / "document", files, conf=conf))
        assert "locale/de/LC_MESSAGES/index.po:" in said
        hint = "haalt u weg uit bouwsteen_complete_languages"
        assert (hint in said.splitlines()[-1]) == (kind == "document")

    def test_catalogues_that_are_left_of_the_template(self, tmp_path: Path) -> None:
        files = {"locale/de/LC_MESSAGES/index.po": self.CATALOGUE}
        assert archive(document(tmp_path / "document", files)).is_new

    def test_a_language_that_is_not_complete(self, tmp_path: Path) -> None:
        conf = f'{CONF}bouwsteen_complete_languages = ["de"]\n'
        folder = document(tmp_path / "document", conf=conf)
        assert "de" in refusal(folder)

    def test_a_picture_that_no_archive_takes(self, tmp_path: Path) -> None:
        folder = document(tmp_path / "document")
        Image.new("CMYK", (40, 40)).save(folder / "source/beeld.jpg")
        source = f"{SOURCE}\n.. image:: beeld.jpg\n"
        document(folder, {"source/index.rst": source})
        assert "CMYK" in refusal(folder)

    def test_a_pdf_that_is_none_for_an_archive(self, tmp_path: Path) -> None:
        """Whatever gets past the builds is seen by the validator: here an extension spoils it."""
        conf = f"""{CONF}
import pikepdf

def spoil(app, exception):
    path = getattr(app.builder, "pdf", None)
    if path and path.exists():
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            del pdf.Root.OutputIntents
            pdf.save(path)

def setup(app):
    app.connect("build-finished", spoil, priority=900)
"""
        assert ": 6.2.4.3-" in refusal(document(tmp_path / "document", conf=conf))

    def test_a_link_in_the_source(self, tmp_path: Path) -> None:
        folder = document(tmp_path / "document")
        (folder / "source/koppeling.rst").symlink_to("/etc/passwd")
        commit(folder)
        assert refusal(folder).startswith("source/koppeling.rst: alleen bestanden kunnen")

    @pytest.mark.parametrize("name", ["50%.inc", "a\\b.inc", "regel\nregel.inc"])
    def test_names_that_programs_write_in_different_ways(self, name: str, tmp_path: Path) -> None:
        folder = document(tmp_path / "document", {f"source/{name}": "Tekst.\n"})
        assert "geef dit bestand een naam zonder bijzondere tekens" in refusal(folder)


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[Profile, Result]:
    """Both profiles of a document with all kinds of guidance."""
    sentence = "Deze zin schreef de auteur zelf over uit de toelichting van het sjabloon."
    source = f"""{SOURCE}
.. guidance::

   {sentence}

   - Noem in elk geval de {"zeer " * 1500}belangrijkste redenen.

   .. figure:: beeld.png

      Een bijschrift dat alleen de schrijver iets zegt.

{sentence}

Wij :guidance:`kies uit het onderstaande lijstje` besluiten, :guidance:`kies`.

.. fill-in:: Wat kost het volgens de begroting van dit jaar?
"""
    folder = tmp_path_factory.mktemp("toelichting") / "document"
    document(folder, {"source/index.rst": source})
    Image.new("RGB", (9, 9)).save(folder / "source/beeld.png")
    return {profile: build(Edition("rinoh", profile, "nl"), folder) for profile in Profile}


class TestGuidance:
    """What only reading the PDF back can tell."""

    def test_guidance_on_the_title_page(self, tmp_path: Path) -> None:
        """A final build has no guidance; but a title page can hold anything."""
        folder = document(tmp_path / "document", conf=CONF.replace("Een proef", GUIDANCE))
        assert refusal(folder) == f'{IDENTIFIER}-nl.pdf laat toelichting zien: "{GUIDANCE}"'

    def test_none_in_a_final_pdf(self, builds: dict[Profile, Result]) -> None:
        draft, final = builds[Profile.DRAFT], builds[Profile.FINAL]
        assert leftovers.guidance_left(final.pdf, draft.env, final.env) == []

    def test_all_of_it_in_a_draft(self, builds: dict[Profile, Result]) -> None:
        """But for what the author wrote too, and words that are anybody's."""
        draft, final = builds[Profile.DRAFT], builds[Profile.FINAL]
        found = leftovers.guidance_left(draft.pdf, draft.env, final.env)
        assert [text[:22] for text in found] == [
            "Beschrijf hier uitvoer",
            "Noem in elk geval de z",
            "Een bijschrift dat all",
            "(toelichting: kies uit",
            "(toelichting: kies)",
            "Wat kost het volgens d",
        ]

    @pytest.mark.parametrize("place", ["bookmark", "metadata"])
    def test_beside_the_text(
        self, place: str, builds: dict[Profile, Result], tmp_path: Path
    ) -> None:
        draft, final = builds[Profile.DRAFT], builds[Profile.FINAL]
        path = tmp_path / "gelekt.pdf"
        with pikepdf.open(final.pdf) as pdf:
            if place == "bookmark":
                with pdf.open_outline() as outline:
                    outline.root.append(pikepdf.OutlineItem(GUIDANCE, 0))
            else:
                pdf.docinfo["/Subject"] = GUIDANCE
            pdf.save(path)
        assert leftovers.guidance_left(path, draft.env, final.env) == [GUIDANCE]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Made:
    conf = CONF.replace('kind = "document"', 'kind = "template"').replace(
        "A. Schrijver", "Sjabloon"
    )
    source = f"{SOURCE}\n.. fill-in:: Geef de redenen.\n"
    folder = tmp_path_factory.mktemp("sjabloon") / "document"
    return archive(document(folder, {"source/index.rst": source}, conf=conf))


class TestTemplate:
    def test_both_profiles(self, template: Made) -> None:
        top = template.bag / "data" / IDENTIFIER
        names = sorted(path.name for path in top.glob("*.pdf"))
        assert names == [f"{IDENTIFIER}-draft-nl.pdf", f"{IDENTIFIER}-final-nl.pdf"]
        assert "Geef de redenen." in text_of(top / names[0])
        assert "Geef de redenen." not in text_of(top / names[1])

    def test_its_open_places_are_what_it_is_about(self, template: Made) -> None:
        assert template.is_new


def test_dry_run(tmp_path: Path) -> None:
    folder = document(tmp_path / "document")
    result = bouwsteen(folder, "archive", "--dry-run")
    assert result.returncode == 0, result.stderr
    head = git(folder, "rev-parse", "HEAD")[:12]
    assert result.stdout.splitlines()[:2] == [
        f"Zou archive/{IDENTIFIER} maken uit commit {head}, met:",
        f"  {IDENTIFIER}-nl.pdf",
    ]
    assert not (folder / "archive").exists()
    assert not (folder / "build").exists()


def test_dry_run_of_what_cannot_be(tmp_path: Path) -> None:
    folder = document(tmp_path / "document", conf=CONF.replace('"A. Schrijver"', '""'))
    result = bouwsteen(folder, "archive", "--dry-run")
    assert result.returncode == 1
    assert result.stderr == "author in conf.py is nog niet ingevuld.\n"


def test_with_latex(tmp_path: Path) -> None:
    require_tex()
    made = archive(document(tmp_path / "document"), "latex")
    assert provenance.read(made.bag).engine == "latex"
    assert "xelatex" in provenance.read(made.bag).tools


@pytest.mark.parametrize(
    ("mark", "identifier"),
    [
        ("zaak met spaties", "zaak met spaties-1.0"),
        ("Fräulein-Büro", "Fräulein-Büro-1.0"),
        ("Fra\\u0308ulein", "Fräulein-1.0"),
        ("2026/0017: advies", "2026-0017- advies-1.0"),
        ("../../elders", "elders-1.0"),
        ("  -x. ", "x. -1.0"),
        ("a" * 200, f"{'a' * 200}-1.0"),
    ],
)
def test_names_of_bags(mark: str, identifier: str, tmp_path: Path) -> None:
    folder = document(tmp_path / "document", conf=CONF.replace("Z-2026-17", mark))
    assert plan.plan(folder, "rinoh").identifier == identifier


@pytest.mark.parametrize("mark", ["a" * 250, "ü" * 200])
def test_a_name_that_is_too_long(mark: str, tmp_path: Path) -> None:
    folder = document(tmp_path / "document", conf=CONF.replace("Z-2026-17", mark))
    with pytest.raises(ArchiveError, match="te lang voor een bestandsnaam"):
        plan.plan(folder, "rinoh")


def test_the_name_that_is_too_long_is_named(tmp_path: Path) -> None:
    """Of two languages the longer code, though the other comes later in the alphabet."""
    conf = CONF.replace("Z-2026-17", "a" * 250).replace('language = "nl"', 'language = "zu"')
    conf += 'bouwsteen_complete_languages = ["de_AT"]\n'
    with pytest.raises(ArchiveError) as error:
        plan.plan(document(tmp_path / "document", conf=conf), "rinoh")
    (name,) = re.findall(r"a+-1\.0-\S+", str(error.value))
    assert name.endswith("-de_AT.pdf.mdto.xml")
    assert str(len(name)) in str(error.value)


def test_a_long_name_is_archived(tmp_path: Path) -> None:
    """As long as a file system takes: 255 bytes with the ending of the sidecar."""
    mark = "é" * ((255 - len("-1.0-nl.pdf.mdto.xml")) // 2)
    folder = document(tmp_path / "document", conf=CONF.replace("Z-2026-17", mark))
    made = archive(folder)
    assert made.bag.name == f"{mark}-1.0"
    bagit.Bag(str(made.bag)).validate()


def test_draft_env_is_read_as_the_final_one_is(root: Path) -> None:
    """The guidance that a PDF is searched for is that of the draft, in the same language."""
    folders = Folders.of(root, "dummy", "draft", "nl")
    env = run(folders, "dummy", Profile.DRAFT, "nl").env
    assert GUIDANCE in " ".join(env.get_doctree(name).astext() for name in env.all_docs)
