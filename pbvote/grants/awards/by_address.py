"""The award that a page's address names, for doors."""

from flask import abort
from flask_login import current_user

from pbvote.grants.awards.impartial import require_impartial
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of


def award_at(award_id: int) -> Award:
    """The award with this id; the answer is 404 where there is none."""
    return award_of(award_id) or abort(404)


def award_to_move(award_id: int) -> Award:
    """The same, for an officer who is about to do something about it. Raises `HasInterest`.

    Every view of the desk that writes about an award comes by here. Of an act and a declaration at once the act came
    first: it was done by somebody of whom nothing was declared.
    """
    award = award_at(award_id)
    require_impartial(award, current_user)
    return award
