"""The form that takes many translations at once."""

from collections.abc import Iterator

from pbvote.config import LANGUAGES
from pbvote.fields import ChoiceField, Form, TextArea

LANGUAGE_NAMES = {"pl": "Polish", "ur": "Urdu", "ar": "Arabic"}


class PasteForm(Form):
    """A language, and a line for each bid."""

    language = ChoiceField(
        "Language",
        choices=[(language, LANGUAGE_NAMES[language]) for language in LANGUAGES if language in LANGUAGE_NAMES],
        required="Choose the language",
    )
    lines = TextArea(
        "Lines",
        hint="One line for each bid: its number, the title and the summary, with a tab between them. "
        "Then what the photo shows, where the bid has one. Cells that you copy from a spreadsheet come like that.",
        rows=10,
        max_length=400_000,
        look={"maxlength": None, "attributes": {"dir": "auto"}},
        required="Paste at least one line",
    )

    def listed_errors(self) -> Iterator[tuple[str, str]]:
        """Every line that is wrong, and not the first alone."""
        yield from super().listed_errors()
        yield from ((str(error), self.lines.target) for error in self.lines.errors[1:])
