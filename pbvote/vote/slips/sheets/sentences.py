"""What is printed on slips of any size."""

from typing import Final

from flask_babel import gettext

from pbvote.printing.words import in_every_language

NO_PHOTO: Final = "Don't post a photo of this slip."
REHEARSAL: Final = "REHEARSAL: this slip never counts"
ONE_COUNTS: Final = ("Mark here and hand it in, or vote on your phone.", "Only one will count.")


def what_to_do() -> dict[str, str]:
    """What a voter does with the slip, in each of the voter's languages."""
    return in_every_language(lambda: gettext("Scan your slip, or type the 12 letters and numbers on it."))
