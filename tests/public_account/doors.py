"""Who may come in where the public account is: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

EVERYBODY = frozenset({"nobody", *EMAILS})
SPENDING = ("newest", "one_round", "locality", "grants", "figures", "meanings", "poster")

OPEN = (*(f"spending.{it}" for it in SPENDING), "numbers.page", "numbers.sheet")

PUBLIC_ACCOUNT = dict.fromkeys(OPEN, (EVERYBODY, frozenset[str]()))
