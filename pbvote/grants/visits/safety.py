"""What stands above the form: whom to ring, and the rule for whoever visits alone."""

from dataclasses import dataclass

from pbvote.call.checking.checklist import rules_of

LONE_VISITS = "Going alone? Tell somebody where you go and when you will be back. Meet where other people are."


@dataclass(frozen=True, slots=True)
class Safety:
    """Whom a member rings about a safeguarding concern; "" where the round names nobody."""

    person: str
    telephone: str
    lone_visits: str = LONE_VISITS
    go_in_twos: bool = False
    """Whether the group works with people at risk."""


def safety_of(round_id: int, *, is_at_risk: bool) -> Safety:
    """What the round says: the person and the telephone that it names for questions."""
    rules = rules_of(round_id)
    person = rules.person.name if rules.person and rules.has_person else ""
    return Safety(person, rules.telephone if person else "", go_in_twos=is_at_risk)
