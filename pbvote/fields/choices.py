"""The fields for choosing: one of a few, any of a few, a tick, a file."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from werkzeug.datastructures import FileStorage
from wtforms import Form as PlainForm
from wtforms.validators import StopValidation

from pbvote.fields import widgets
from pbvote.fields.base import Given, PageField

NOT_LISTED: Final = "Choose one of the answers listed"


class _Choosing(PageField):
    """`choices` are (value, words) pairs and may be set on the form's field once they are known.

    `hints` puts a line under the choice of that value.
    """

    verb = "Choose"

    def __init__(
        self,
        label: str,
        *,
        choices: Iterable[tuple[Any, str]] = (),
        hints: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.choices: Sequence[tuple[Any, str]] = list(choices)
        self.hints = hints or {}

    @property
    def values(self) -> list[str]:
        """The values of the choices, in order."""
        return [str(value) for value, _ in self.choices]

    def pre_validate(self, form: PlainForm) -> None:
        super().pre_validate(form)
        chosen = self.data if isinstance(self.data, list) else [self.data]
        if not set(chosen) <= set(self.values):
            raise StopValidation(NOT_LISTED)


class ChoiceField(_Choosing):
    """One of `choices`: radios, or with `is_folded` a select. `data` is the value, "" if none."""

    data: str

    def __init__(self, label: str, *, is_folded: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.widget = widgets.select if is_folded else widgets.radios

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(getattr(value, "value", value))

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""


class ManyField(_Choosing):
    """Any number of `choices`: checkboxes. `data` is a list of values, in the order of the choices."""

    widget = staticmethod(widgets.checkboxes)
    data: list[str]

    def process_data(self, value: Any) -> None:
        self.data = [str(getattr(each, "value", each)) for each in value or ()]

    def process_formdata(self, valuelist: list[Any]) -> None:
        sent = {str(value) for value in valuelist}
        self.data = [value for value in self.values if value in sent] + sorted(sent.difference(self.values))


class TickField(PageField):
    """One box to tick; `data` is a `bool`. With `required="Confirm that …"` it must be ticked; else it need not be."""

    widget = staticmethod(widgets.checkbox)
    data: bool

    def __init__(self, label: str, *, required: bool | str = False, **options: Any) -> None:
        super().__init__(label, required=required, **options)

    @property
    def title(self) -> str:
        """The label alone: nobody takes a box for one that must be ticked."""
        return str(self.label.text)

    def process_data(self, value: Any) -> None:
        self.data = bool(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = bool(valuelist)


class FileField(PageField, Given[FileStorage]):
    """A file to send; `data` is a werkzeug `FileStorage`, None when none was chosen. `accept` lists ".pb", "image/*" …

    The form must be sent as multipart/form-data; `form_page.html` sees to that.
    """

    widget = staticmethod(widgets.file_input)
    verb = "Choose"
    data: FileStorage | None

    def __init__(self, label: str, *, accept: Sequence[str] = (), **options: Any) -> None:
        look = {"attributes": {"accept": ",".join(accept)}} if accept else {}
        super().__init__(label, **{"look": look} | options)
        self.accept = tuple(accept)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = next((file for file in valuelist if isinstance(file, FileStorage) and file.filename), None)

    def pre_validate(self, form: PlainForm) -> None:
        super().pre_validate(form)
        endings = [ending for ending in self.accept if ending.startswith(".")]
        name = (self.data.filename or "").lower() if self.data else ""
        if endings and len(endings) == len(self.accept) and not name.endswith(tuple(endings)):
            raise StopValidation(f"The file must be one of these kinds: {', '.join(endings)}")
