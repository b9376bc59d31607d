"""Who may come in where anyone's rights are met: this wing's part of the table in `tests/doors.py`."""

ORGANISERS = frozenset({"organiser"})
NOBODY = frozenset[str]()
READERS = ORGANISERS | {"auditor"}

RIGHTS = {
    **dict.fromkeys(("one_round_desk.explained", "one_round_desk.papers"), (READERS, NOBODY)),
    **dict.fromkeys(("groups_desk.without_contact", "groups_desk.contact"), (READERS, NOBODY)),
    "groups_desk.name_contact": (NOBODY, ORGANISERS),
    "one_person_organiser.ask": (ORGANISERS, NOBODY),
    **dict.fromkeys(
        (f"one_person_organiser.{it}" for it in ("found", "file", "erase", "erased")), (NOBODY, ORGANISERS)
    ),
}
