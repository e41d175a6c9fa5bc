# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Render a release of a template with the answers to its questions, by Copier.

Copier gets a plain folder, no repository: which release that is, we know, and the address of the
template too. Nothing of the template is run, and no setting of the user counts.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from typing import TYPE_CHECKING, Any

import copier
import yaml
from copier.errors import CopierError
from jinja2 import TemplateError as JinjaError
from questionary import prompts

from bouwsteen.messages import translations
from bouwsteen.showing import shown
from bouwsteen.template import record
from bouwsteen.template.releases import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bouwsteen.template.releases import Release, Template

ANSWERS = ".copier-answers.yml"  # in a document
_ADDRESS, _RELEASE = "_src_path", "_commit"  # Copier's names in it
# what Copier says, in ValueErrors
_MISSING = re.compile(r'Question "(?P<name>.+)" is required')
_WRONG = re.compile(r"Validation error for question '(?P<name>.+?)': (?P<reason>.+)", re.DOTALL)


def render(
    template: Template, release: Release, folder: Path, answers: Mapping[str, Any], *, ask: bool
) -> list[str]:
    """Render *release* to *folder*, with a record of what it says to the author.

    :param answers: those that are known, by the names of the questions.
    :param ask: put the other questions to the user; else each gets its default.
    :returns: the names of all questions.
    :raises TemplateError: if an answer is lacking, or wrong, or the template cannot be rendered.
    :raises KeyboardInterrupt: if the user wants no more questions.
    """
    _ = translations(template.language).gettext
    source = folder.with_name(f"{folder.name}.source")
    template.export(release, source)
    known = {**answers, _ADDRESS: template.address, _RELEASE: release.name}
    try:
        with _quiet():
            worker = copier.run_copy(
                str(source), folder, known, defaults=not ask, quiet=True, overwrite=True,
                settings=copier.Settings(),
            )  # fmt: skip
    except KeyboardInterrupt:
        raise KeyboardInterrupt from None  # Copier's own carries the template along
    except (CopierError, JinjaError, ValueError, TypeError, yaml.YAMLError) as error:
        raise _described(error, _) from error
    record.write(folder, release.name)
    return list(worker.template.questions_data)


def answers_of(root: Path, language: str) -> tuple[str, str, dict[str, Any]]:
    """Return what the document in *root* is made of: template, release and answers.

    :raises TemplateError: if it does not say so.
    """
    try:
        answers = yaml.safe_load((root / ANSWERS).read_text(encoding="utf-8"))
        address, release = str(answers.pop(_ADDRESS)), str(answers.pop(_RELEASE))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError):
        _ = translations(language).gettext
        raise TemplateError(
            _(
                "This folder holds no document that was made with make new: {file} is missing, or "
                "not readable."
            ).format(file=ANSWERS)
        ) from None
    return address, release, answers


def _described(error: Exception, _: Any) -> TemplateError:
    text = str(error)
    if found := _MISSING.fullmatch(text):
        message = _('"{name}" is not answered yet: give it with --data {name}="…".')
        return TemplateError(message.format(name=shown(found["name"])))
    if found := _WRONG.fullmatch(text):
        message = _('The answer to "{name}" does not fit. {reason}')
        return TemplateError(
            message.format(name=shown(found["name"]), reason=shown(found["reason"]))
        )
    message = _("The template cannot be rendered: {reason}")
    return TemplateError(message.format(reason=shown(f"{type(error).__name__}: {text}")))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the English of Copier from the user."""
    ask: Any = prompts.AVAILABLE_PROMPTS["input"]

    def ask_in_dutch(*arguments: Any, validate: Any = None, **options: Any) -> Any:
        def verdict(answer: str) -> Any:
            found = _WRONG.fullmatch(str(result := validate(answer)))
            return found["reason"] if found else result

        return ask(*arguments, validate=validate and verdict, **options)

    prompts.AVAILABLE_PROMPTS["input"] = ask_in_dutch
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        prompts.AVAILABLE_PROMPTS["input"] = ask
