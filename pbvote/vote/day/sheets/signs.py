"""Signs for the hall: a page of A4 each, in every language of the event."""

from collections.abc import Callable, Sequence
from typing import Final

from flask_babel import force_locale, gettext

from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, blank_document
from pbvote.printing.setting import Setting, height_of
from pbvote.vote.events.models import Event

MARGIN: Final = 16.0
_INNER: Final = A4_WIDTH - 2 * MARGIN
_LARGEST: Final = 72.0  # points
_LEAST: Final = 30.0
_BAR: Final = 14.0
_APART: Final = 12.0  # mm
_MOST_LINES: Final = 2


def signs(event: Event, _language: str) -> bytes:
    """A PDF with a page for each sign. The languages have one size: none is less welcome."""
    pdf = blank_document(f"Signs of {event.name}")
    settings = {language: Setting(pdf, language) for language in event.day.languages}
    for sign in (_queue, _help, _quiet):
        pdf.add_page()
        pdf.set_fill_color(0)
        pdf.rect(MARGIN, MARGIN, _INNER, _BAR, style="F")
        said = {language: _in(language, sign) for language in settings}
        size = _largest(settings, said)
        tall = {language: height_of(_lines(settings[language], words, size), size) for language, words in said.items()}
        gap = (A4_HEIGHT - 2 * MARGIN - _BAR - sum(tall.values())) / (len(said) + 1)
        top = MARGIN + _BAR + gap
        for language, words in said.items():
            setting = settings[language]
            setting.write(_lines(setting, words, size), size, MARGIN, top, _INNER, bold=True)
            top += tall[language] + gap
    return bytes(pdf.output())


def _queue() -> str:
    return gettext("Queue here for your slip")


def _help() -> str:
    return gettext("Help with voting")


def _quiet() -> str:
    return gettext("Quiet room")


def _in(language: str, sign: Callable[[], str]) -> str:
    with force_locale(language):
        return sign()


def _lines(setting: Setting, words: str, size: float) -> list[str]:
    return setting.lines(words, size, _INNER, bold=True)


def _largest(settings: dict[str, Setting], said: dict[str, str]) -> float:
    """The largest letters with which no language takes more than two lines, and all stand apart on the page."""
    size = _LARGEST
    while size > _LEAST and not _fits([_lines(settings[it], words, size) for it, words in said.items()], size):
        size -= 2
    return size


def _fits(languages: Sequence[Sequence[str]], size: float) -> bool:
    tall = sum(height_of(lines, size) for lines in languages) + _APART * (len(languages) + 1)
    return tall <= A4_HEIGHT - 2 * MARGIN - _BAR and max(map(len, languages)) <= _MOST_LINES
