"""A photo of a visit, for the demonstration: drawn, as those of the bids are."""

from pbvote.demonstration.pictures import PICTURES
from pbvote.files.pictures import read_photo
from pbvote.grants.visits.models import CheckIn
from pbvote.grants.visits.photos import add_photo
from pbvote.people.models import Account


def give_visit_photo(check_in: CheckIn, member: Account) -> None:
    """Put a photo beside what the member logged."""
    add_photo(check_in, "1", read_photo(PICTURES["Reading friends"].drawn(), "visit.png"), member)
