"""Who may come in where a locality plan is kept: a part of the table in `tests/doors.py`."""

from tests.partnership.doors import EDITOR, EVERYBODY, NOBODY

PLANS = {
    "plan.page": (EVERYBODY, NOBODY),
    **dict.fromkeys(
        ("plan_editor.kept", "plan_editor.groups", "plan_stages_editor.new", "plan_stages_editor.one"),
        (EDITOR | {"auditor"}, NOBODY),
    ),
    **dict.fromkeys(
        (
            *("plan_editor.begin", "plan_editor.file"),
            *(f"plan_stages_editor.{name}" for name in ("add", "change", "move", "here", "remove")),
        ),
        (NOBODY, EDITOR),
    ),
}

# The plan has its stages, and the one that the addresses name is where the partnership stands once “here” was pressed.
PLANS_REFUSED_TO_WRITERS = {"plan_editor.begin": 409, "plan_stages_editor.remove": 409}
