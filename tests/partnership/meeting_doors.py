"""Who may come in where a partnership's meetings are kept: a part of the table in `tests/doors.py`."""

from tests.partnership.doors import EDITOR, EVERYBODY, NOBODY

MEETINGS = {
    **dict.fromkeys((f"meetings.{name}" for name in ("listed", "one", "ask", "sent")), (EVERYBODY, NOBODY)),
    "meetings.send": (NOBODY, EVERYBODY),
    **dict.fromkeys(
        (
            *(f"meetings_editor.{name}" for name in ("kept", "new", "one", "details")),
            *(f"items_editor.{name}" for name in ("new", "one")),
            "questions_editor.one",
        ),
        (EDITOR | {"auditor"}, NOBODY),
    ),
    **dict.fromkeys(
        (
            *(f"meetings_editor.{name}" for name in ("draft", "change", "publish", "keep_back", "off", "remove")),
            *(f"items_editor.{name}" for name in ("add", "change", "move", "remove")),
            *(f"questions_editor.{name}" for name in ("show", "refuse", "answer")),
        ),
        (NOBODY, EDITOR),
    ),
}

# The meeting that the addresses name is to come, and its agenda is out.
MEETINGS_REFUSED_TO_WRITERS = dict.fromkeys(
    ("meetings_editor.keep_back", "meetings_editor.remove", "questions_editor.show"), 409
)
