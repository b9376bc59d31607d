"""Photos for the demonstration's bids, given as groups give them. Nobody's photo is among them: they are drawn."""

from collections.abc import Sequence

from pbvote.call.attachments.service import set_photo
from pbvote.call.bids.deciding import word_bid
from pbvote.call.bids.models import Bid
from pbvote.demonstration.pictures import PICTURES
from pbvote.demonstration.pictures.words import SHOWN
from pbvote.files.pictures import read_photo


def give_photos(bids: Sequence[Bid]) -> None:
    """Give each of these bids the picture of its title, in the name of its first contact, and say what it shows."""
    for bid in bids:
        picture = PICTURES[bid.title]
        contact = bid.group.contacts[0].account if bid.group else None
        set_photo(bid, read_photo(picture.drawn(), f"{bid.reference}.png"), picture.shows, contact)
        for wording in list(bid.wordings):
            word_bid(bid, wording.language, wording.title, wording.summary, SHOWN[bid.title][wording.language])
