"""Who may come in where the public account is: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

EVERYBODY = frozenset({"nobody", *EMAILS})
SPENDING = ("newest", "one_round", "locality", "grants", "figures", "meanings", "poster")

OPEN = (
    *(f"spending.{it}" for it in SPENDING),
    "numbers.page",
    "numbers.sheet",
    *(f"boards.{it}" for it in ("listed", "one", "document")),
)

READS, WRITES = frozenset({"organiser", "auditor"}), frozenset({"organiser"})
NOBODY = frozenset[str]()
AT_THE_DESK = dict.fromkeys(
    (f"boards_desk.{it}" for it in ("kept", "new", "one", "document", "words", "error")), (READS, NOBODY)
)
PRESSED = dict.fromkeys((f"boards_desk.{it}" for it in ("begin", "write", "fix", "correct", "drop")), (NOBODY, WRITES))

# A fixed report stays, and the draft's quarter is not over.
ACCOUNT_REFUSED_TO_WRITERS = dict.fromkeys(("boards_desk.fix", "boards_desk.drop"), 409)
PUBLIC_ACCOUNT = dict.fromkeys(OPEN, (EVERYBODY, NOBODY)) | AT_THE_DESK | PRESSED
