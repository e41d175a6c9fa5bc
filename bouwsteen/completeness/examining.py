# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Look at a whole document, as Sphinx read it in either profile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bouwsteen.completeness import conflicts, misplaced_text, oddities, prose, sections, title_page
from bouwsteen.completeness.findings import Chapter, Finding, Kind, Report
from bouwsteen.fill_in import open_places
from bouwsteen.template import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from bouwsteen.template.record import Record, Said

_TEXTS = {".rst", ".inc", ".txt"}


def examine(env: BuildEnvironment, root: Path, language: str) -> Report:
    """Report what is open in the document in the folder *root*, which was read into *env*.

    :param language: to report in.
    """
    return Report(root, language, list(_chapters(env, root)))


def _chapters(env: BuildEnvironment, root: Path) -> Iterator[Chapter]:
    if env.config.bouwsteen_kind == "document":
        yield Chapter("", title_page.findings(env.config, root))
    known = record.load(root)
    prompts = list(dict.fromkeys([
        *(place.prompt for place in open_places(env)),
        *(aside.text for aside in _theirs(known) if aside.kind == record.FILL_IN),
    ]))  # fmt: skip
    for docname in _in_order(env):
        findings = list(_findings(env, docname, root, known, prompts))
        yield Chapter(_title(env, docname), _sorted(findings))


def _theirs(known: Record | None) -> Iterator[Said]:
    for asides in known.asides.values() if known else ():
        yield from asides


def _findings(
    env: BuildEnvironment, docname: str, root: Path, known: Record | None, prompts: list[str]
) -> Iterator[Finding]:
    is_document = env.config.bouwsteen_kind == "document"
    path = Path(env.doc2path(docname))
    tree = env.get_doctree(docname)
    name = path.relative_to(root).as_posix()
    changed = []
    if known and name in known.asides:
        changed = list(misplaced_text.changed(path, record.read_asides(path), known.asides[name]))
    yield from changed
    told = {finding.text for finding in changed}
    places = [  # docutils names an included file as seen from here
        (Path(place.source).absolute(), place.line, place.prompt)
        for place in open_places(env, docname)
    ]
    for source, line, prompt in places:
        if " ".join(prompt.split()) not in told:
            yield Finding(Kind.FILL_IN, source, line, prompt)
    yield from conflicts.findings(_files(env, docname))
    open_ = {(source, line) for source, line, _prompt in places}
    for finding in sections.findings(tree, path, open_):
        # in a template guidance stands where an introduction may come
        if is_document or finding.kind is not Kind.NO_INTRODUCTION:
            yield finding
    for block in prose.blocks(tree, path):
        yield from misplaced_text.left_behind(block, prompts)
        yield from oddities.findings(block)


def _files(env: BuildEnvironment, docname: str) -> list[Path]:
    """Return the files with the text of a document: its own, and those that it includes."""
    included = [Path(env.srcdir, name) for name in sorted(env.dependencies[docname])]
    texts = [path for path in included if path.suffix in _TEXTS and path.is_file()]
    return [Path(env.doc2path(docname)), *texts]


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (each.path, each.line))


def _in_order(env: BuildEnvironment) -> list[str]:
    """Return the names of the documents in the order of the tables of contents, then the rest."""
    order: dict[str, None] = {}

    def visit(docname: str) -> None:
        if docname not in order:
            order[docname] = None
            for child in env.toctree_includes.get(docname, ()):
                visit(child)

    visit(env.config.root_doc)
    return [*(name for name in order if name in env.all_docs), *sorted(env.all_docs.keys() - order)]


def _title(env: BuildEnvironment, docname: str) -> str:
    number = ".".join(map(str, env.toc_secnumbers.get(docname, {}).get("", ())))
    return f"{number} {env.titles[docname].astext()}".strip()
