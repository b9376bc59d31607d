"""What is found, who looks for it, and the one place that refuses what is unsafe."""

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal


class Level(enum.StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARNING = "warning"
    """Votes are safe, and something else would go wrong or could be better."""
    UNSAFE = "unsafe"
    """Votes could be lost, or be tied to whoever cast them."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One point: a sentence that says how it is, and one that says what to do where it is not well."""

    about: str
    level: Level
    sentence: str
    advice: str = ""


Check = Callable[[], Iterable[Diagnosis]]
_STOPPING: list[Check] = []
_ADVISING: list[Check] = []


def ok(about: str, sentence: str) -> Diagnosis:
    """A point that is well."""
    return Diagnosis(about, Level.OK, sentence)


def warning(about: str, sentence: str, advice: str) -> Diagnosis:
    """A point to look at."""
    return Diagnosis(about, Level.WARNING, sentence, advice)


def unsafe(about: str, sentence: str, advice: str) -> Diagnosis:
    """A point that must be mended before anybody votes."""
    return Diagnosis(about, Level.UNSAFE, sentence, advice)


def stops_voting(check: Check) -> Check:
    """Ask this too, at each opening of a poll as well: it takes a statement at most, and asks no other host."""
    _STOPPING.append(check)
    return check


def advises(check: Check) -> Check:
    """Ask this too, where somebody wants to know."""
    _ADVISING.append(check)
    return check


class Unsafe(Refusal):
    """A poll that would open where votes could be lost, or be tied to whoever cast them."""

    status = 503

    def __init__(self, finding: Diagnosis) -> None:
        self.finding = finding
        super().__init__(f"{finding.sentence} Voting can't open.")


def require_safe() -> None:
    """Raise `Unsafe` for the first finding that keeps voting from opening."""
    for finding in in_the_way():
        raise Unsafe(finding)


def in_the_way() -> Iterator[Diagnosis]:
    """What keeps voting from opening."""
    for check in _STOPPING:
        yield from (finding for finding in check() if finding.level is Level.UNSAFE)


def examine() -> Iterator[Diagnosis]:
    """Everything that is found, good and bad. What a broken database keeps from being asked is one finding itself."""
    is_broken = False
    for check in [*_STOPPING, *_ADVISING]:
        try:
            yield from check()
        except sa.exc.SQLAlchemyError as failure:
            db.session.rollback()
            if not is_broken:
                name = type(getattr(failure, "orig", None) or failure).__name__
                advice = "Look whether PBVOTE_DATABASE_URL leads to it, and run `pbvote db upgrade`."
                yield unsafe("database", f"The database could not be asked ({name}).", advice)
            is_broken = True
