"""The fields for numbers, money, days and times."""

import datetime as dt
from typing import Any, ClassVar

from wtforms import Form as PlainForm
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from pbvote.core.money import format_money, parse_money
from pbvote.core.plain import is_seen, plain_line
from pbvote.core.reading import PARTS, DayError, parse_day, parse_number, parse_time
from pbvote.fields import widgets
from pbvote.fields.base import Given, PageField
from pbvote.fields.text import TextField

EARLIEST = dt.date(2000, 1, 1)
LATEST = dt.date(2099, 12, 31)
"""A day before or after these is a slip of the finger."""


class BoundedField(TextField, Given[int]):
    """A value that has a least and a most, either of which may be left out."""

    blank = None
    data: int | None

    def __init__(self, label: str, *, least: int | None = None, most: int | None = None, **options: Any) -> None:
        super().__init__(label, **options)
        self.least = least
        self.most = most

    def pre_validate(self, form: PlainForm) -> None:
        super().pre_validate(form)
        if self.least is not None and self.given < self.least:
            raise StopValidation(f"{self.called} must be {self.say(self.least)} or more")
        if self.most is not None and self.given > self.most:
            raise StopValidation(f"{self.called} must be {self.say(self.most)} or less")

    def say(self, value: int) -> str:
        """A bound, as the refusal names it."""
        return f"{value:,}"


class IntegerField(BoundedField):
    """A whole number; `data` is an `int`, None when blank."""

    noun = "The number"
    usual: ClassVar = {"classes": "govuk-input--width-5", "inputmode": "numeric"}

    def read(self, text: str) -> int:
        return parse_number(text)


class MoneyField(BoundedField):
    """An amount of money; `data`, `least` and `most` are whole pence."""

    noun = "The amount"
    usual: ClassVar = {"classes": "govuk-input--width-10", "inputmode": "decimal"}

    def __init__(self, label: str, *, currency: str = "GBP", **options: Any) -> None:
        super().__init__(label, look={"prefix": {"text": "£" if currency == "GBP" else currency}}, **options)
        self.currency = currency

    def read(self, text: str) -> int:
        return parse_money(text)

    def show(self, data: int | None) -> str:
        return "" if data is None else format_money(data, "GBP").replace("£", "")

    def say(self, value: int) -> str:
        return format_money(value, self.currency)


class TimeField(TextField, Given[dt.time]):
    """A time of day, typed as "1:30pm" or "13:30"; `data` is a `datetime.time`."""

    blank = None
    usual: ClassVar = {"classes": "govuk-input--width-5"}
    data: dt.time | None

    def read(self, text: str) -> dt.time:
        return parse_time(text)

    def show(self, data: dt.time | None) -> str:
        return "" if data is None else f"{data:%H:%M}"


class DayField(PageField, Given[dt.date]):
    """A day in three boxes; `data` is a `datetime.date`. The boxes are named `<name>-day`, `-month` and `-year`."""

    widget = staticmethod(widgets.day_input)
    parts = PARTS
    data: dt.date | None

    def __init__(self, label: str, *, earliest: dt.date = EARLIEST, latest: dt.date = LATEST, **options: Any) -> None:
        super().__init__(label, **options)
        self.earliest = earliest
        self.latest = latest
        self.typed: dict[str, str] = {}
        self.wrong_parts: tuple[str, ...] = PARTS

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        self.typed = dict(zip(PARTS, self.data.strftime("%-d %-m %Y").split(), strict=True)) if self.data else {}
        if formdata is None:
            return
        self.raw_data = [formdata.get(f"{self.name}-{part}", "") for part in PARTS]
        self.typed = dict(zip(PARTS, (plain_line(str(value)[:20]) for value in self.raw_data), strict=True))
        self.data = None
        if self.is_blank():
            return
        try:
            self.data = parse_day(self.typed)
        except DayError as error:
            self.wrong_parts = error.parts
            self.process_errors.append(str(error))

    def is_blank(self) -> bool:
        return not any(is_seen(value) for value in self.typed.values())

    def pre_validate(self, form: PlainForm) -> None:
        super().pre_validate(form)
        if self.given < self.earliest:
            raise StopValidation(f"The date must be on or after {_in_words(self.earliest)}")
        if self.given > self.latest:
            raise StopValidation(f"The date must be on or before {_in_words(self.latest)}")

    @property
    def target(self) -> str:
        return f"{self.id}-{self.wrong_parts[0]}"


def _in_words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
