"""What stands above the form: whom to ring, and the rule for whoever visits alone, as the round has them."""

from dataclasses import dataclass

from pbvote.grants.awards.models import Award
from pbvote.grants.promises.accepting import acceptance_of


@dataclass(frozen=True, slots=True)
class Safety:
    """Whom a member rings about a safeguarding concern; "" where the round names nobody."""

    person: str
    telephone: str
    lone_visits: str
    go_in_twos: bool
    """Whether the group works with people at risk."""
    lead: str | None
    """Who looks after safeguarding in such a group, and their number; "" where it has named nobody.

    None where the group is no such group, or the reader's time with it is over.
    """


def safety_of(award: Award, *, reads_lead: bool) -> Safety:
    """What the award's round says, for a visit to its group, and whom such a group has named."""
    rules, is_at_risk = award.event.share.round.grant_rules, award.bid.works_with_people_at_risk
    return Safety(
        rules.safeguarding_name,
        rules.safeguarding_phone,
        rules.lone_visits,
        go_in_twos=is_at_risk,
        lead=_lead_of(award) if is_at_risk and reads_lead else None,
    )


def _lead_of(award: Award) -> str:
    accepted = acceptance_of(award)
    return accepted.safeguarding_lead if accepted else ""
