"""Who may come in where reports are written, answered and closed: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

NOBODY, DESK, READERS = frozenset[str](), frozenset({"organiser"}), frozenset({"organiser", "auditor"})
MEMBER, GROUP = frozenset({"member"}), frozenset({"group"})
assert {*READERS, *MEMBER, *GROUP} <= set(EMAILS)

REPORTS = {
    **{f"reports_group.{name}": (GROUP, NOBODY) for name in ("report", "photo", "receipt")},
    **{f"reports_group.{name}": (NOBODY, GROUP) for name in ("send", "keep", "confirm", "add", "remove")},
    **{f"changes_group.{name}": (GROUP, NOBODY) for name in ("more_time", "spending", "report")},
    **{f"changes_group.{name}": (NOBODY, GROUP) for name in ("ask_for_time", "ask_to_spend", "ask_to_correct")},
    "reports_member.report": (MEMBER, NOBODY),
    **{f"reports_member.{name}": (NOBODY, MEMBER) for name in ("send", "keep")},
    **{f"reports_desk.{name}": (READERS, NOBODY) for name in ("reports", "one", "photo", "receipt")},
    **{
        f"reports_desk.{name}": (NOBODY, DESK)
        for name in ("ask", "thank", "note_use", "agree", "answer", "close", "reopen")
    },
    "report_writing_desk.report": (READERS, NOBODY),
    **{f"report_writing_desk.{name}": (NOBODY, DESK) for name in ("send", "keep")},
    "report_receipts_desk.reason": (READERS, NOBODY),
    **{f"report_receipts_desk.{name}": (NOBODY, DESK) for name in ("ask", "take_back")},
    "report_correcting_desk.wrong": (READERS, NOBODY),
    **{f"report_correcting_desk.{name}": (NOBODY, DESK) for name in ("open_again", "leave")},
}

# The group has an offer that waits for its answer. The mentored group has sent its report, and nobody has answered it.
REPORTS_REFUSED_TO_READERS = {
    **dict.fromkeys(
        ("reports_group.report", "changes_group.more_time", "changes_group.spending", "changes_group.report"), 409
    ),
    **dict.fromkeys(("reports_group.photo", "reports_group.receipt"), 404),
    **dict.fromkeys(("report_writing_desk.report", "report_receipts_desk.reason"), 409),
}
REPORTS_REFUSED_TO_WRITERS = {
    **{f"reports_group.{name}": 409 for name in ("send", "keep", "confirm", "add")},
    "reports_group.remove": 404,
    **{f"changes_group.{name}": 409 for name in ("ask_for_time", "ask_to_spend", "ask_to_correct")},
    **{f"reports_member.{name}": 409 for name in ("send", "keep")},
    **{f"report_writing_desk.{name}": 409 for name in ("send", "keep")},
    **{f"reports_desk.{name}": 409 for name in ("ask", "note_use", "agree", "reopen")},
    **{f"report_receipts_desk.{name}": 409 for name in ("ask", "take_back")},
    "report_correcting_desk.leave": 409,
    "reports_desk.answer": 404,
}
