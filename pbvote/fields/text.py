"""The fields for words."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, ClassVar, Final

from email_validator import EmailNotValidError, validate_email

from pbvote.core.contacts import NO_CONTACTS, names_a_contact
from pbvote.core.plain import is_seen, plain_line, plain_lines
from pbvote.fields import widgets
from pbvote.fields.base import PageField

LONGEST_WORD: Final = 25
"""Characters; a text of a hundred words is no longer than as many such."""


class TextField(PageField):
    """One line of text; `data` is a `str`, "" when blank.

    `noun` is what a refusal calls it where its label is a question. What `is_for_everybody` takes no telephone number
    and no e-mail address.
    """

    widget = staticmethod(widgets.text_input)
    blank: ClassVar[Any] = ""
    noun: str = "This"
    usual: ClassVar[Mapping[str, Any]] = {}
    """The component's parameters, unless the form says otherwise."""
    data: Any
    typed: str | None = None

    def __init__(
        self,
        label: str,
        *,
        width: int | None = None,
        autocomplete: str | None = None,
        inputmode: str | None = None,
        max_length: int = 200,
        noun: str | None = None,
        is_for_everybody: bool = False,
        look: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        own = {
            "classes": f"govuk-input--width-{width}" if width else None,
            "autocomplete": autocomplete,
            "inputmode": inputmode,
        }
        said = {name: value for name, value in own.items() if value is not None}
        super().__init__(label, look={**self.usual, **said, **(look or {})}, **options)
        self.max_length = max_length
        self.noun = noun or self.noun
        self.is_for_everybody = is_for_everybody

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
        self.typed = self.plain(str(valuelist[0]) if valuelist else "")
        self.data = None
        text = self.typed.strip()
        if len(text) > self.max_length:
            raise ValueError(f"{self.called} must be {self.max_length:,} characters or fewer")
        if self.is_for_everybody and names_a_contact(text):
            raise ValueError(NO_CONTACTS)
        self.data = self.blank if self.is_blank() else self.read(text)

    def process_data(self, value: Any) -> None:
        self.data = self.blank if value is None else value

    def is_blank(self) -> bool:
        return not is_seen(self.shown)

    def plain(self, text: str) -> str:
        """What was sent, without what does not belong into such a box."""
        return plain_line(text)

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
        *,
        rows: int = 5,
        max_words: int | None = None,
        max_length: int | None = None,
        look: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        own = {"rows": rows, "maxwords": max_words, "maxlength": None if max_words else max_length}
        own_limit = max_words * LONGEST_WORD if max_words else 20_000
        super().__init__(label, max_length=max_length or own_limit, look={**own, **(look or {})}, **options)
        self.max_words = max_words

    def plain(self, text: str) -> str:
        return plain_lines(text)

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
    usual: ClassVar = {"autocomplete": "email"}
    data: str

    def read(self, text: str) -> str:
        return read_email(text)


class PasswordField(TextField):
    """A password, exactly as typed, blanks at its ends included; it is never sent back."""

    widget = staticmethod(widgets.password_input)
    usual: ClassVar = {"autocomplete": "current-password"}
    data: str

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = self.typed or ""
