# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Slips of the pen in reStructuredText, found by sphinx-lint and said in the writer's language."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import sphinxlint
from sphinxlint.checkers import all_checkers

from bouwsteen.catalogues.problems import N_
from bouwsteen.messages import translations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# not for prose: a long line, and text between single backticks, are as good as any; the line ends
# of Windows are gone when a file is read; the last two are about roles for code
LEFT_OUT = {
    "line-too-long", "default-role", "carriage-return", "exclamation-and-tilde",
    "unnecessary-parentheses",
}  # fmt: skip

MESSAGES = {
    "missing-backtick-after-role": N_("a backtick (`) is missing after the text of a role"),
    "missing-space-after-literal": N_("a space is missing after ``…``"),
    "unbalanced-inline-literals-delimiters": N_("the backticks around ``…`` are not in pairs"),
    "directive-with-three-dots": N_("a directive begins with two dots, not three"),
    "directive-missing-colons": N_("two colons are missing after the name of a directive"),
    "missing-space-after-role": N_("a space is missing after a role"),
    "role-without-backticks": N_("the text of a role stands between backticks: :role:`text`"),
    "backtick-before-role": N_("there is a backtick too many before a role"),
    "missing-space-in-hyperlink": N_("a space is missing before < in a link"),
    "missing-underscore-after-hyperlink": N_("a link ends in `_ or `__"),
    "role-with-double-backticks": N_("a role takes one backtick at each end, not two"),
    "role-with-extra-backtick": N_("there is a backtick too many in a role"),
    "missing-space-before-role": N_("a space is missing before a role"),
    "missing-space-before-default-role": N_("a space is missing before `…`"),
    "hyperlink-reference-missing-backtick": N_("a backtick (`) is missing before a link"),
    "missing-colon-in-role": N_("a colon is missing in a role: :role:`text`"),
    "horizontal-tab": N_("there is a tab here: use spaces"),
    "trailing-whitespace": N_("there are spaces at the end of the line: take them away"),
    "missing-final-newline": N_("the last line of a file ends with Enter"),
    "triple-backticks": N_("``` is Markdown: use a directive for code, or `` in a sentence"),
    "bad-dedent": N_("this line has less indent than the block that it stands in"),
    "dangling-hyphen": N_("a hyphen at the end of a line becomes a hyphen and a space"),
}


def findings(folder: Path, language: str) -> Iterator[str]:
    """Yield a line in *language* for each slip in the sources below *folder*."""
    _ = translations(language).gettext
    checkers = [checker for name, checker in all_checkers.items() if name not in LEFT_OUT]
    for path in sorted(folder.rglob("*.rst")):
        where = os.path.relpath(path)
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            yield _("{where}: this file is not UTF-8: save it as UTF-8").format(where=where)
            continue
        errors = sphinxlint.check_text(str(path), text, checkers)
        for error in sorted(errors, key=lambda each: (each.line_no, each.checker_name)):
            # a check that is new in sphinx-lint speaks English
            message = _(MESSAGES.get(error.checker_name, error.msg))
            yield f"{where}:{error.line_no}: {message}"
