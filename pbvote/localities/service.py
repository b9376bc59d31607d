"""Look localities up, and set them up. Nothing here commits."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality, Priority, Ward


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


def locality_called(slug: str) -> Locality | None:
    """The locality with this slug."""
    return db.session.scalar(sa.select(Locality).where(Locality.slug == slug))


def describe_locality(locality: Locality, wards: list[str], priorities: list[str]) -> None:
    """Give a locality exactly these wards, and these priorities in this order.

    A ward that stays keeps its row, since bids point at it. Raises `WardInUse` where one goes that a bid names.
    """
    kept = {ward.name: ward for ward in locality.wards}
    locality.wards = [kept.get(name) or Ward(name=name) for name in dict.fromkeys(wards)]
    try:
        db.session.flush()
    except sa.exc.IntegrityError as error:
        raise WardInUse from error
    for position, text in enumerate(priorities, 1):
        if position <= len(locality.priorities):
            locality.priorities[position - 1].text = text
        else:
            locality.priorities.append(Priority(position=position, text=text))
    del locality.priorities[len(priorities) :]
    db.session.flush()


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
