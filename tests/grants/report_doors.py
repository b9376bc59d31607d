"""Who may come in where reports are written, answered and closed: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

NOBODY, DESK, READERS = frozenset[str](), frozenset({"organiser"}), frozenset({"organiser", "auditor"})
MEMBER, GROUP = frozenset({"member"}), frozenset({"group"})
assert {*READERS, *MEMBER, *GROUP} <= set(EMAILS)

REPORTS = {
    **{f"reports_group.{name}": (GROUP, NOBODY) for name in ("report", "photo", "receipt")},
    **{f"reports_group.{name}": (NOBODY, GROUP) for name in ("send", "keep", "confirm", "add", "remove")},
    **{f"changes_group.{name}": (GROUP, NOBODY) for name in ("more_time", "spending")},
    **{f"changes_group.{name}": (NOBODY, GROUP) for name in ("ask_for_time", "ask_to_spend")},
    "reports_member.report": (MEMBER, NOBODY),
    **{f"reports_member.{name}": (NOBODY, MEMBER) for name in ("send", "keep")},
    **{f"reports_desk.{name}": (READERS, NOBODY) for name in ("reports", "one", "photo", "receipt")},
    **{
        f"reports_desk.{name}": (NOBODY, DESK)
        for name in ("ask", "thank", "note_use", "agree", "answer", "close", "reopen")
    },
    "report_writing_desk.report": (READERS, NOBODY),
    **{f"report_writing_desk.{name}": (NOBODY, DESK) for name in ("send", "keep")},
}

# The group has an offer that waits for its answer. The mentored group has sent its report, and nobody has answered it.
REPORTS_REFUSED_TO_READERS = {
    **dict.fromkeys(("reports_group.report", "changes_group.more_time", "changes_group.spending"), 409),
    **dict.fromkeys(("reports_group.photo", "reports_group.receipt"), 404),
    "report_writing_desk.report": 409,
}
REPORTS_REFUSED_TO_WRITERS = {
    **{f"reports_group.{name}": 409 for name in ("send", "keep", "confirm", "add")},
    "reports_group.remove": 404,
    **{f"changes_group.{name}": 409 for name in ("ask_for_time", "ask_to_spend")},
    **{f"reports_member.{name}": 409 for name in ("send", "keep")},
    **{f"report_writing_desk.{name}": 409 for name in ("send", "keep")},
    **{f"reports_desk.{name}": 409 for name in ("ask", "note_use", "agree", "reopen")},
    "reports_desk.answer": 404,
}
