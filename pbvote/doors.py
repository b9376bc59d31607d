"""Every door of the house, room by room: what the app opens."""

from pbvote.call.attachments import desk as attachments_desk
from pbvote.call.attachments import group as attachments_group
from pbvote.call.bids import confirming_public
from pbvote.call.bids import desk as bids_desk
from pbvote.call.bids import group as bids_group
from pbvote.call.bids import public as bids_public
from pbvote.call.checking import checklist_desk, decisions_desk
from pbvote.call.checking import desk as checking_desk
from pbvote.call.checking import group as checking_group
from pbvote.call.checking import member as checking_member
from pbvote.call.checking import public as checking_public
from pbvote.call.drafts import desk as drafts_desk
from pbvote.call.drafts import group as drafts_group
from pbvote.call.drafts import pages_public as draft_pages
from pbvote.call.drafts import public as drafts_public
from pbvote.call.drafts import sending_public as draft_sending
from pbvote.call.rounds import desk as rounds_desk
from pbvote.call.rounds import grant_rules_desk, rules_desk
from pbvote.call.rounds import public as rounds_public
from pbvote.call.spreadsheets import desk as bid_sheets_desk
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
from pbvote.home import account as home_account
from pbvote.home import desk as home_desk
from pbvote.home import member as home_member
from pbvote.home import public as home_public
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
from pbvote.people import account as phones_account
from pbvote.people import desk as people_desk
from pbvote.people import public as people_public
from pbvote.public_account.boards import desk as boards_desk
from pbvote.public_account.boards import public as boards_public
from pbvote.public_account.numbers import public as numbers_public
from pbvote.public_account.spending import public as spending_public
from pbvote.vote.acts import desk as acts_desk
from pbvote.vote.acts import public as acts_public
from pbvote.vote.acts import witnesses_desk
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
from pbvote.vote.results import organiser as results_organiser
from pbvote.vote.results import public as results_public
from pbvote.vote.screen import device as screen_device
from pbvote.vote.screen import public as screen_public
from pbvote.vote.slips import desk as slips_desk
from pbvote.vote.stage import desk as stage_desk
from pbvote.vote.venue import desk as venue_desk
from pbvote.vote.venue import public as venue_public

DOORS = (
    people_public,
    people_desk,
    phones_account,
    rounds_public,
    rounds_desk,
    grant_rules_desk,
    rules_desk,
    bids_public,
    confirming_public,
    bids_desk,
    bid_sheets_desk,
    bids_group,
    attachments_desk,
    attachments_group,
    checking_desk,
    decisions_desk,
    checklist_desk,
    checking_public,
    checking_group,
    checking_member,
    drafts_public,
    draft_pages,
    draft_sending,
    drafts_desk,
    drafts_group,
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
    results_desk,
    results_organiser,
    audit_public,
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
    introducing_editor,
    opportunities_public,
    opportunities_desk,
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
    spending_public,
    numbers_public,
    boards_public,
    boards_desk,
    partnership_editor,
    home_public,
    home_account,
    home_desk,
    home_member,
)
