"""Who may come in where a partnership's page is kept: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

NOBODY, EVERYBODY = frozenset[str](), frozenset({"nobody", *EMAILS})
ORGANISER, MEMBER, GROUP = frozenset({"organiser"}), frozenset({"member"}), frozenset({"group"})
EDITOR = ORGANISER | MEMBER
"""The demonstration's member keeps the page that these addresses name."""
UPDATE_PRESSES = ("write", "change", "publish", "give", "remove_photo", "take_down", "delete")

PARTNERSHIP = {
    **dict.fromkeys(("partnership.page", "members.listed", "members.photo"), (EVERYBODY, NOBODY)),
    **dict.fromkeys((f"updates.{name}" for name in ("listed", "one", "photo", "atom")), (EVERYBODY, NOBODY)),
    **dict.fromkeys(
        (f"telling.{name}" for name in ("ask", "link", "change_link", "stop_page", "done")), (EVERYBODY, NOBODY)
    ),
    **dict.fromkeys(
        (f"subgroups.{name}" for name in ("listed", "one", "link", "leave_page", "done")), (EVERYBODY, NOBODY)
    ),
    **dict.fromkeys((f"subgroups.{name}" for name in ("join", "confirm", "leave")), (NOBODY, EVERYBODY)),
    **dict.fromkeys(("subgroups_account.join", "subgroups_account.leave"), (NOBODY, frozenset(EMAILS))),
    **dict.fromkeys(
        (*(f"subgroups_editor.{name}" for name in ("listed", "new", "one")), "joiners_editor.listed"),
        (EDITOR | {"auditor"}, NOBODY),
    ),
    **dict.fromkeys(
        (
            *(f"subgroups_editor.{name}" for name in ("begin", "change", "end")),
            *(f"joiners_editor.{name}" for name in ("write", "rang", "remove")),
        ),
        (NOBODY, EDITOR),
    ),
    **dict.fromkeys((f"telling.{name}" for name in ("send", "confirm", "change", "save", "stop")), (NOBODY, EVERYBODY)),
    **dict.fromkeys(("gatherings.page", "gatherings.calendar", "gatherings.feed"), (EVERYBODY, NOBODY)),
    **dict.fromkeys(
        (
            *(f"partnership_editor.{name}" for name in ("mine", "overview", "purpose")),
            *(f"members_editor.{name}" for name in ("listed", "new", "one")),
            *(f"profiles_editor.{name}" for name in ("one", "photo")),
            *(f"updates_editor.{name}" for name in ("listed", "new", "one", "photo")),
            *(f"gatherings_editor.{name}" for name in ("listed", "new", "one", "change_page", "off_page")),
            *(f"gathering_day_editor.{name}" for name in ("page", "cards", "attendance", "sheet")),
        ),
        (EDITOR | {"auditor"}, NOBODY),
    ),
    **dict.fromkeys(
        (
            "partnership_editor.say_purpose",
            *(f"members_editor.{name}" for name in ("add", "change", "end", "remove")),
            *(f"profiles_editor.{name}" for name in ("publish", "send_back")),
            *(f"updates_editor.{name}" for name in UPDATE_PRESSES),
            *(f"gatherings_editor.{name}" for name in ("make", "change", "publish", "call_off", "remove")),
            *("gathering_day_editor.note", "gathering_day_editor.walk_in"),
        ),
        (NOBODY, EDITOR),
    ),
    **{f"gatherings_group.{name}": (GROUP, NOBODY) for name in ("mine", "choose", "one")},
    **{f"gatherings_group.{name}": (NOBODY, GROUP) for name in ("sign_up", "give_back", "answer")},
    "members_editor.let": (NOBODY, ORGANISER),
    **{f"profile_member.{name}": (MEMBER, NOBODY) for name in ("own", "photo", "new_photo")},
    **{f"profile_member.{name}": (NOBODY, MEMBER) for name in ("write", "give", "withdraw_words", "withdraw_photo")},
}

# The profile that the addresses name is public as it is: nothing of it waits.
PARTNERSHIP_REFUSED_TO_READERS = {
    **dict.fromkeys(("profiles_editor.photo", "profile_member.new_photo"), 404),
    "gathering_day_editor.page": 409,  # its day is to come
}
PARTNERSHIP_REFUSED_TO_WRITERS = {
    **dict.fromkeys(("profiles_editor.publish", "profiles_editor.send_back"), 409),
    # The update is out, and stays so until somebody says why it is taken down.
    **dict.fromkeys(("updates_editor.delete", "updates_editor.publish"), 409),
    **dict.fromkeys(("gathering_day_editor.note", "gathering_day_editor.walk_in"), 409),
    # It is published, and offers the group nothing.
    **dict.fromkeys(("gatherings_editor.publish", "gatherings_editor.remove", "gatherings_group.answer"), 409),
}
