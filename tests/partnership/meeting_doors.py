"""Who may come in where a partnership's meetings are kept: a part of the table in `tests/doors.py`."""

from tests.partnership.doors import EDITOR, EVERYBODY, NOBODY

MEETINGS = {
    **dict.fromkeys((f"meetings.{name}" for name in ("listed", "one", "ask", "sent")), (EVERYBODY, NOBODY)),
    **dict.fromkeys((f"meeting_feeds.{name}" for name in ("calendar", "one", "atom")), (EVERYBODY, NOBODY)),
    "papers.one": (EVERYBODY, NOBODY),
    "actions.listed": (EVERYBODY, NOBODY),
    "meetings.send": (NOBODY, EVERYBODY),
    **dict.fromkeys(
        (
            *(f"meetings_editor.{name}" for name in ("kept", "new", "one", "details")),
            *(f"items_editor.{name}" for name in ("new", "one")),
            *("questions_editor.one", "papers_editor.listed", "papers_editor.one"),
            *(f"holding_editor.{name}" for name in ("hold", "minutes", "again")),
            *(f"actions_editor.{name}" for name in ("kept", "new", "one")),
        ),
        (EDITOR | {"auditor"}, NOBODY),
    ),
    **dict.fromkeys(
        (
            *(f"meetings_editor.{name}" for name in ("draft", "change", "publish", "keep_back", "off", "remove")),
            *(f"items_editor.{name}" for name in ("add", "change", "move", "remove")),
            *(f"questions_editor.{name}" for name in ("show", "refuse", "answer")),
            *(f"holding_editor.{name}" for name in ("write_up", "keep", "end", "show", "agree", "plan_again")),
            *(f"actions_editor.{name}" for name in ("add", "look", "look_unchanged", "remove")),
            *(f"papers_editor.{name}" for name in ("add", "remove")),
        ),
        (NOBODY, EDITOR),
    ),
}

# The meeting that the addresses name is to come, and its agenda is out.
MEETINGS_REFUSED_TO_READERS = {"holding_editor.hold": 409, "holding_editor.minutes": 404}
MEETINGS_REFUSED_TO_WRITERS = dict.fromkeys(
    (
        *(f"meetings_editor.{name}" for name in ("publish", "keep_back", "remove")),
        *("items_editor.remove", "questions_editor.show"),
        *(f"holding_editor.{name}" for name in ("write_up", "keep", "end", "show", "agree")),
    ),
    409,
)
