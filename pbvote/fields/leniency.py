"""Strictness in templates, with the one exception that components need."""

from collections.abc import Iterator
from typing import Any, Final

from jinja2 import Undefined

# `caller` is not there in a macro that was called without a body; the other two are what the GOV.UK macros, which were
# translated from JavaScript, compare a missing option with.
_NEVER_SET: Final = frozenset({"caller", "undefined", "null"})


class StrictButForOptions(Undefined):
    """A name that nobody set is an error, but an option left out of a component's dictionary is simply not there.

    The GOV.UK macros, and our own parts in their manner, ask for every option they know.
    """

    # No attributes of its own: Jinja makes one for every gap that it meets.
    __slots__ = ()

    def _refuse_unless_option(self) -> None:
        if not isinstance(self._undefined_obj, dict) and self._undefined_name not in _NEVER_SET:
            self._fail_with_undefined_error()

    def __bool__(self) -> bool:
        self._refuse_unless_option()
        return super().__bool__()

    def __str__(self) -> str:
        self._refuse_unless_option()
        return super().__str__()

    def __len__(self) -> int:
        self._refuse_unless_option()
        return super().__len__()

    def __iter__(self) -> Iterator[Any]:
        self._refuse_unless_option()
        return super().__iter__()

    def __eq__(self, other: object) -> bool:
        self._refuse_unless_option()
        return super().__eq__(other)

    def __hash__(self) -> int:
        self._refuse_unless_option()
        return super().__hash__()
