"""What is printed on slips of any size."""

from collections.abc import Iterable
from typing import Final

from flask_babel import gettext

from pbvote.printing.words import in_languages

NO_PHOTO: Final = "Don’t post a photo of this slip."
REHEARSAL: Final = "REHEARSAL: this slip never counts"
ONE_COUNTS: Final = ("Mark here and hand it in, or vote on your phone.", "Only one will count.")


def what_to_do(languages: Iterable[str]) -> dict[str, str]:
    """What a voter does with the slip, by language."""
    return in_languages(languages, lambda: gettext("Scan your slip, or type the 12 letters and numbers on it."))
