# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands on the title page.

The values come from one place, the top of ``conf.py``. From here they reach the title page of
every engine, the metadata of the PDF, and the text (``|title|``, ``|municipalities|``, …).
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.transforms import SphinxTransform

from bouwsteen import languages, messages, profile

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


@dataclasses.dataclass(frozen=True)
class Identity:
    """A document's identity, in the words of its language."""

    title: str
    subtitle: str
    author: str
    version: str
    date: str
    municipalities: str

    @classmethod
    def of(cls, config: Config) -> Identity:
        """Read the identity from *config*, whose ``language`` decides how it is written."""
        return cls(
            title=config.project,
            subtitle=config.bouwsteen_subtitle,
            author=config.author,
            version=config.version,
            date=languages.format_date(_date(config), config.language),
            municipalities=languages.format_list(config.bouwsteen_municipalities, config.language),
        )

    def details(self, config: Config) -> list[tuple[str, str]]:
        """Return the rows below the title: pairs of a label and a value, none of them empty.

        A draft asks for municipalities that are not filled in yet.
        """
        _ = messages.of(config).gettext
        municipalities = self.municipalities
        if not municipalities and profile.current(config) is profile.Profile.DRAFT:
            municipalities = f"[{_('names of the municipalities that take part')}]"
        rows = [
            (_("Municipalities"), municipalities),
            (_("Author"), self.author),
            (_("Version"), self.version),
            (_("Date"), self.date),
        ]
        return [(label, value) for label, value in rows if value]


def _date(config: Config) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(config.bouwsteen_date))
    except ValueError:
        _ = messages.of(config).gettext
        raise ConfigError(
            _(
                'bouwsteen_date in conf.py must be a date as year-month-day ("2006-05-17"), '
                'not "{value}".'
            ).format(value=config.bouwsteen_date)
        ) from None


def check(_app: Sphinx, config: Config) -> None:
    """Complete Sphinx's own values, and refuse a date that is none (event ``config-inited``).

    :raises ConfigError: if ``bouwsteen_date`` is not an ISO 8601 date.
    """
    _date(config)
    if not config.release:
        config.release = config.version


class IdentitySubstitutions(SphinxTransform):
    """Replace ``|title|`` and the others, in the way of Sphinx's own ``|version|``."""

    default_priority = 209  # before Sphinx's DefaultSubstitutions, which knows |version|

    def apply(self, **_kwargs: Any) -> None:
        """Replace the references that the document does not define itself."""
        values = dataclasses.asdict(Identity.of(self.config))
        for reference in list(self.document.findall(nodes.substitution_reference)):
            name = reference["refname"]
            if name in values and name not in self.document.substitution_defs:
                reference.replace_self(nodes.Text(values[name]))
