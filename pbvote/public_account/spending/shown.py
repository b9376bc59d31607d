"""What the pages about the money show. Nothing here writes."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from pbvote.call.rounds.models import Round
from pbvote.core.clock import today
from pbvote.core.lengths import Length, lengths_of
from pbvote.public_account.figures.grants import StandingGrant, grants_of_round
from pbvote.public_account.figures.shares import ShareFigures, ShareSums, share_figures, shares_to_come

NO_THEME, NO_WARD = "No theme named", "Several wards, or none named"


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """What went to one theme or one ward."""

    words: str
    pence: int
    grants: int


@dataclass(frozen=True, slots=True)
class LocalitySpent:
    """A locality's share of a round, and the awards out of it, the largest first."""

    share: ShareFigures
    awards: Sequence[StandingGrant]

    @property
    def name(self) -> str:
        """The locality's name."""
        return self.share.share.locality.name

    @property
    def slug(self) -> str:
        """The locality's part of an address."""
        return self.share.share.locality.slug

    @property
    def figures(self) -> ShareSums:
        """Its figures."""
        return self.share.figures

    @property
    def is_told(self) -> bool:
        """Whether any group has heard from the council. Until then there is only what was chosen."""
        return bool(self.figures.groups or self.figures.declined)

    @property
    def whole(self) -> int:
        """What its bar stands for: the share, or more where other money was added."""
        return max(self.figures.share, self.figures.awarded)

    @property
    def in_grants(self) -> str:
        """How many grants it is in, in words."""
        return grants_of(self.figures.groups)

    @property
    def chosen_by(self) -> str:
        """How many chose, in words."""
        voted, who = self.figures.voted, "member" if self.share.event.is_chosen_by_members else "resident"
        ends = "chose" if who == "member" else "voted"
        return f"{voted:,} {who if voted == 1 else who + 's'}{' of the partnership' if who == 'member' else ''} {ends}"

    @property
    def pieces(self) -> list[Length]:
        """Where its bar has each award. What is left of the share has no piece."""
        return lengths_of([award.awarded for award in self.awards], self.whole)

    @property
    def themes(self) -> list[MoneyPart]:
        """What went to which theme."""
        return by_theme(self.awards)

    @property
    def wards(self) -> list[MoneyPart]:
        """What went to which ward."""
        return by_ward(self.awards)


@dataclass(frozen=True, slots=True)
class RoundSpent:
    """A round of which at least one result is public, as at a day."""

    round: Round
    day: dt.date
    localities: Sequence[LocalitySpent]
    to_come: Sequence[str]
    """The localities whose results are not public yet, by name."""

    @classmethod
    def of(
        cls, round_slug: str = "", day: dt.date | None = None, read: Sequence[ShareFigures] | None = None
    ) -> Self | None:
        """The round with this slug, or the newest; None where no result of it is public. In three statements.

        Whoever has `read` that day's public shares already spares one of them.
        """
        day = day or today()
        every = share_figures(day) if read is None else read
        by_round = [(round_, list(shares)) for round_, shares in groupby(every, _round_of)]
        found = next((each for each in by_round if round_slug in {"", each[0].slug}), None)
        if found is None:
            return None
        round_, shares = found
        awards = grants_of_round(round_, day)
        public = {each.share.id for each in shares}
        return cls(
            round=round_,
            day=day,
            localities=[_spent(each, awards) for each in shares],
            to_come=shares_to_come(round_, public),
        )

    @property
    def figures(self) -> ShareSums:
        """The sums of its localities."""
        return ShareSums.together(each.figures for each in self.localities)

    @property
    def in_grants(self) -> str:
        """How many grants it is in, in words."""
        return grants_of(self.figures.groups)

    @property
    def awards(self) -> list[StandingGrant]:
        """All of its awards, by locality."""
        return [award for each in self.localities for award in each.awards]

    @property
    def largest(self) -> int:
        """What the longest of its bars stands for, in pence."""
        return max(each.whole for each in self.localities)

    @property
    def themes(self) -> list[MoneyPart]:
        """What went to which theme."""
        return by_theme(self.awards)

    @property
    def wards(self) -> list[MoneyPart]:
        """What went to which ward."""
        return by_ward(self.awards)

    def locality(self, slug: str) -> LocalitySpent | None:
        """One of its localities; None where its result is not public."""
        return next((each for each in self.localities if each.slug == slug), None)


def grants_of(number: int) -> str:
    """``1 grant``, ``10 grants``."""
    return f"{number} {'grant' if number == 1 else 'grants'}"


def _round_of(share: ShareFigures) -> Round:
    return share.share.round


def _spent(share: ShareFigures, awards: Iterable[StandingGrant]) -> LocalitySpent:
    return LocalitySpent(share, [award for award in awards if award.locality_slug == share.share.locality.slug])


def by_theme(awards: Iterable[StandingGrant]) -> list[MoneyPart]:
    """What went to which theme, the most money first; what has none comes last."""
    return _parts(awards, lambda award: award.theme.words if award.theme else "", NO_THEME)


def by_ward(awards: Iterable[StandingGrant]) -> list[MoneyPart]:
    """What went to which ward, the most money first; what names none comes last."""
    return _parts(awards, lambda award: award.ward, NO_WARD)


def _parts(awards: Iterable[StandingGrant], key: Callable[[StandingGrant], str], nameless: str) -> list[MoneyPart]:
    kept: dict[str, list[int]] = {}
    for award in awards:
        kept.setdefault(key(award), []).append(award.awarded)
    named = sorted(kept.items(), key=lambda each: (not each[0], -sum(each[1]), each[0]))
    return [MoneyPart(name or nameless, sum(pence), len(pence)) for name, pence in named]
