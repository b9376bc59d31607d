"""Who may come in where needs meet offers: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

EVERYBODY, NOBODY = frozenset({"nobody", *EMAILS}), frozenset[str]()
GROUP, DESK, MEMBER = frozenset({"group"}), frozenset({"organiser"}), frozenset({"member"})

NETWORK = {
    **dict.fromkeys(
        (f"network.{it}" for it in ("wall", "card", "link", "own_link", "done")),
        (EVERYBODY, NOBODY),
    ),
    **dict.fromkeys(
        (f"network.{it}" for it in ("answer", "confirm", "own_card", "say_of_card")),
        (NOBODY, EVERYBODY),
    ),
    "network_group.page": (GROUP, NOBODY),
    **dict.fromkeys(("network_group.add", "network_group.press"), (NOBODY, GROUP)),
    "network_member.page": (MEMBER, NOBODY),
    **dict.fromkeys(("network_member.add", "network_member.press"), (NOBODY, MEMBER)),
    "network_desk.page": (DESK | {"auditor"}, NOBODY),
    "network_desk.add": (NOBODY, DESK),
    **dict.fromkeys((f"introducing_editor.{it}" for it in ("listed", "card")), (DESK | MEMBER | {"auditor"}, NOBODY)),
    "introducing_editor.sheet": (DESK | {"auditor"}, NOBODY),
    **dict.fromkeys((f"introducing_editor.{it}" for it in ("introduce", "remove")), (NOBODY, DESK | MEMBER)),
}
# The group's offer waits for its answer, and was declined by the time its forms are sent; the card is another's.
NETWORK_REFUSED_TO_READERS = {"network_group.page": 409}
NETWORK_REFUSED_TO_WRITERS = {
    "network_group.add": 409,
    "network_group.press": 404,
    "introducing_editor.introduce": 409,  # no offer is named
}
