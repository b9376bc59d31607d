"""Who may come in where a partnership's page is kept: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

NOBODY, EVERYBODY = frozenset[str](), frozenset({"nobody", *EMAILS})
ORGANISER, MEMBER = frozenset({"organiser"}), frozenset({"member"})
EDITOR = ORGANISER | MEMBER
"""The demonstration's member keeps the page that these addresses name."""
UPDATE_PRESSES = ("write", "change", "publish", "give", "remove_photo", "take_down", "delete")

PARTNERSHIP = {
    **dict.fromkeys(("partnership.page", "members.listed", "members.photo"), (EVERYBODY, NOBODY)),
    **dict.fromkeys(("updates.listed", "updates.one", "updates.photo"), (EVERYBODY, NOBODY)),
    **dict.fromkeys(
        (
            *(f"partnership_editor.{name}" for name in ("mine", "overview", "purpose")),
            *(f"members_editor.{name}" for name in ("listed", "new", "one")),
            *(f"profiles_editor.{name}" for name in ("one", "photo")),
            *(f"updates_editor.{name}" for name in ("listed", "new", "one", "photo")),
        ),
        (EDITOR | {"auditor"}, NOBODY),
    ),
    **dict.fromkeys(
        (
            "partnership_editor.say_purpose",
            *(f"members_editor.{name}" for name in ("add", "change", "end", "remove")),
            *(f"profiles_editor.{name}" for name in ("publish", "send_back")),
            *(f"updates_editor.{name}" for name in UPDATE_PRESSES),
        ),
        (NOBODY, EDITOR),
    ),
    "members_editor.let": (NOBODY, ORGANISER),
    **{f"profile_member.{name}": (MEMBER, NOBODY) for name in ("own", "photo", "new_photo")},
    **{f"profile_member.{name}": (NOBODY, MEMBER) for name in ("write", "give", "withdraw_words", "withdraw_photo")},
}

# The profile that the addresses name is public as it is: nothing of it waits.
PARTNERSHIP_REFUSED_TO_READERS = {"profiles_editor.photo": 404, "profile_member.new_photo": 404}
# The update is out, and stays so until somebody says why it is taken down.
PARTNERSHIP_REFUSED_TO_WRITERS = {
    **dict.fromkeys(("profiles_editor.publish", "profiles_editor.send_back"), 409),
    **dict.fromkeys(("updates_editor.delete", "updates_editor.publish"), 409),
}
