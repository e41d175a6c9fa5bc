# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Repositories of git, real ones."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NOON = 1_750_000_000  # the first commit's time; each one after is a day later
DAY = 24 * 60 * 60


def git(folder: Path, *arguments: str, time: int = NOON) -> str:
    """Run git in *folder*, as a writer of no system settings."""
    date = f"{time} +0200"
    environment = {
        **os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
    }  # fmt: skip
    identity = ["-c", "user.name=A. Schrijver", "-c", "user.email=a@example.org"]
    return subprocess.run(
        ["git", *identity, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip


def commit(folder: Path, time: int = NOON) -> str:
    """Commit whatever is in *folder*, a repository from now on; return the commit."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=Een stand", time=time)
    return git(folder, "rev-parse", "HEAD")
