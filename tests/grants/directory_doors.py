"""Who may come in where funded groups are shown in public: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

EVERYBODY, NOBODY = frozenset({"nobody", *EMAILS}), frozenset[str]()
GROUP, DESK = frozenset({"group"}), frozenset({"organiser"})

DIRECTORY = {
    **dict.fromkeys((f"directory.{it}" for it in ("groups", "sheet", "group", "photo")), (EVERYBODY, EVERYBODY)),
    **dict.fromkeys(("directory_group.page", "directory_group.photo"), (GROUP, NOBODY)),
    **dict.fromkeys(("directory_group.save", "directory_group.withdraw"), (NOBODY, GROUP)),
    "directory_desk.page": (DESK | {"auditor"}, NOBODY),
    "directory_desk.take_down": (NOBODY, DESK),
    "opportunities.listed": (EVERYBODY, NOBODY),
    **dict.fromkeys((f"opportunities_desk.{it}" for it in ("kept", "new", "one")), (DESK | {"auditor"}, NOBODY)),
    **dict.fromkeys((f"opportunities_desk.{it}" for it in ("post", "change", "remove")), (NOBODY, DESK)),
    **{f"mentors_member.{name}": (NOBODY, frozenset({"member"})) for name in ("be_named", "be_nameless")},
}
# The group's offer waits for its answer, and was declined by the time its forms are sent.
DIRECTORY_REFUSED_TO_READERS = {"directory_group.page": 409}
DIRECTORY_REFUSED_TO_WRITERS = {"directory_group.save": 409}
