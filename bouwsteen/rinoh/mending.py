# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mend rinohtype while our builder renders, and only then."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from rinoh.flowable import LabeledFlowable
from rinoh.layout import EndOfContainer

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def frames_to_the_foot_of_the_page() -> Iterator[None]:
    """Let a frame go on to the foot of the page where what it holds goes on overleaf.

    In rinohtype 0.5.6 an item of a list that breaks over two pages takes no height on the first,
    so that the tint and the rule around it stop above it (``LabeledFlowable.render``).
    """
    upstream = LabeledFlowable.render

    def render(self: Any, container: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return upstream(self, container, *args, **kwargs)
        except EndOfContainer as end:
            if not end.flowable_state.initial:
                container.advance2(float(container.remaining_height), ignore_overflow=True)
            raise

    LabeledFlowable.render = render
    try:
        yield
    finally:
        LabeledFlowable.render = upstream
