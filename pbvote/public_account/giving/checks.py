"""What is wrong with a grant, so that it is not published; and what a checker of 360Giving data will say of it.

The schema lets £0 pass, money paid beyond the award, dates the wrong way round and an e-mail address in a title. Here
such a grant is held back until somebody has put it right. The remarks are those that 360Giving's public checker makes;
each may be fine, and none keeps a grant out.
"""

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from pbvote.core.clock import today
from pbvote.core.contacts import names_a_contact
from pbvote.public_account.figures.grants import StandingGrant
from pbvote.public_account.giving.grants import actual, numbers, planned

LONGEST_TITLE: Final = 140
MOST_SHOWN: Final = 50
"""So many grants are named beneath each finding; more would be a list that nobody reads."""
_LONG_AGO: Final = dt.timedelta(days=365 * 25)


class GrantFault(enum.StrEnum):
    """What keeps a grant out of the file."""

    NOTHING = "{} an award of nothing, or of less than nothing"
    PAID = "{} a payment of more than was awarded, or of less than nothing"
    DATES = "{} dates in the wrong order, or an award date that is still to come"
    CONTACT = "{} a telephone number or an e-mail address in a name, a title or a summary"


class GrantRemark(enum.StrEnum):
    """What a checker will say."""

    NO_NUMBER = "{} no public number: the group is told apart by a number of the council’s own"
    NO_POSTCODE = "{} nothing that says where the group is"
    NO_WARD = "{} no ward with a code: the place is the locality’s name"
    SAME_TEXT = "{} a title and a description that are the same"
    LONG_TITLE = "{} a title of more than 140 characters"
    LONG_AGO = "{} a date of more than 25 years ago"


Kind = GrantFault | GrantRemark


def faults_of(grant: StandingGrant) -> Iterator[GrantFault]:
    """Everything that keeps this grant out of the file."""
    if grant.awarded <= 0:
        yield GrantFault.NOTHING
    if not 0 <= grant.paid <= grant.awarded:
        yield GrantFault.PAID
    periods = [planned(grant), *filter(None, [actual(grant)])]
    if grant.decided_on > today() or any(first > last for first, last in periods):
        yield GrantFault.DATES
    if any(map(names_a_contact, (grant.group, grant.project, grant.summary))):
        yield GrantFault.CONTACT


def remarks_of(grant: StandingGrant) -> Iterator[GrantRemark]:
    """Everything that a checker will say of it."""
    for remark, is_said in _SAID.items():
        if is_said(grant):
            yield remark


_SAID: Mapping[GrantRemark, Callable[[StandingGrant], bool]] = {
    GrantRemark.NO_NUMBER: lambda grant: not numbers(grant),
    GrantRemark.NO_POSTCODE: lambda grant: not grant.district,
    GrantRemark.NO_WARD: lambda grant: not grant.ward_code,
    GrantRemark.SAME_TEXT: lambda grant: grant.summary in {"", grant.project},
    GrantRemark.LONG_TITLE: lambda grant: len(grant.project) > LONGEST_TITLE,
    GrantRemark.LONG_AGO: lambda grant: grant.decided_on < today() - _LONG_AGO,
}


def sound(grants: Iterable[StandingGrant]) -> Iterator[StandingGrant]:
    """Those of the grants that nothing keeps out of the file."""
    return (grant for grant in grants if not any(faults_of(grant)))


@dataclass(slots=True)
class FoundGrants:
    """How many grants something is found of, and the first of them."""

    number: int = 0
    some: list[tuple[int, str, str]] = field(default_factory=list)
    """An award's id, its group and its project."""

    def add(self, grant: StandingGrant) -> None:
        """Count one more."""
        self.number += 1
        if self.number <= MOST_SHOWN:
            self.some.append((grant.award_id, grant.group, grant.project))


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in all the grants that stand."""

    in_file: int
    held_back: int
    findings: Mapping[Kind, FoundGrants]

    @classmethod
    def of(cls, grants: Iterable[StandingGrant]) -> Self:
        """Look at each of them once."""
        numbers_of = {True: 0, False: 0}
        findings: dict[Kind, FoundGrants] = {}
        for grant in grants:
            faults = list(faults_of(grant))
            numbers_of[not faults] += 1
            for kind in faults or remarks_of(grant):
                findings.setdefault(kind, FoundGrants()).add(grant)
        return cls(numbers_of[True], numbers_of[False], findings)

    @property
    def faults(self) -> list[tuple[str, FoundGrants]]:
        """What keeps grants out, each as a sentence with its count."""
        return [_said(fault, self.findings[fault], self.held_back) for fault in GrantFault if fault in self.findings]

    @property
    def remarks(self) -> list[tuple[str, FoundGrants]]:
        """What a checker will say, in the same way."""
        return [_said(remark, self.findings[remark], self.in_file) for remark in GrantRemark if remark in self.findings]


def _said(kind: Kind, finding: FoundGrants, total: int) -> tuple[str, FoundGrants]:
    have = "has" if finding.number == 1 else "have"
    return kind.value.format(f"{finding.number:,} of {total:,} {have}"), finding
