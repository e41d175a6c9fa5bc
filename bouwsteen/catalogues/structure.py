# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compare how documents are built: a translation has the sections and lists of its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx import addnodes

from bouwsteen.catalogues.extraction import TO_AUTHOR
from bouwsteen.catalogues.problems import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

# What is looked at, by the name that it has in a message.
_COUNTED: dict[str, tuple[type[nodes.Element], ...]] = {
    N_("sections"): (nodes.section,),
    N_("list items"): (
        nodes.list_item, nodes.definition_list_item, nodes.field, nodes.option_list_item,
    ),
    N_("table cells"): (nodes.entry,),
    N_("notes"): (nodes.footnote_reference, nodes.citation_reference),
    N_("references"): (addnodes.pending_xref, nodes.reference),
    N_("figures"): (nodes.image,),
}  # fmt: skip


Outline = dict[str, dict[str, list[str]]]  # of each document, for each thing that is looked at


class Difference(NamedTuple):
    """One place where a translation is built otherwise than its source."""

    docname: str
    what: str
    source: str
    translation: str


def outline(env: BuildEnvironment) -> Outline:
    """Describe how each document in *env* is built, in its order."""
    return {
        docname: {
            N_("numbers"): list(_numbers(env, docname)),
            N_("fill-ins and guidance"): list(_asides(env.get_doctree(docname))),
            **{
                what: list(_sizes(env.get_doctree(docname), types))
                for what, types in _COUNTED.items()
            },
        }
        for docname in sorted(env.all_docs)
    }


def differences(source: Outline, translation: Outline) -> list[Difference]:
    """Return where two outlines differ."""
    return [
        Difference(docname, what, " ".join(ours) or "0", " ".join(theirs) or "0")
        for docname, parts in source.items()
        for what, ours in parts.items()
        if (theirs := translation.get(docname, {}).get(what, [])) != ours
    ]


def _numbers(env: BuildEnvironment, docname: str) -> Iterator[str]:
    for anchor, number in env.toc_secnumbers.get(docname, {}).items():
        yield f"{'.'.join(map(str, number))}{'' if anchor else '*'}"
    for kind, numbers in sorted(env.toc_fignumbers.get(docname, {}).items()):
        for number in numbers.values():
            yield f"{kind} {'.'.join(map(str, number))}"


def _asides(tree: nodes.document) -> Iterator[str]:
    """Yield what there is for the author in each place; the order in a sentence is free."""
    for parent in tree.findall(nodes.Element):
        yield from sorted(
            f"{name} {'block' if isinstance(child, nodes.container) else 'phrase'}"
            for child in parent.children
            if isinstance(child, nodes.container | nodes.inline)
            for name in TO_AUTHOR
            if name in child["classes"]
        )


def _sizes(tree: nodes.document, types: tuple[type[nodes.Element], ...]) -> Iterator[str]:
    """Yield how many nodes of *types* there are in each place that holds some, in order."""
    for parent in tree.findall(nodes.Element):
        if count := sum(isinstance(child, types) for child in parent.children):
            yield str(count)
