"""Awards for programs: those of the register of grants, read in the same place."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from pbvote.addresses import funded_group_public_page
from pbvote.core.clock import UK, today
from pbvote.public_account.api.collections import ROW_NUMBER, Asked, Collection, Moment, of_number
from pbvote.public_account.figures.grants import StandingGrant, changed_since, read_grants, standing_grants


@dataclass(frozen=True, slots=True)
class AwardRow:
    """Money that the council has promised to a bid. An award that its group declines leaves the collection."""

    id: Annotated[str, Meta(description="The number of the grant, as in the register. It never changes.")]
    page: Annotated[str, Meta(description="The page for people.")]
    round: Annotated[str, Meta(description="The id of the round.")]
    locality: Annotated[str, Meta(description="The locality out of whose share it is, as addresses call it.")]
    locality_name: Annotated[str, Meta(description="The same by its name.")]
    bid: Annotated[str, Meta(description="The id of the bid.")]
    group: Annotated[str, Meta(description="The group that it was awarded to.")]
    registered_number: Annotated[
        str, Meta(description="Its charity or company number, as org-id.guide writes it; empty where it has none.")
    ]
    project: Annotated[str, Meta(description="What the group called its project.")]
    summary: Annotated[str, Meta(description="What the group told residents that it would do.")]
    chosen_by: Annotated[str, Meta(description="Who chose it: “residents” by a vote, or “members” of the partnership.")]
    theme: Annotated[str, Meta(description="What it is about, as the group says in the directory; else empty.")]
    ward: Annotated[str, Meta(description="The ward, as the group says in the directory; else empty.")]
    ward_code: Annotated[str, Meta(description="That ward’s code of the Office for National Statistics.")]
    asked_pence: Annotated[int, Meta(description="What the bid asked of the locality’s share, in pence.")]
    awarded_pence: Annotated[int, Meta(description="What was promised, in pence.")]
    paid_pence: Annotated[int, Meta(description="What has reached the group, in pence.")]
    returned_pence: Annotated[int, Meta(description="What the group sent back of it, in pence.")]
    decided_on: Annotated[dt.date, Meta(description="The day on which the council decided.")]
    told_on: Annotated[dt.date, Meta(description="The day on which the group heard.")]
    ends_on: Annotated[dt.date, Meta(description="The last day on which the money is spent.")]
    closed_on: Annotated[dt.date | None, Meta(description="The day on which it was closed; null while it runs.")]
    changed_at: Annotated[Moment, Meta(description="When something of this row last changed.")]

    @classmethod
    def of(cls, grant: StandingGrant) -> "AwardRow":
        """This grant."""
        return cls(
            id=str(grant.award_id),
            page=funded_group_public_page(grant.award_id),
            round=grant.round_slug,
            locality=grant.locality_slug,
            locality_name=grant.locality,
            bid=f"{grant.round_slug}.{grant.reference}",
            group=grant.group,
            registered_number=grant.registered,
            project=grant.project,
            summary=grant.summary,
            chosen_by="members" if grant.chosen_by_members else "residents",
            theme=grant.theme.words if grant.theme else "",
            ward=grant.ward,
            ward_code=grant.ward_code,
            asked_pence=grant.asked,
            awarded_pence=grant.awarded,
            paid_pence=grant.paid,
            returned_pence=grant.returned,
            decided_on=grant.decided_on,
            told_on=grant.told_on,
            ends_on=grant.ends_on,
            closed_on=grant.closed_at.astimezone(UK).date() if grant.closed_at else None,
            changed_at=grant.changed_at,
        )


def _find(asked: Asked) -> Sequence[AwardRow]:
    """In one statement."""
    wanted = changed_since(asked.since, today()) if asked.since else standing_grants(today())
    number = wanted.selected_columns["award_id"]
    return [AwardRow.of(grant) for grant in read_grants(asked.narrow(wanted, [number], of_number))]


AWARDS = Collection(
    name="awards",
    row=AwardRow,
    sentence="Money that was promised to groups, and what has been paid: the register of grants.",
    ids=ROW_NUMBER,
    example="7",
    find=_find,
)
