"""The doors of the call for bids: every blueprint of this wing."""

from types import ModuleType

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
from pbvote.call.groups import desk as groups_desk
from pbvote.call.rounds import desk as rounds_desk
from pbvote.call.rounds import grant_rules_desk, rules_desk
from pbvote.call.rounds import public as rounds_public
from pbvote.call.spreadsheets import desk as bid_sheets_desk

DOORS: tuple[ModuleType, ...] = (
    rounds_public,
    rounds_desk,
    grant_rules_desk,
    rules_desk,
    bids_public,
    confirming_public,
    bids_desk,
    bid_sheets_desk,
    bids_group,
    groups_desk,
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
)
