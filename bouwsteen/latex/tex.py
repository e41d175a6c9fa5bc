# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run TeX on a file: latexmk and xelatex, a look at what they made, then xdvipdfmx.

TeX is a programming language, and what it runs comes from chapters and translations. So it may
write to the folder of the file only, and read there and in the TeX tree only: that is what the
kernel sees to (`cage`) and TeX itself (``openin_any``, ``openout_any``: kpathsea manual, "Safe
filenames"). It starts no programs (``shell_escape``), and its orders to the driver are checked
(`xdv`). latexmk reads no settings of the folder, which TeX could have written.

A system may keep what TeX needs where the cage does not let it read, and what TeX says of that need
not name the file. So an error does, whatever its cause (`refusals`).
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx.errors import SphinxError

from bouwsteen.latex import cage, refusals, xdv
from bouwsteen.messages import translations

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAMS = ("latexmk", "xelatex", "xdvipdfmx", "makeindex", "kpsewhich")
# a file of each Debian package that has no program
FILES = (
    "titlesec.sty", "fontspec.sty", "loadhyph-nl.tex", "pzdr.tfm", "texgyrepagella-regular.otf",
)  # fmt: skip

TIME_LIMIT = 30 * 60  # seconds; a thousand pages take minutes, a loop in a formula takes for ever

_SETTINGS = {
    "openin_any": "p",
    "openout_any": "p",
    "shell_escape": "f",
    "max_print_line": "10000",  # else TeX breaks the lines of its log
    "FORCE_SOURCE_DATE": "1",  # \today and the like obey SOURCE_DATE_EPOCH too
}
_UNSAFE = ("TEXINPUTS", "TEXMFOUTPUT", "TEXMF_OUTPUT_DIRECTORY", "TEXMFCNF")
_UNSAFE_IN_NAMES = re.compile(r"[^\w.-]")
_XELATEX = "xelatex -no-pdf -no-shell-escape -halt-on-error -file-line-error %O %S"
# latexmk would run the driver at once: it gets an empty file instead
_NOT_YET = "$xdvipdfmx = 'internal not_yet %D'; sub not_yet { open(my $f, '>', $_[0]); return 0; }"
_LEFTOVERS = (".aux", ".fdb_latexmk", ".fls", ".idx", ".ilg", ".ind", ".out", ".toc", ".xdv")


class TexMissingError(SphinxError):
    """TeX is not installed."""

    category = "LaTeX"


class TexError(Exception):
    """TeX cannot make a PDF of the file."""

    def __init__(
        self, message: str, line: int | None, log: Path, refused: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.line = line  # of the TeX file, 1-based
        self.log = log
        self.refused = refused  # files that the cage kept from TeX


class LostCharacter(NamedTuple):
    """A character that is not in the typeface, and so not in the PDF."""

    character: str
    font: str  # the name of its file


class Report(NamedTuple):
    """What TeX could not do, without it being an error to TeX."""

    lost: list[LostCharacter]
    dead: list[str]  # labels that are referred to and do not exist


def safe_name(name: str) -> str:
    """Return a name for the file *name* that holds no character with a meaning to TeX.

    Different names stay different.
    """
    return _UNSAFE_IN_NAMES.sub(lambda match: f"+{ord(match[0]):x}+", name)


def debian_packages() -> list[str]:
    """Return the Debian packages with what TeX needs here."""
    text = (resources.files(__package__) / "debian.txt").read_text(encoding="utf-8")
    return text.split()


def check_installed(language: str) -> None:
    """See whether TeX is there, whole enough.

    :raises TexMissingError: naming what is missing, and how to install it, in *language*.
    """
    missing = [program for program in PROGRAMS if not shutil.which(program)]
    if "kpsewhich" not in missing:
        found = _start(["kpsewhich", *FILES], Path()).stdout
        names = {line.rpartition("/")[2] for line in found.splitlines()}
        missing += [file for file in FILES if file not in names]
    if missing:
        _ = translations(language).gettext
        raise TexMissingError(
            _("not found: {missing}. On Debian and Ubuntu: sudo apt install {packages}").format(
                missing=", ".join(missing), packages=" ".join(debian_packages())
            )
        )


def versions() -> dict[str, str]:
    """Return what the programs that make a PDF say of their versions, by name."""
    programs = ("latexmk", "xelatex", "xdvipdfmx")
    said = {name: _start([name, "--version"], Path()).stdout.strip() for name in programs}
    return {name: text.partition("\n")[0] for name, text in said.items()}


def run(file: Path, language: str, moment: int) -> Report:
    """Make a PDF beside the TeX file *file*, and return what of the text did not get there.

    The log stays beside it too.

    :param language: of messages; those of TeX itself are English.
    :param moment: the time to go by, in seconds since 1970, UTC.
    :raises TexError: with the first error. No PDF is left then, nor anything that a next run
        would read.
    """
    try:
        _run(file, language, moment)
    except BaseException:
        _clear(file)
        raise
    return _report(file.with_suffix(".log"))


def _clear(file: Path) -> None:
    for suffix in (".pdf", *_LEFTOVERS):
        file.with_suffix(suffix).unlink(missing_ok=True)


def _run(file: Path, language: str, moment: int) -> None:
    _ = translations(language).gettext
    folder, log = file.parent, file.with_suffix(".log")
    if not file.with_suffix(".fdb_latexmk").exists():
        log.unlink(missing_ok=True)  # latexmk would believe what a failed run says of its index
    latexmk = [
        "latexmk", "-norc", "-pdfxe", "-interaction=nonstopmode",
        "-e", f"$xelatex = '{_XELATEX}'",
        "-e", "$makeindex = 'makeindex -s python.ist %O -o %D %S'",
        "-e", _NOT_YET,
        file.name,
    ]  # fmt: skip
    try:
        tree = _tree()
        command = cage.confined(latexmk, folder, tree)
        result = _start(command, folder, moment)
        if result.returncode:
            _clear(file)  # else latexmk would not run TeX again
            raise _first_error(result.stdout, log, _refused(command, log, moment))
        xdv.check(file.with_suffix(".xdv"), tree)
        driver = ["xdvipdfmx", "-q", "-E", file.with_suffix(".xdv").name]
        command = cage.confined(driver, folder, tree)
        result = _start(command, folder, moment)
    except subprocess.TimeoutExpired as error:
        message = _("It was not done in {minutes} minutes.").format(minutes=TIME_LIMIT // 60)
        raise TexError(message, None, log) from error
    except xdv.ForbiddenOrderError as error:
        message = _("{order} could read or run what is not of the document.").format(order=error)
        raise TexError(message, None, log) from error
    except xdv.XdvError as error:
        raise TexError(f"{file.with_suffix('.xdv').name}: {error}.", None, log) from error
    if result.returncode or not file.with_suffix(".pdf").is_file():
        raise TexError(result.stdout.strip(), None, log, _refused(command, log, moment))


def _refused(command: list[str], log: Path, moment: int) -> list[str]:
    """Return the files that the cage keeps from *command*, which is run for that. *log* stays."""
    if not cage.is_available():
        return []
    said = log.read_bytes() if log.is_file() else None
    log.unlink(missing_ok=True)  # latexmk would go by it
    try:
        names = _start(refusals.traced(command), log.parent, moment).stdout
    finally:
        if said is not None:
            log.write_bytes(said)
    return names.split("\0")[:-1]


def _tree() -> list[Path]:
    """Return the top folders of the TeX tree, and those of its programs."""
    found = _start(["kpsewhich", "-expand-braces=$TEXMF"], Path()).stdout
    # kpathsea marks with !! what it looks up in an index
    folders = [Path(name.lstrip("!")) for name in found.strip().split(os.pathsep) if name]
    programs = [Path(path).resolve() for path in map(shutil.which, PROGRAMS) if path]
    return [*folders, *dict.fromkeys(program.parent for program in programs)]


def _start(command: list[str], folder: Path, moment: int = 0) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in _UNSAFE}
    settings = {**_SETTINGS, "TMPDIR": str(folder), "SOURCE_DATE_EPOCH": str(moment)}
    with subprocess.Popen(  # noqa: S603  # no shell, and no name from the document is an option
        command,
        cwd=folder,
        env={**inherited, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            output, _none = process.communicate(timeout=TIME_LIMIT)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)  # latexmk, and the TeX that it started
            raise
    return subprocess.CompletedProcess(command, process.returncode, output)


# the line after the message ends with what TeX had just read
_LOCATED = re.compile(
    r"^(?:\./)?(?P<file>[^\n:]+):(?P<line>\d+): (?P<message>.*)(?:\n(?P<read>.*))?", re.MULTILINE
)
_PLAIN = re.compile(r"^! (?P<message>.*)$", re.MULTILINE)


def _first_error(output: str, log: Path, refused: Sequence[str]) -> TexError:
    text = _read(log) or output
    located, plain = _LOCATED.search(text), _PLAIN.search(text)
    here = located is not None and Path(located["file"]).stem == log.stem
    line = int(located["line"]) if located and here else None
    if plain and (not located or plain.start() < located.start()):
        message = plain["message"]
    elif located:
        message = located["message"]
        if message == "Undefined control sequence." and located["read"]:
            message += f" ({located['read'][located['read'].rfind(chr(92)) :].strip()})"
        if line is None:
            message = f"{located['file']}:{located['line']}: {message}"
    else:
        message = (output.strip().splitlines() or ["?"])[-1]
    return TexError(message, line, log, refused)


def _read(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""


_LOST = re.compile(r"^Missing character: There is no (.) \(U\+\w+\) in font (.+)!$", re.MULTILINE)
_DEAD = re.compile(
    r"^LaTeX Warning: (?:Citation|Hyper reference|Reference) `(.+)' on page .+ undefined",
    re.MULTILINE,
)


def _report(log: Path) -> Report:
    text = _read(log)
    # a font is "[name of its file]:features", or the name that TeX has for it
    lost = [
        LostCharacter(character, font.removeprefix("[").partition("]")[0].rpartition("/")[2])
        for character, font in _LOST.findall(text)
    ]
    return Report(list(dict.fromkeys(lost)), list(dict.fromkeys(_DEAD.findall(text))))
