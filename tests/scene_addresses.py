"""An address for every route, with something of the scene in each of its places."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from tests.scene import Scene

PARTNERSHIPS = (
    *("partnership", "partnership_editor", "members", "members_editor", "profiles_editor", "profile_member"),
    *("updates", "updates_editor"),
    *("gatherings", "gatherings_editor", "gathering_day_editor"),
    *("introducing_editor", "network"),
    *("meetings", "meetings_editor", "items_editor", "questions_editor"),
    *("holding_editor", "actions", "actions_editor", "meeting_feeds"),
    *("papers", "papers_editor", "telling"),
    *("plan", "plan_editor", "plan_stages_editor"),
    *("subgroups", "subgroups_account", "subgroups_editor", "joiners_editor"),
    *("engagement", "engagement_editor", "consultations", "consultations_editor"),
    *("sorting_editor", "consultation_result_editor"),
    "numbers",
)
"""The doors whose addresses name a partnership."""

AFTER_THE_COUNT = frozenset(
    {
        "results.result",
        "results.others",
        "results.close",
        "audit.bundle",
        *(f"vote_data.{it}" for it in ("explained", "bids", "ballots")),
        "results.check_numbers",
        "results.seal",
        "results.account",
        "results_organiser.outcome",
        "results_organiser.others",
        "awards_desk.awards",
        "awards_desk.sheet",
        "money_desk.event_money",
        "money_desk.sheet",
        "award_decisions_desk.record",
        "award_decisions_desk.offer_on",
    }
)


OF_THE_OFFER = tuple(
    f"{room}_group"
    for room in ("awards", "visits", "mentors", "promises", "reports", "changes", "directory", "network")
)
REFERENCES = {"results.close": "B-24", "programme.bid": "B-08"}


def address(rule: Rule, scene: Scene) -> str:
    """The rule's address with something that exists in each of its places."""
    slug = {
        "rounds": "voluntary-sector-grants-2014",
        "grant_rules_desk": "voluntary-sector-grants-2014",
        "rounds_desk": "voluntary-sector-grants-2014",
        "one_round_desk": "voluntary-sector-grants-2014",
        "bids": "voluntary-sector-grants-2014",
        **dict.fromkeys(("drafts", "draft_pages", "draft_sending", "drafts_desk"), "voluntary-sector-grants-2014"),
        **dict.fromkeys(("residents_desk", "network_desk", "spending"), "voluntary-sector-grants-2014"),
        "confirming": "voluntary-sector-grants-2014",
        "bids_desk": "voluntary-sector-grants-2014",
        "bid_sheets_desk": "voluntary-sector-grants-2014",
        "checking_desk": "voluntary-sector-grants-2014",
        "decisions_desk": "voluntary-sector-grants-2014",
        "checklist_desk": "voluntary-sector-grants-2014",
        "results_desk": "voluntary-sector-grants-2014",
        **dict.fromkeys(("monitoring_desk", "monitoring_member"), "old-trafford-stretford"),
        **dict.fromkeys(PARTNERSHIPS, "old-trafford-stretford"),
        "choosing": "small-grants-urmston",
        "choosing_desk": "small-grants-sale",
        "choosing_member": "small-grants-sale",
    }.get(rule.endpoint.partition(".")[0], scene.slug)
    if rule.endpoint in {"directory.groups", "directory.sheet"}:
        slug = "old-trafford-stretford"
    if rule.endpoint in {"rounds_desk.edit_locality", "rounds_desk.change_locality"}:
        slug = "sale"
    if rule.endpoint in AFTER_THE_COUNT:
        slug = "urmston-partington-2014"
    is_own = rule.endpoint.startswith(("attachments_group", "drafts_group"))
    is_offer = rule.endpoint.startswith(OF_THE_OFFER)
    is_listed = rule.endpoint.startswith(("directory.", "directory_desk"))
    is_day = rule.endpoint.startswith("day_desk")
    bid_id = scene.on_ballot_id if rule.endpoint.startswith("withdrawing_desk") else scene.bid_id
    values = {
        "slug": slug,
        "filename": "site.css",
        "language": "pl",
        "locality_slug": "old-trafford-stretford",
        "kind": "poster" if rule.endpoint.startswith("programme") else "signs" if is_day else "xlsx",
        "request_id": scene.request_id,
        "serial": scene.serial,
        "reference": REFERENCES.get(rule.endpoint, scene.reference),
        "share_id": scene.share_id,
        "bid_id": scene.own_bid_id if is_own else bid_id,
        "file_id": scene.file_id,
        "digest": scene.digest,
        "width": 400,
        "sent_id": 1,
        "draft_id": scene.draft_id,
        "page": "group",
        "year": "2014-15",
        "account_id": scene.account_id,
        "grant_id": 1,
        "letter_id": scene.letter_id if rule.endpoint == "checking_desk.letter" else 1,
        "act_id": 1,
        "query_id": 1,
        "decision_id": 1,
        "appeal_id": 1,
        "interest_id": 1,
        "way": "up",
        "answer": "yes",
        "number": scene.consulted.hour if rule.endpoint.startswith("sorting_editor") else 1,
        "witness_id": 1,
        "what": "sent",
        "device_id": 1,
        "phone": "00" * 16,
        "absence_id": 1,
        "phone_id": 1,
        "award_id": scene.offered_id if is_offer else scene.listed_id if is_listed else scene.mentored_id,
        "check_in_id": scene.shared_check_in_id if is_offer else scene.own_check_in_id,
        "place": 1,
        "worry_id": scene.worry_id,
        "meeting_id": scene.meeting_id,
        "item_id": scene.item_id,
        "question_id": scene.question_id,
        "action_id": scene.action_id,
        "paper_id": scene.paper_id,
        "stage_id": scene.stage_id,
        "consultation_id": scene.consulted.consultation_id,
        "code": scene.consulted.code if rule.endpoint.startswith("consulting.") else "K7QF9M2TXW4R",
        "topic_id": scene.consulted.topic_id,
        "text_id": scene.consulted.text_id,
        # Whoever is deleted can't be asked for again.
        "member_id": scene.partner_id + 1 if rule.endpoint == "members_editor.remove" else scene.partner_id,
        "update_id": scene.update_id,
        "gathering_id": scene.gathering_id,
        "group_id": scene.group_id,
        # Whoever takes one off leaves the others their own.
        "opportunity_id": 2 if rule.endpoint == "opportunities_desk.remove" else 1,
        "sign_up_id": scene.sign_up_id,
        "receipt_id": 1,
        "report_id": scene.board_report_id,
        "change_id": 1,
        "card_id": scene.card_id,
        "subgroup_id": 1,
        "joiner_id": 1,
        "name": "rounds",
        "row_id": "voluntary-sector-grants-2014",
    }
    if rule.endpoint in {f"boards_desk.{it}" for it in ("words", "write", "fix")}:
        values["report_id"] = scene.board_report_id + 1
    if rule.endpoint.startswith("outlines"):
        values["year"] = 2013
    path = rule.rule
    for name in rule.arguments:
        for converter in ("", "any(yes, no):", "any(up, down):", "int:", "path:", "slug:"):
            path = path.replace(f"<{converter}{name}>", str(values[name]))
    return path


def rules_of(app: Flask, method: str) -> Iterator[Rule]:
    """The app's rules that take this method."""
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))
