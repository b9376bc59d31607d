"""What every field shares."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from wtforms import Field
from wtforms import Form as PlainForm
from wtforms.validators import StopValidation

T = TypeVar("T")


class PageField(Field):
    """What all fields share: a hint, whether blank will do, and the component's own parameters (`look`).

    A field that may stay blank says "(optional)" beside its label. One that is `is_conditional` doesn't: blank will do
    in some cases only, and its form looks to it.
    """

    verb: ClassVar[str] = "Enter"
    errors: Sequence[Any]
    typed: Any = None

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        required: bool | str = True,
        is_conditional: bool = False,
        look: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.hint = hint
        self.required = False if is_conditional else required
        self.is_conditional = is_conditional
        self.look = {name: value for name, value in (look or {}).items() if value is not None}

    @property
    def title(self) -> str:
        """The label as the page shows it."""
        return f"{self.label.text}{'' if self.required or self.is_conditional else ' (optional)'}"

    @property
    def target(self) -> str:
        """The id of the box to put right, for the error summary."""
        return str(self.id)

    @property
    def shown(self) -> Any:
        """What stands in the box, or is ticked or chosen on the page."""
        return self.data

    def is_blank(self) -> bool:
        """Whether nothing was typed, ticked or chosen."""
        return not self.data

    def pre_validate(self, form: PlainForm) -> None:  # noqa: ARG002 - WTForms gives it to every field
        """Stop at what could not be read, and at a blank; only a value that was read meets the validators."""
        if self.process_errors:
            raise StopValidation
        if self.is_blank():
            raise StopValidation(self._missing() if self.required else None)

    def _missing(self) -> str:
        label = str(self.label.text)
        return self.required if isinstance(self.required, str) else f"{self.verb} {label[:1].lower()}{label[1:]}"


class Given(Generic[T]):
    """A field whose `data` is None when it is blank."""

    data: T | None

    @property
    def given(self) -> T:
        """The answer, in a form that was valid and where it is required."""
        if self.data is None:
            raise LookupError("a field's answer was asked for before its form was valid")
        return self.data
