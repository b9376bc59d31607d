"""Check-ins as the forms of earlier builds send them: a phone may hold one for weeks, and it is taken all the same.

A build that changes the form's fields adds its own here, and takes none away but the oldest of more than three.
"""

from collections.abc import Mapping

WORDS = "41 pupils came."

BEFORE_NEXT_VISITS: Mapping[str, str] = {
    "form_key": "7f" * 8,
    "standing": "going_well",
    "words": WORDS,
    "contact_method": "visit",
    "next_on-day": "",
    "next_on-month": "",
    "next_on-year": "",
}
"""The first form: the next visit was a day, or nothing."""

BEFORE_PHOTOS: Mapping[str, str] = {**BEFORE_NEXT_VISITS, "concern": "", "next_visit": ""}
"""With a box for the officer, and the next visit as presses."""

WITH_PHOTOS: Mapping[str, str] = {**BEFORE_PHOTOS, "form_key": "5c" * 16, "agreed": "y"}
"""With photos, which a phone sends by themselves."""

WITH_PROMISES: Mapping[str, str] = {**WITH_PHOTOS, "form_key": "3a" * 16, "kept": "1"}
"""With what the group promised, to be ticked."""

KEPT_FORMS = {
    "before next visits": BEFORE_NEXT_VISITS,
    "before photos": BEFORE_PHOTOS,
    "before promises": WITH_PHOTOS,
    "with promises": WITH_PROMISES,
}
