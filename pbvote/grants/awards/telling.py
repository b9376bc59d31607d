"""What a group is told of its awards, beyond their state. The rooms above know it, and tell it here."""

from collections.abc import Callable, Mapping, Sequence

from pbvote.grants.awards.models import Award

Teller = Callable[[Sequence[Award]], Mapping[int, str]]
"""From awards to a few sentences for their groups, by an award's id. Those without news are left out."""
_tellers: list[Teller] = []


def told_of_awards(teller: Teller) -> Teller:
    """Make a function that knows more of awards known here."""
    _tellers.append(teller)
    return teller


def told(awards: Sequence[Award]) -> dict[int, list[str]]:
    """What there is to say of each award, by its id."""
    found: dict[int, list[str]] = {award.id: [] for award in awards}
    for tell in _tellers if awards else ():
        for award_id, sentences in tell(awards).items():
            found[award_id].append(sentences)
    return found
