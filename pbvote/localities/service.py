"""Look localities up, and set them up. Nothing here commits."""

import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality, Priority, Ward

REWORDED: Final = 0.6
"""How alike two texts are, from 0 to 1, where one is the other in better words and no other priority."""
_WITH_CODE: Final = re.compile(r"(.*[^\s,])[\s,]+([ENSW][0-9]{8})", re.ASCII | re.IGNORECASE)
_OUT_OF_THE_WAY: Final = 10_000
"""Added to positions while an order changes: two priorities never have the same."""


class WardInUse(Refusal):
    """A ward that bids point at."""

    status = 422

    def __init__(self) -> None:
        super().__init__("A bid names one of the wards that you took out. Keep that ward")


def all_localities() -> list[Locality]:
    """Every locality of the council, by name."""
    wanted = sa.select(Locality).where(Locality.is_imported.is_(False)).order_by(Locality.name)
    return list(db.session.scalars(wanted))


def locality_names() -> dict[int, str]:
    """The name of each locality by its id."""
    return {locality.id: locality.name for locality in all_localities()}


def names_of(locality_ids: Collection[int]) -> dict[int, str]:
    """The names of these localities by their ids. Those that this session holds already are not read again."""
    held = [db.session.identity_map.get(orm.util.identity_key(Locality, each)) for each in locality_ids]
    names = {locality.id: locality.name for locality in held if locality}
    if missing := set(locality_ids) - set(names):
        found = db.session.scalars(sa.select(Locality).where(Locality.id.in_(missing)))
        names |= {locality.id: locality.name for locality in found}
    return names


def wards_of(locality_ids: Collection[int]) -> list[Ward]:
    """The wards of these localities, by name."""
    return list(db.session.scalars(sa.select(Ward).where(Ward.locality_id.in_(locality_ids)).order_by(Ward.name)))


def priorities_of(locality: Locality, *, hold: bool = False) -> Sequence[Priority]:
    """A locality's priorities in their order. With `hold` none of them goes before the transaction is over."""
    wanted = sa.select(Priority).where(Priority.locality_id == locality.id).order_by(Priority.position)
    if hold:
        wanted = wanted.with_for_update(read=True, key_share=True)
    return db.session.scalars(wanted).all()


def locality_called(slug: str) -> Locality | None:
    """The locality with this slug."""
    return db.session.scalar(sa.select(Locality).where(Locality.slug == slug))


def describe_locality(locality: Locality, wards: list[str], priorities: list[str]) -> None:
    """Give a locality exactly these wards, and these priorities in this order.

    A ward is its name, and its code behind it where it is known. One that stays keeps its row, since bids point at it.
    What hangs on a priority that goes, stands without one.
    Raises `WardInUse` where one goes that a bid names.
    """
    kept = {ward.name: ward for ward in locality.wards}
    named = dict(_ward(line) for line in wards)
    locality.wards = [kept.get(name) or Ward(name=name) for name in named]
    for ward in locality.wards:
        ward.code = named[ward.name]
    try:
        db.session.flush()
    except sa.exc.IntegrityError as error:
        raise WardInUse from error
    _set_priorities(locality, priorities)


def _ward(line: str) -> tuple[str, str]:
    """A ward's name, and its code or ""."""
    named = _WITH_CODE.fullmatch(line)
    return (named[1], named[2].upper()) if named else (line, "")


def _set_priorities(locality: Locality, texts: Sequence[str]) -> None:
    """One priority for each text, in this order. One that stays or is reworded keeps its row: actions name it."""
    kept = _kept_priorities(locality.priorities, texts)
    locality.priorities = [each for each in locality.priorities if each in kept.values()]
    for each in locality.priorities:
        each.position += _OUT_OF_THE_WAY
    db.session.flush()
    for position, text in enumerate(texts, 1):
        if priority := kept.get(position):
            priority.position, priority.text = position, text
        else:
            locality.priorities.append(Priority(position=position, text=text))
    db.session.flush()
    db.session.expire(locality, ["priorities"])


def _kept_priorities(before: Sequence[Priority], texts: Sequence[str]) -> dict[int, Priority]:
    """The row that each place of the new list keeps: the one with its text, else the one whose text is most alike."""
    free, kept = list(before), dict[int, Priority]()
    for place, text in enumerate(texts, 1):
        if same := next((each for each in free if each.text == text), None):
            kept[place] = same
            free.remove(same)
    left = [(place, text) for place, text in enumerate(texts, 1) if place not in kept]
    pairs = [(_likeness(each.text, text), place, each) for place, text in left for each in free]
    for likeness, place, each in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness >= REWORDED and place not in kept and each in free:
            kept[place] = each
            free.remove(each)
    return kept


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()


def add_locality(slug: str, name: str, *, is_imported: bool = False) -> Locality:
    """A new locality."""
    locality = Locality(slug=slug, name=name, is_imported=is_imported)
    db.session.add(locality)
    db.session.flush()
    return locality


def is_name_free(name: str, locality: Locality | None) -> bool:
    """Whether no other locality has this name."""
    # In Python, since SQLite's own lower() knows no letter beyond z.
    others = (other for other in db.session.scalars(sa.select(Locality)) if other is not locality)
    return all(other.name.casefold() != name.strip().casefold() for other in others)
