# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Put attributes of our own in classes and modules of others for a while."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NOTHING = object()


@contextlib.contextmanager
def replaced(owner: Any, **attributes: Any) -> Iterator[None]:
    """Have *owner*, a class or a module, hold *attributes*; then what it had, or nothing, again."""
    upstream = {name: vars(owner).get(name, _NOTHING) for name in attributes}
    for name, attribute in attributes.items():
        if isinstance(attribute, Once):
            attribute.__set_name__(owner, name)
        setattr(owner, name, attribute)
    try:
        yield
    finally:
        for name, attribute in upstream.items():
            if attribute is _NOTHING:
                delattr(owner, name)
            else:
                setattr(owner, name, attribute)


class Once:
    """An attribute that is worked out the first time that it is asked of an object."""

    def __init__(self, work_out: Callable[[Any], Any]) -> None:
        self._work_out = work_out
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: Any, _type: object = None) -> Any:
        value = vars(owner)[self._name] = self._work_out(owner)
        return value
