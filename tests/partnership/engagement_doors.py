"""Who may come in where a partnership talks with residents: a part of the table in `tests/doors.py`."""

from tests.partnership.doors import EDITOR, EVERYBODY, NOBODY

ENGAGEMENT = {
    **dict.fromkeys(("engagement.page", "consultations.one"), (EVERYBODY, NOBODY)),
    **dict.fromkeys(("consulting.answer", "consulting.screen", "consulting.thanks"), (EVERYBODY, NOBODY)),
    "consulting.send": (NOBODY, EVERYBODY),
    **dict.fromkeys(
        (
            *(f"engagement_editor.{name}" for name in ("kept", "new", "one")),
            *(f"consultations_editor.{name}" for name in ("new", "one", "details", "poster", "sheet")),
            *(f"sorting_editor.{name}" for name in ("answers", "topic", "hour")),
            "consultation_result_editor.write",
        ),
        (EDITOR | {"auditor"}, NOBODY),
    ),
    **dict.fromkeys(
        (
            *(f"engagement_editor.{name}" for name in ("begin", "look", "add", "change", "move", "remove")),
            *(f"consultations_editor.{name}" for name in ("draft", "change", "publish", "off", "remove")),
            *(f"sorting_editor.{name}" for name in ("save", "rename", "remove_topic", "hour_aside", "hour_back")),
            *(f"consultation_result_editor.{name}" for name in ("save", "publish")),
        ),
        (NOBODY, EDITOR),
    ),
}

# The consultation that the addresses name is closed, and its result is due; the plan has its texts.
ENGAGEMENT_REFUSED_TO_READERS = {"consultations_editor.details": 409}
ENGAGEMENT_REFUSED_TO_WRITERS = dict.fromkeys(
    (
        "engagement_editor.begin",
        *(f"consultations_editor.{name}" for name in ("change", "publish", "remove")),
        "consultation_result_editor.save",
    ),
    409,
)
