# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of the two profiles is on.

The *draft* shows guidance and prompts, the *final* profile builds as if they had never been
written. The profile is a config value that Sphinx watches (``rebuild='env'``), not a tag: a tag
leaves what was read under the other profile in the environment.
"""

from __future__ import annotations

import enum
import shutil
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

MARKER = ".bouwsteen-profile"  # in an output folder: what it holds
UNFINISHED = "unfinished"


class Profile(enum.StrEnum):
    """The two ways to build a document."""

    DRAFT = "draft"
    FINAL = "final"


def check(_app: Sphinx, config: Config) -> None:
    """Refuse a profile that does not exist (event ``config-inited``).

    :raises ConfigError: naming the two profiles there are.
    """
    try:
        Profile(config.bouwsteen_profile)
    except ValueError:
        names = " or ".join(repr(str(profile)) for profile in Profile)
        raise ConfigError(
            f"bouwsteen_profile must be {names}, not {config.bouwsteen_profile!r}"
        ) from None


def current(config: Config) -> Profile:
    """Return the profile that *config* asks for."""
    return Profile(config.bouwsteen_profile)


def keeps_guidance(env: BuildEnvironment) -> bool:
    """Tell whether guidance and prompts are part of what is read into *env*.

    Extraction of messages always reads them: under a profile that drops them, sphinx-intl would
    retire their translations.
    """
    return bool(env.bouwsteen_keeps_guidance)  # type: ignore[attr-defined]


def decide(app: Sphinx) -> None:
    """Decide what `keeps_guidance` tells, before anything is read (event ``builder-inited``).

    Sphinx reads every document again when the profile changes, and never lets gettext share its
    doctrees with another builder.
    """
    app.env.bouwsteen_keeps_guidance = (  # type: ignore[attr-defined]
        current(app.config) is Profile.DRAFT or app.builder.name == "gettext"
    )


def begin_output(app: Sphinx) -> None:
    """Empty an output folder that holds something else (event ``builder-inited``).

    Sphinx never deletes an output file: images, downloads and index pages of a draft would stay
    beside the pages of a final build, and what a build that broke off was writing would be taken
    for whole. Only a folder that carries our own mark is touched.
    """
    marker = app.outdir / MARKER
    if marker.is_file() and marker.read_text(encoding="utf-8").strip() != current(app.config):
        for path in app.outdir.iterdir():
            if path in app.doctreedir.parents or path == app.doctreedir:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    app.outdir.mkdir(parents=True, exist_ok=True)
    marker.write_text(f"{UNFINISHED}\n", encoding="utf-8")


def end_output(app: Sphinx, exception: Exception | None) -> None:
    """Note what the output folder holds, if all is written (event ``build-finished``)."""
    if exception is None:
        (app.outdir / MARKER).write_text(f"{current(app.config)}\n", encoding="utf-8")
