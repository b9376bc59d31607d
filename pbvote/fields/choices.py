"""The fields for choosing: one of a few, any of a few, a tick, a file."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from werkzeug.datastructures import FileStorage
from wtforms import Form as PlainForm
from wtforms.validators import StopValidation

from pbvote.fields import widgets
from pbvote.fields.text import PageField, Validators

Choices = Sequence[tuple[Any, str]]
NOT_LISTED: Final = "Choose one of the answers listed"


class ChoiceField(PageField):
    """One of `choices`, (value, words) pairs: radios, or with `is_folded` a select. `data` is the value, "" if none.

    `hints` puts a line under the choice of that value. `choices` may be set on the form's field once it is known.
    """

    verb = "Choose"
    data: str

    def __init__(
        self,
        label: str,
        validators: Validators = (),
        *,
        choices: Iterable[tuple[Any, str]] = (),
        hints: Mapping[str, str] | None = None,
        is_folded: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label, validators, **options)
        self.widget = widgets.select if is_folded else widgets.radios
        self.choices: Choices = list(choices)
        self.hints = hints or {}

    @property
    def shown(self) -> str:
        """The value that is chosen on the page."""
        return self.data

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(getattr(value, "value", value))

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: PlainForm) -> None:
        super().pre_validate(form)
        if self.data not in {str(value) for value, _ in self.choices}:
            raise StopValidation(NOT_LISTED)


class ManyField(PageField):
    """Any number of `choices`: checkboxes. `data` is a list of values, in the order of the choices."""

    widget = staticmethod(widgets.checkboxes)
    verb = "Choose"
    data: list[str]

    def __init__(
        self,
        label: str,
        validators: Validators = (),
        *,
        choices: Iterable[tuple[Any, str]] = (),
        hints: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, validators, **options)
        self.choices: Choices = list(choices)
        self.hints = hints or {}

    @property
    def shown(self) -> list[str]:
        """The values that are ticked on the page."""
        return self.data

    def process_data(self, value: Any) -> None:
        self.data = [str(getattr(each, "value", each)) for each in value or ()]

    def process_formdata(self, valuelist: list[Any]) -> None:
        sent = {str(value) for value in valuelist}
        order = [str(value) for value, _ in self.choices]
        self.data = sorted(sent, key=lambda value: order.index(value) if value in order else len(order))

    def pre_validate(self, form: PlainForm) -> None:
        super().pre_validate(form)
        if not set(self.data) <= {str(value) for value, _ in self.choices}:
            raise StopValidation(NOT_LISTED)


class TickField(PageField):
    """One box to tick; `data` is a `bool`. With `required="Confirm that …"` it must be ticked; else it need not be."""

    widget = staticmethod(widgets.checkbox)
    data: bool

    def __init__(self, label: str, validators: Validators = (), **options: Any) -> None:
        super().__init__(label, validators, **{"required": False} | options)

    def process_data(self, value: Any) -> None:
        self.data = bool(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = bool(valuelist)


class FileField(PageField):
    """A file to send; `data` is a werkzeug `FileStorage`, None when none was chosen. `accept` lists ".pb", "image/*" …

    The form must be sent as multipart/form-data; `form_page.html` sees to that.
    """

    widget = staticmethod(widgets.file_input)
    verb = "Choose"
    data: FileStorage | None

    def __init__(self, label: str, validators: Validators = (), *, accept: Sequence[str] = (), **options: Any) -> None:
        look = {"attributes": {"accept": ",".join(accept)}} if accept else {}
        super().__init__(label, validators, **{"look": look} | options)
        self.accept = tuple(accept)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = next((file for file in valuelist if isinstance(file, FileStorage) and file.filename), None)

    def pre_validate(self, form: PlainForm) -> None:
        super().pre_validate(form)
        endings = [ending for ending in self.accept if ending.startswith(".")]
        name = (self.data.filename or "").lower() if self.data else ""
        if endings and len(endings) == len(self.accept) and not name.endswith(tuple(endings)):
            raise StopValidation(f"The file must be one of these kinds: {', '.join(endings)}")
