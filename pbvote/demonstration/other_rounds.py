"""The round of next year, in private, beside that of 2014."""

import datetime as dt

from pbvote.call.rounds.copying import copy_round
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import settle_share
from pbvote.core.clock import today


def add_next_round(last: Round) -> Round:
    """Next year's round as a copy of the last, in private: bids open in two months."""
    round_ = copy_round(last, "Voluntary Sector Grants 2015")
    round_.is_demonstration = True
    opens, closes = today() + dt.timedelta(days=60), today() + dt.timedelta(days=120)
    for share in round_.shares:
        settle_share(share, {"bids_open_on": opens, "bids_close_on": closes})
    return round_
