"""Strictness in templates, with the exceptions that components need."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from jinja2 import Environment, PackageLoader, Template, Undefined


class ComponentLoader(PackageLoader):
    """Loads a package's templates into an environment of their own, where a name that nobody set is nothing.

    The GOV.UK macros were translated from JavaScript and read names that they may not have set.
    """

    _lenient: Environment | None = None

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        # Made at the first load, when the app has given its environment every filter and extension.
        if self._lenient is None:
            self._lenient = environment.overlay(undefined=Undefined)
        return super().load(self._lenient, name, globals)


class StrictButForOptions(Undefined):
    """A name that nobody set is an error, but an option left out of a component's dictionary is simply not there.

    Our own parts ask for every option they know, and for a `caller` that is there only when they have a body.
    """

    # No attributes of its own: Jinja makes one for every gap that it meets.
    __slots__ = ()

    def _refuse_unless_option(self) -> None:
        if not isinstance(self._undefined_obj, dict) and self._undefined_name != "caller":
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
