# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an archive of a document will hold, and what stands in its way before anything is built."""

from __future__ import annotations

import enum
import os
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from bouwsteen import repository, settings
from bouwsteen.archive import mdto, provenance
from bouwsteen.archive.mdto_values import items
from bouwsteen.build import Edition
from bouwsteen.completeness import title_page
from bouwsteen.messages import translations
from bouwsteen.profile import Profile
from bouwsteen.running import BuildError
from bouwsteen.showing import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx.config import Config

ARCHIVE = "archive"  # the folder of the bags, below that of the document
SIDECAR = ".mdto.xml"
SOURCE = "bron"  # the folder of the source in a bag
_LONGEST = 255  # bytes in a file name (POSIX NAME_MAX on all common file systems)
# what a name of a file cannot hold somewhere, on Windows for one
_UNUSABLE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


class ArchiveError(BuildError):
    """The document cannot be archived; the text says why, a line for each reason."""


class Kind(enum.StrEnum):
    """What the source is."""

    TEMPLATE = "template"  # its open places and its guidance are what it is about
    DOCUMENT = "document"


class Plan(NamedTuple):
    """What will be archived."""

    root: Path
    config: Config
    kind: Kind
    identifier: str
    commit: repository.Commit
    editions: list[Edition]

    @property
    def bag(self) -> Path:
        """Where the bag goes."""
        return self.root / ARCHIVE / self.identifier

    @property
    def values(self) -> dict[str, Any]:
        """What the organisation says of the document."""
        return dict(self.config.bouwsteen_mdto)

    @property
    def reference(self) -> mdto.Reference:
        """What others call the document."""
        return mdto.Reference(self.config.project, *_identification(self.config))

    def describe(self) -> list[str]:
        """Say what would be made, a line each."""
        _ = translations(self.config.language).gettext
        what = _("Would make {bag} from commit {commit}, with:")
        if self.bag.exists():
            what = _("Would make {bag} again from commit {commit}, and compare it; with:")
        bag = os.path.relpath(self.bag)
        lines = [what.format(bag=bag, commit=self.commit.id[:12])]
        lines += [f"  {self.name(edition)}" for edition in self.editions]
        lines.append(
            _(
                "and with metadata, source, reports and checksums; after a check of translations, "
                "text and PDFs."
            )
        )
        return lines

    def name(self, edition: Edition) -> str:
        """Return the name of the PDF of *edition* in the bag."""
        profile = f"{edition.profile}-" if self.kind is Kind.TEMPLATE else ""
        return f"{self.identifier}-{profile}{edition.language}.pdf"


def plan(root: Path, engine: str) -> Plan:
    """Plan an archive of the document in *root*, as it is committed.

    A template is archived in both profiles, a document as final only; both in their own language
    and each one that is declared complete.

    :raises ArchiveError: with all that stands in the way.
    """
    config = settings.read(root)
    _ = translations(config.language).gettext
    try:
        kind = Kind(config.bouwsteen_kind)
    except ValueError:
        raise ArchiveError(
            _('bouwsteen_kind in conf.py must be "template" or "document", not "{kind}".').format(
                kind=config.bouwsteen_kind
            )
        ) from None
    obstacles = list(_of_source(root, config.language))
    if missing := mdto.missing(config.bouwsteen_mdto):
        obstacles.append(
            _("bouwsteen_mdto in conf.py lacks what an archive must know: {names}.").format(
                names=", ".join(missing)
            )
        )
    if not config.version:
        obstacles.append(_("version in conf.py is empty."))
    if kind is Kind.DOCUMENT:
        obstacles += [
            _("{name} in conf.py is not filled in yet.").format(name=name)
            for name in title_page.unfilled(config)
        ]
    if obstacles:
        raise ArchiveError("\n".join(obstacles))
    profiles = list(Profile) if kind is Kind.TEMPLATE else [Profile.FINAL]
    languages = dict.fromkeys([config.language, *config.bouwsteen_complete_languages])
    made = Plan(
        root=root,
        config=config,
        kind=kind,
        identifier=_identifier(config),
        commit=repository.head(root),
        editions=[
            Edition(engine, profile, language) for profile in profiles for language in languages
        ],
    )
    _check_names(made)
    _check_version(made)
    return made


def _of_source(root: Path, language: str) -> Iterator[str]:
    """Say what of the source is not committed."""
    _ = translations(language).gettext
    try:
        repository.head(root)
        changed = repository.uncommitted(root, ARCHIVE)
    except repository.RepositoryError as error:
        yield _("What is archived must be committed, and git says: {message}").format(message=error)
        return
    if changed:
        yield _("Commit these first: {names}.").format(names=listed(changed))


def _identification(config: Config) -> tuple[str, str]:
    """Return the organisation's mark of the document, the first one, and where it is from."""
    first = items(config.bouwsteen_mdto["identificatie"])[0]
    return first["identificatieKenmerk"], first["identificatieBron"]


def _identifier(config: Config) -> str:
    """Return the name of the bag: the document's mark and its version, fit for a file name."""
    mark, _source = _identification(config)
    text = unicodedata.normalize("NFC", f"{mark}-{config.version}")
    name = _UNUSABLE.sub("-", " ".join(text.split())).strip(" .-")
    if not name:
        _ = translations(config.language).gettext
        raise ArchiveError(
            _('identificatieKenmerk in conf.py gives no name for a folder: "{mark}".').format(
                mark=mark
            )
        )
    return name


def _check_names(made: Plan) -> None:
    names = [made.name(edition) + SIDECAR for edition in made.editions]
    longest = max(names, key=lambda name: len(os.fsencode(name)))
    length = len(os.fsencode(longest))
    if length > _LONGEST:
        _ = translations(made.config.language).gettext
        raise ArchiveError(
            _(
                "identificatieKenmerk in conf.py is too long for a file name: {name} is {length} "
                "bytes, {most} is the most."
            ).format(name=longest, length=length, most=_LONGEST)
        )


def _check_version(made: Plan) -> None:
    """Refuse a version that has been archived from another commit."""
    if not made.bag.exists():
        return
    _ = translations(made.config.language).gettext
    archived = provenance.commit_of(made.bag)
    if archived != made.commit.id:
        raise ArchiveError(
            _(
                "{bag} is there already, made from another state of the document ({commit}): "
                "raise version in conf.py, and commit."
            ).format(bag=os.path.relpath(made.bag), commit=(archived or "?")[:12])
        )
