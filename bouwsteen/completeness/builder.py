# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Sphinx builder ``completeness``, in the way of ``linkcheck``.

It writes ``output.txt`` and ``output.json``, and fails (exit code 1) if the document is not
complete. Hints do not count.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.dummy import DummyBuilder
from sphinx.util import logging

from bouwsteen.completeness.examining import examine

if TYPE_CHECKING:
    from bouwsteen.completeness.findings import Report

logger = logging.getLogger(__name__)


class CompletenessBuilder(DummyBuilder):
    """Looks at what was read, and writes a report."""

    name = "completeness"
    epilog = ""
    report: Report

    def finish(self) -> None:
        """Examine the document, and report."""
        self.report = examine(self.env, Path(self.confdir), self.config.language)
        text = self.report.as_text()
        written = {
            "output.txt": f"{text}\n",
            "output.json": json.dumps(self.report.as_json(), indent=2, ensure_ascii=False) + "\n",
        }
        for name, content in written.items():
            Path(self.outdir, name).write_text(content, encoding="utf-8")
        logger.info(text)
        if not self.report.is_complete:
            self._app.statuscode = 1
