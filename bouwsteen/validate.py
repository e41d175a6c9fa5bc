# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Check PDFs on PDF/A-2b (ISO 19005-2:2011, level B), and on what that standard leaves open.

veraPDF checks the standard, in another process, as it brings Java along; the rest is checked here.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pikepdf

from bouwsteen import extras, metadata
from bouwsteen.catalogues.problems import N_, Problem, problem
from bouwsteen.messages import FALLBACK, translations
from bouwsteen.running import BuildError
from bouwsteen.showing import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TIME_LIMIT = 5 * 60  # seconds a file; a thousand pages take half a minute


class ValidatorError(BuildError):
    """What validates did not come to its end: nothing is known of any of the files."""


@dataclasses.dataclass(frozen=True)
class Failure:
    """A rule of the standard that a file breaks."""

    clause: str  # of ISO 19005-2
    test: int  # veraPDF's number of the rule in the clause
    count: int  # places where it is broken
    message: str  # the rule


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What there is to say of a file."""

    path: Path
    validator: str  # its name and version
    profile: str  # PDF/A-2B
    checks: int  # how much was looked at
    failures: tuple[Failure, ...]
    problems: tuple[Problem, ...]  # beyond the standard

    @property
    def passed(self) -> bool:
        """Whether there is nothing against the file."""
        return not self.failures and not self.problems

    def describe(self, _: Callable[[str], str]) -> list[str]:
        """Say what there is against the file, each in a line, in the words of *_*.

        Rules are in English, as veraPDF says them.
        """
        findings = [
            f"{failure.clause}-{failure.test} ({failure.count}\u00d7): {failure.message}"
            for failure in self.failures
        ]
        findings += [problem.describe(_) for problem in self.problems]
        return [printable(f"{self.path}: {finding}") for finding in findings]

    def as_json(self) -> dict[str, Any]:
        """Return all this for a report that is the same on every machine, in English."""
        return {
            "file": self.path.name,
            "validator": self.validator,
            "profile": self.profile,
            "passed": self.passed,
            "checks": self.checks,
            "failures": [dataclasses.asdict(failure) for failure in self.failures],
            "problems": [problem.describe(str) for problem in self.problems],
        }


def validate(paths: Sequence[Path], language: str = FALLBACK) -> list[Verdict]:
    """Check the files at *paths*: return a verdict of each, in that order.

    A file that cannot be read has a verdict too.

    :param language: what errors are told in.
    :raises extras.MissingError: if the packages of the extra ``archive`` are not installed.
    :raises ValidatorError: if veraPDF crashes, or takes too long.
    """
    if not paths:
        return []
    result = _run_verapdf(paths, language)
    return [
        _verdict(path, result["validator"], result["profile"], file)
        for path, file in zip(paths, result["files"], strict=True)
    ]


def _run_verapdf(paths: Sequence[Path], language: str) -> Any:
    """Return what `bouwsteen.verapdf` has to say of the files at *paths*."""
    _ = translations(language).gettext
    extras.require(extras.VALIDATOR, language)
    command = [
        sys.executable,
        "-P",  # no module out of the folder where this is run
        "-m",
        "bouwsteen.verapdf",
        *(str(path.absolute()) for path in paths),
    ]
    try:
        child = subprocess.run(  # noqa: S603  # no shell, and absolute paths are no options
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIME_LIMIT * len(paths),
            check=True,
        )
        return json.loads(child.stdout)
    except subprocess.TimeoutExpired as error:
        reason = _("more than {seconds} seconds").format(seconds=round(error.timeout))
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode("utf-8", "replace").split("\n")
        reason = next((line for line in reversed(lines) if line.strip()), str(error))
    raise ValidatorError(_("veraPDF stopped: {reason}").format(reason=printable(reason)))


def _verdict(path: Path, validator: str, profile: str, file: Any) -> Verdict:
    """Return the verdict of the file at *path*, of which veraPDF says what stands in *file*."""
    if file["unreadable"]:
        problems = [problem(N_("cannot be read: {reason}"), reason=file["unreadable"])]
    else:
        problems = _own_findings(path)
    failures = tuple(Failure(**failure) for failure in file["failures"])
    return Verdict(path, validator, profile, file["checks"], failures, tuple(problems))


def _own_findings(path: Path) -> list[Problem]:
    try:
        with path.open("rb") as file, pikepdf.open(file) as pdf:  # it does not take all paths
            return metadata.disagreements(metadata.read(pdf))
    except pikepdf.PikepdfError as error:
        return [problem(N_("cannot be read: {reason}"), reason=metadata.reason_of(error))]
