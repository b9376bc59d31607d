"""Who may come in where anyone's rights are met: this wing's part of the table in `tests/doors.py`."""

ORGANISERS = frozenset({"organiser"})
NOBODY = frozenset[str]()

RIGHTS = {
    "one_person_organiser.ask": (ORGANISERS, NOBODY),
    **dict.fromkeys(
        (f"one_person_organiser.{it}" for it in ("found", "file", "erase", "erased")), (NOBODY, ORGANISERS)
    ),
}
