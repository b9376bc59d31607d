"""The demonstration's groups and what they bid for. Groups, people and amounts are invented."""

from pbvote.demonstration.projects.alleyways import SMALL_GRANTS, SMALL_SALE, SMALL_URMSTON
from pbvote.demonstration.projects.meeting_places import PLACES_OF_SALE, PLACES_OF_SOUTH_TRAFFORD
from pbvote.demonstration.projects.old_trafford import OLD_TRAFFORD
from pbvote.demonstration.projects.project import SampleBid
from pbvote.demonstration.projects.sale import SALE
from pbvote.demonstration.projects.south_trafford import SOUTH_TRAFFORD, TWIN, UNCONFIRMED
from pbvote.demonstration.projects.urmston import URMSTON

__all__ = [
    "OLD_TRAFFORD",
    "PLACES_OF_SALE",
    "PLACES_OF_SOUTH_TRAFFORD",
    "SALE",
    "SMALL_GRANTS",
    "SMALL_SALE",
    "SMALL_URMSTON",
    "SOUTH_TRAFFORD",
    "TWIN",
    "UNCONFIRMED",
    "URMSTON",
    "SampleBid",
]
