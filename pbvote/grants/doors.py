"""The doors of the year after: every blueprint of this wing."""

from types import ModuleType

from pbvote.grants.awards import deciding_desk as award_decisions_desk
from pbvote.grants.awards import desk as awards_desk
from pbvote.grants.awards import group as awards_group
from pbvote.grants.directory import desk as directory_desk
from pbvote.grants.directory import group as directory_group
from pbvote.grants.directory import public as directory_public
from pbvote.grants.mentors import group as mentors_group
from pbvote.grants.mentors import member as mentors_member
from pbvote.grants.mentors import photo_member
from pbvote.grants.money import acts_desk as award_acts_desk
from pbvote.grants.money import desk as money_desk
from pbvote.grants.money import payments_desk
from pbvote.grants.monitoring import desk as monitoring_desk
from pbvote.grants.monitoring import member as monitoring_member
from pbvote.grants.network import desk as network_desk
from pbvote.grants.network import group as network_group
from pbvote.grants.network import member as network_member
from pbvote.grants.network import public as network_public
from pbvote.grants.opportunities import desk as opportunities_desk
from pbvote.grants.opportunities import public as opportunities_public
from pbvote.grants.promises import desk as promises_desk
from pbvote.grants.promises import group as promises_group
from pbvote.grants.promises import public as promises_public
from pbvote.grants.reports import changes_group
from pbvote.grants.reports import correcting_desk as report_correcting_desk
from pbvote.grants.reports import desk as reports_desk
from pbvote.grants.reports import group as reports_group
from pbvote.grants.reports import member as reports_member
from pbvote.grants.reports import receipts_desk as report_receipts_desk
from pbvote.grants.reports import writing_desk as report_writing_desk
from pbvote.grants.visits import group as visits_group
from pbvote.grants.visits import member as visits_member
from pbvote.grants.visits import outbox_member, photos_desk, photos_member, worries_desk
from pbvote.grants.visits import public as visits_public

DOORS: tuple[ModuleType, ...] = (
    awards_desk,
    award_decisions_desk,
    awards_group,
    promises_group,
    promises_desk,
    promises_public,
    visits_group,
    money_desk,
    payments_desk,
    award_acts_desk,
    visits_public,
    visits_member,
    outbox_member,
    photos_member,
    photos_desk,
    reports_group,
    changes_group,
    reports_member,
    reports_desk,
    report_writing_desk,
    report_receipts_desk,
    report_correcting_desk,
    mentors_group,
    mentors_member,
    photo_member,
    worries_desk,
    monitoring_desk,
    monitoring_member,
    directory_public,
    directory_group,
    directory_desk,
    network_public,
    network_group,
    network_member,
    network_desk,
    opportunities_public,
    opportunities_desk,
)
