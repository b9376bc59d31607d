"""The doors of the vote: every blueprint of this wing."""

from types import ModuleType

from pbvote.vote.acts import desk as acts_desk
from pbvote.vote.acts import public as acts_public
from pbvote.vote.acts import witnesses_desk
from pbvote.vote.audit import data_public as vote_data_public
from pbvote.vote.audit import public as audit_public
from pbvote.vote.casting import public as casting_public
from pbvote.vote.casting import sample_desk
from pbvote.vote.choosing import desk as choosing_desk
from pbvote.vote.choosing import member as choosing_member
from pbvote.vote.choosing import public as choosing_public
from pbvote.vote.compere import desk as compere_desk
from pbvote.vote.compere import device as compere_device
from pbvote.vote.compere import public as compere_public
from pbvote.vote.count import desk as count_desk
from pbvote.vote.day import desk as day_desk
from pbvote.vote.day import public as day_public
from pbvote.vote.door import desk as door_desk
from pbvote.vote.door import public as door_public
from pbvote.vote.door import steward as door_steward
from pbvote.vote.door import uploads_steward as door_uploads
from pbvote.vote.elections import public as elections_public
from pbvote.vote.events import desk as events_desk
from pbvote.vote.events import photos_public
from pbvote.vote.hall import desk as hall_desk
from pbvote.vote.hall import steps_desk, withdrawing_desk
from pbvote.vote.paper_entry import desk as paper_entry_desk
from pbvote.vote.passes import desk as passes_desk
from pbvote.vote.passes import public as passes_public
from pbvote.vote.poll import desk as poll_desk
from pbvote.vote.programme import desk as programme_desk
from pbvote.vote.programme import public as programme_public
from pbvote.vote.programme import translations_desk
from pbvote.vote.residents import desk as residents_desk
from pbvote.vote.residents import public as residents_public
from pbvote.vote.results import desk as results_desk
from pbvote.vote.results import feeds_public as result_feeds
from pbvote.vote.results import organiser as results_organiser
from pbvote.vote.results import public as results_public
from pbvote.vote.screen import device as screen_device
from pbvote.vote.screen import public as screen_public
from pbvote.vote.slips import desk as slips_desk
from pbvote.vote.stage import desk as stage_desk
from pbvote.vote.venue import desk as venue_desk
from pbvote.vote.venue import public as venue_public

DOORS: tuple[ModuleType, ...] = (
    events_desk,
    photos_public,
    acts_public,
    acts_desk,
    witnesses_desk,
    passes_public,
    passes_desk,
    poll_desk,
    slips_desk,
    casting_public,
    sample_desk,
    paper_entry_desk,
    door_public,
    door_steward,
    door_uploads,
    door_desk,
    count_desk,
    choosing_desk,
    choosing_member,
    choosing_public,
    programme_public,
    programme_desk,
    translations_desk,
    day_public,
    day_desk,
    venue_public,
    venue_desk,
    residents_public,
    residents_desk,
    results_public,
    result_feeds,
    results_desk,
    results_organiser,
    audit_public,
    vote_data_public,
    elections_public,
    stage_desk,
    screen_public,
    screen_device,
    compere_public,
    compere_device,
    compere_desk,
    hall_desk,
    steps_desk,
    withdrawing_desk,
)
