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
    **{f"reports_desk.{name}": (NOBODY, DESK) for name in ("thank", "note_use", "agree", "answer", "close", "reopen")},
    "report_writing_desk.report": (READERS, NOBODY),
    **{f"report_writing_desk.{name}": (NOBODY, DESK) for name in ("send", "keep")},
}

# The group has an offer that waits for its answer.
REPORTS_REFUSED_TO_READERS: dict[str, int] = {}
REPORTS_REFUSED_TO_WRITERS: dict[str, int] = {}
