"""The doors of the partnerships’ own pages: every blueprint of this wing."""

from types import ModuleType

from pbvote.partnership.engagement import editor as engagement_editor
from pbvote.partnership.engagement import public as engagement_public
from pbvote.partnership.engagement.consultations import answering_public as consulting_public
from pbvote.partnership.engagement.consultations import editor as consultations_editor
from pbvote.partnership.engagement.consultations import public as consultations_public
from pbvote.partnership.engagement.consultations import result_editor, sorting_editor
from pbvote.partnership.gatherings import day_editor as gathering_day_editor
from pbvote.partnership.gatherings import editor as gatherings_editor
from pbvote.partnership.gatherings import group as gatherings_group
from pbvote.partnership.gatherings import public as gatherings_public
from pbvote.partnership.introducing import editor as introducing_editor
from pbvote.partnership.meetings import editor as meetings_editor
from pbvote.partnership.meetings import feeds_public as meeting_feeds
from pbvote.partnership.meetings import holding_editor, items_editor, papers_editor, papers_public
from pbvote.partnership.meetings import public as meetings_public
from pbvote.partnership.meetings import questions_editor as meeting_questions_editor
from pbvote.partnership.meetings.actions import editor as actions_editor
from pbvote.partnership.meetings.actions import public as actions_public
from pbvote.partnership.members import editor as members_editor
from pbvote.partnership.members import profile_member, profiles_editor
from pbvote.partnership.members import public as members_public
from pbvote.partnership.page import editor as partnership_editor
from pbvote.partnership.page import public as partnership_public
from pbvote.partnership.plan import editor as plan_editor
from pbvote.partnership.plan import public as plan_public
from pbvote.partnership.plan import stages_editor as plan_stages_editor
from pbvote.partnership.subgroups import account as subgroups_account
from pbvote.partnership.subgroups import editor as subgroups_editor
from pbvote.partnership.subgroups import joiners_editor
from pbvote.partnership.subgroups import public as subgroups_public
from pbvote.partnership.telling import public as telling_public
from pbvote.partnership.updates import editor as updates_editor
from pbvote.partnership.updates import public as updates_public

DOORS: tuple[ModuleType, ...] = (
    introducing_editor,
    gatherings_public,
    gatherings_group,
    gatherings_editor,
    gathering_day_editor,
    members_public,
    members_editor,
    profiles_editor,
    updates_public,
    updates_editor,
    profile_member,
    telling_public,
    subgroups_public,
    subgroups_account,
    subgroups_editor,
    joiners_editor,
    meetings_public,
    meeting_feeds,
    meetings_editor,
    items_editor,
    meeting_questions_editor,
    holding_editor,
    papers_public,
    papers_editor,
    actions_public,
    actions_editor,
    plan_public,
    plan_editor,
    plan_stages_editor,
    engagement_public,
    engagement_editor,
    consulting_public,
    consultations_public,
    consultations_editor,
    sorting_editor,
    result_editor,
    partnership_public,
    partnership_editor,
)
