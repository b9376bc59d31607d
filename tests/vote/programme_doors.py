"""Who may come in to an event's programme: a part of the table of tests/doors.py."""

from tests.scene import EMAILS

_EVERYBODY = frozenset({"nobody", *EMAILS})
_DESK = frozenset({"organiser"})
_READ = (_DESK | {"auditor"}, frozenset[str]())
_WRITE = (frozenset[str](), _DESK)

PROGRAMME: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys((f"programme.{name}" for name in ("page", "bid", "poster", "handout")), (_EVERYBODY, _EVERYBODY)),
    **dict.fromkeys((f"programme_desk.{name}" for name in ("overview", "preview", "prints")), _READ),
    **dict.fromkeys((f"day.{name}" for name in ("calendar", "access", "ask", "asked")), (_EVERYBODY, _EVERYBODY)),
    **dict.fromkeys((f"day_desk.{name}" for name in ("plan", "papers", "paper", "access_requests")), _READ),
    **dict.fromkeys(("day_desk.save", "day_desk.answered"), _WRITE),
    **dict.fromkeys(
        (f"residents.{it}" for it in ("remind", "ask", "link", "confirm", "lend", "offer", "done")),
        (_EVERYBODY, _EVERYBODY),
    ),
    **dict.fromkeys(("residents_desk.listed", "residents_desk.sheet"), _READ),
    "residents_desk.forget": _WRITE,
    "translations_desk.overview": _READ,
    **dict.fromkeys(("programme_desk.publish", "programme_desk.take_back", "translations_desk.paste"), _WRITE),
}

# Slips are printed, and voting is open.
PROGRAMME_REFUSED_TO_WRITERS = {"programme_desk.take_back": 409, "translations_desk.paste": 409}
