"""What every field shares, and the fields for words."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar, Final

from email_validator import EmailNotValidError, validate_email
from wtforms import Field
from wtforms import Form as PlainForm
from wtforms.validators import StopValidation

from pbvote.fields import widgets

Validators = Sequence[Callable[..., None]]


LONGEST_WORD: Final = 25
"""Characters; a text of a hundred words is no longer than as many such."""

# No database keeps a NUL, and what nobody sees (a mark that turns the text around, a blank without width) only
# deceives. The joiners of Urdu and Persian, U+200C and U+200D, stay.
_UNSEEN: Final = dict.fromkeys([0, 0x200B, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class PageField(Field):
    """What all fields share: a hint, whether blank will do, and the component's own parameters (`look`)."""

    verb: ClassVar[str] = "Enter"
    errors: Sequence[Any]
    typed: Any = None

    def __init__(
        self,
        label: str,
        validators: Validators = (),
        *,
        hint: str = "",
        required: bool | str = True,
        look: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, validators, **options)
        self.hint = hint
        self.required = required
        self.look = {name: value for name, value in (look or {}).items() if value is not None}

    @property
    def target(self) -> str:
        """The id of the box to put right, for the error summary."""
        return str(self.id)

    def is_blank(self) -> bool:
        """Whether nothing was typed, ticked or chosen."""
        return not (self.data if self.typed is None else self.typed)

    def pre_validate(self, form: PlainForm) -> None:  # noqa: ARG002 - WTForms gives it to every field
        """Stop at what could not be read, and at a blank; only a value that was read meets the validators."""
        if self.process_errors:
            raise StopValidation
        if self.is_blank():
            raise StopValidation(self._missing() if self.required else None)

    def _missing(self) -> str:
        label = str(self.label.text)
        return self.required if isinstance(self.required, str) else f"{self.verb} {label[:1].lower()}{label[1:]}"


class TextField(PageField):
    """One line of text; `data` is a `str`, "" when blank."""

    widget = staticmethod(widgets.text_input)
    data: Any

    def __init__(
        self,
        label: str,
        validators: Validators = (),
        *,
        width: int | None = None,
        autocomplete: str | None = None,
        inputmode: str | None = None,
        prefix: str | None = None,
        suffix: str | None = None,
        max_length: int = 200,
        look: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        own = {
            "classes": f"govuk-input--width-{width}" if width else None,
            "autocomplete": autocomplete,
            "inputmode": inputmode,
            "prefix": {"text": prefix} if prefix else None,
            "suffix": {"text": suffix} if suffix else None,
        }
        super().__init__(label, validators, look=own | dict(look or {}), **options)
        self.max_length = max_length

    @property
    def called(self) -> str:
        """What a refusal calls it: its label, unless that is a question."""
        label = str(self.label.text)
        return self.noun if label.endswith("?") else label

    @property
    def shown(self) -> str:
        """What stands in the box: what was typed, or else the value."""
        return self.show(self.data) if self.typed is None else self.typed

    def process_formdata(self, valuelist: list[Any]) -> None:
        # Browsers send line ends as two characters, which would count twice.
        sent = str(valuelist[0]) if valuelist else ""
        self.typed = sent.translate(_UNSEEN).replace("\r\n", "\n")
        self.data = None
        text = self.typed.strip()
        if len(text) > self.max_length:
            raise ValueError(f"{self.called} must be {self.max_length:,} characters or fewer")
        self.data = self.read(text) if text else self.blank

    def process_data(self, value: Any) -> None:
        self.data = self.blank if value is None else value

    def is_blank(self) -> bool:
        return not (self.show(self.data) if self.typed is None else self.typed.strip())

    blank: ClassVar[Any] = ""
    noun: ClassVar[str] = "This"

    def read(self, text: str) -> Any:
        """The value of what was typed; raises `ValueError` with a sentence."""
        return text

    def show(self, data: Any) -> str:
        """The value as it would be typed."""
        return "" if data is None else str(data)


class TextArea(TextField):
    """Several lines of text; `max_words` or `max_length` (characters) is counted while typing where scripts run."""

    widget = staticmethod(widgets.text_area)
    data: str

    def __init__(
        self,
        label: str,
        validators: Validators = (),
        *,
        rows: int = 5,
        max_words: int | None = None,
        max_length: int | None = None,
        look: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        own = {"rows": rows, "maxwords": max_words, "maxlength": None if max_words else max_length}
        own_limit = max_words * LONGEST_WORD if max_words else 20_000
        super().__init__(label, validators, max_length=max_length or own_limit, look=own | dict(look or {}), **options)
        self.max_words = max_words

    def read(self, text: str) -> str:
        if self.max_words and len(text.split()) > self.max_words:
            raise ValueError(f"{self.called} must be {self.max_words:,} words or fewer")
        return text


def read_email(text: str) -> str:
    """The e-mail address that was typed, in its usual form; raises `ValueError` with a sentence.

    An encoded word (RFC 2047, ``=?utf-8?q?…?=``) is made of letters that an address may have. Whoever writes it into a
    letter's head decodes it, and what comes out may hold a line end: such an address is refused, and so is whatever
    can't be seen.
    """
    if text.isprintable() and "=?" not in text:
        with suppress(EmailNotValidError):
            return validate_email(text, check_deliverability=False).normalized
    raise ValueError("Enter an email address in the correct format, like name@example.com")


class EmailField(TextField):
    """An e-mail address that could exist; whether it does only a message can tell."""

    widget = staticmethod(widgets.email_input)
    data: str

    def __init__(self, label: str, validators: Validators = (), **options: Any) -> None:
        super().__init__(label, validators, **{"autocomplete": "email"} | options)

    def read(self, text: str) -> str:
        return read_email(text)


class PasswordField(TextField):
    """A password, exactly as typed; it is never sent back."""

    widget = staticmethod(widgets.password_input)
    data: str

    def __init__(self, label: str, validators: Validators = (), **options: Any) -> None:
        super().__init__(label, validators, **{"autocomplete": "current-password"} | options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = self.typed
