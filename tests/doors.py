"""Who may come in where: the table that `tests/test_doors.py` asks about, address by address."""

from tests.call import checking_doors
from tests.files.doors import FILES
from tests.grants.board_doors import BOARDS
from tests.grants.directory_doors import DIRECTORY
from tests.grants.mentor_doors import MENTORS
from tests.grants.network_doors import NETWORK
from tests.grants.promise_doors import PROMISES
from tests.grants.report_doors import REPORTS
from tests.grants.visit_doors import VISITS
from tests.partnership.doors import PARTNERSHIP
from tests.partnership.engagement_doors import ENGAGEMENT
from tests.partnership.meeting_doors import MEETINGS
from tests.partnership.plan_doors import PLANS
from tests.public_account.doors import PUBLIC_ACCOUNT
from tests.rights.doors import RIGHTS
from tests.scene import EMAILS
from tests.vote.choosing_doors import CHOOSING
from tests.vote.programme_doors import PROGRAMME

EVERYBODY = frozenset({"nobody", *EMAILS})
DESK = frozenset({"organiser"})
DOOR = DESK | {"steward"}
UPLOADS = (
    *("screen_screen.press", "screen_screen.report", "compere_compere.press"),
    *(f"door_uploads_steward.{name}" for name in ("take", "find", "take_off", "line")),
)
"""What takes JSON from a device's script, and refuses a form before it asks who sends it."""

# Each endpoint: who may read it, and who may send to it. A new route must be entered here by hand.
READERS_AND_WRITERS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(
        (
            "static",
            "home.front",
            "elections.elections",
            "home.demonstration",
            "home.accessibility",
            "home.privacy",
            "home.healthz",
            "home.readyz",
            "people.sign_in",
            "people.try_sign_in",
            "people.second_step",
            "people.try_second_step",
            "people.link_by_mail",
            "people.mail_link",
            "people.link",
            "people.open_link",
            "people.choose_password",
            "people.sign_out",
            "rounds.one_round",
            *(
                f"drafts.{it}"
                for it in ["start", "begin", "link", "open_link", "leave", "can_we", "say_whether", "questions"]
            ),
            *(f"draft_pages.{it}" for it in ["page", "keep", "save", "use_last_bid"]),
            *("draft_sending.check", "draft_sending.send"),
            "bids.sent",
            "bids.change_address",
            *(f"confirming.{name}" for name in ("link", "look", "confirm", "send_again")),
            "casting.any_event",
            "casting.start",
            *("casting.kiosk", "casting.any_kiosk"),
            "casting.now",
            "casting.paper",
            "casting.cast",
            "casting.stay",
            *(f"results.{it}" for it in ("result", "others", "close", "check_numbers", "seal", "account")),
            *("audit.bundle", "result_feeds.atom"),
            *("venue.scan", "venue.scanned"),
            *("witness.card", "witness.look", "witness.confirm"),
            *(f"passes.{name}" for name in ("card", "ask", "screen", "ask_for_screen")),
            *("screen.worker", "door.worker", "compere.worker", "compere.clock"),
        ),
        (EVERYBODY, EVERYBODY),
    ),
    **FILES,
    **PROGRAMME,
    **dict.fromkeys(("screen_screen.show", "screen_screen.now"), (DESK | {"auditor"}, frozenset())),
    **dict.fromkeys((f"compere_compere.{it}" for it in ("show", "clock", "now")), (DESK | {"auditor"}, frozenset())),
    **dict.fromkeys(("compere_desk.prepare", "compere_desk.card"), (DESK | {"auditor"}, frozenset())),
    "compere_desk.say": (frozenset(), DESK),
    **dict.fromkeys(UPLOADS, (frozenset(), EVERYBODY)),
    **CHOOSING,
    **MENTORS,
    **BOARDS,
    **DIRECTORY,
    **NETWORK,
    **PROMISES,
    **REPORTS,
    **VISITS,
    **PARTNERSHIP,
    **PUBLIC_ACCOUNT,
    **RIGHTS,
    **MEETINGS,
    **PLANS,
    **ENGAGEMENT,
    **dict.fromkeys(("home_account.start", "home_account.events"), (frozenset(EMAILS), frozenset(EMAILS))),
    **dict.fromkeys(
        ("bids_group.bids", "awards_group.awards", "awards_group.cannot"), (frozenset({"group"}), frozenset())
    ),
    **dict.fromkeys((f"awards_group.{it}" for it in ("decline", "give_back")), (frozenset(), frozenset({"group"}))),
    **dict.fromkeys(("drafts_group.change", "drafts_group.withdraw"), (frozenset(), frozenset({"group"}))),
    "home_desk.letter": (DESK, frozenset()),
    **dict.fromkeys(("results_organiser.outcome", "results_organiser.others"), (DESK, frozenset())),
    "results_organiser.look": (frozenset(), DESK),
    **dict.fromkeys(
        ("door_steward.at_door", "door_steward.help_page", "door_steward.envelope", "door_uploads_steward.now"),
        (DOOR | {"auditor"}, frozenset()),
    ),
    **dict.fromkeys(("door_steward.helped", "door_steward.open_envelope", "door_steward.count"), (frozenset(), DOOR)),
    **dict.fromkeys(
        (
            *(f"people_desk.{name}" for name in ("accounts", "account", "invite")),
            *(f"rounds_desk.{name}" for name in ("rounds", "new_round", "set_up", "shares", "settings")),
            *(f"rounds_desk.{name}" for name in ("copy", "round_settings")),
            *(f"rules_desk.{name}" for name in ("ballot", "rule", "break_my_rule")),
            "sample_desk.on_a_phone",
            "sample_desk.on_paper",
            *(f"rounds_desk.{name}" for name in ("all_localities", "new_locality", "edit_locality")),
            "grant_rules_desk.rules",
            "bids_desk.wording",
            "bids_desk.unconfirmed",
            *(f"bid_sheets_desk.{name}" for name in ("bids", "template_file", "sheet", "preview")),
            *(f"drafts_desk.{name}" for name in ("late", "one", "key_in", "letter")),
            "events_desk.new_event",
            "events_desk.edit_event",
            "events_desk.running_order",
            "slips_desk.order",
            *("slips_desk.all_envelopes", "slips_desk.envelope"),
            "slips_desk.void",
            "slips_desk.lost",
            *("witnesses_desk.witnesses", "passes_desk.passes", "venue_desk.page", "venue_desk.sheet"),
            *(f"paper_entry_desk.{name}" for name in ("papers", "key", "read_back", "entry")),
            *("results_desk.turnout", "count_desk.account"),
            "count_desk.draw",
            "count_desk.account_pdf",
            *("hall_desk.console", "door_desk.figures", "withdrawing_desk.page"),
            *(f"steps_desk.{name}_page" for name in ("opening", "closing", "counting", "publishing")),
            "poll_desk.reopen",
            *(f"awards_desk.{name}" for name in ("awards", "sheet")),
            *(f"award_decisions_desk.{name}" for name in ("decision", "paper", "change")),
            *(f"money_desk.{name}" for name in ("event_money", "sheet", "award", "call")),
            *(f"payments_desk.{name}" for name in ("plan", "payment", "returns")),
            "worries_desk.worry",
            "home_desk.today",
            "home_desk.outbox",
        ),
        (DESK | {"auditor"}, frozenset()),
    ),
    **dict.fromkeys(
        (
            "people_desk.send_invitation",
            "people_desk.add_role",
            "people_desk.take_role",
            *(f"people_desk.{name}" for name in ("disable", "enable", "send_link", "forget_phones")),
            "rounds_desk.add_round",
            "rounds_desk.share_out",
            "rounds_desk.open_round",
            "rounds_desk.settle",
            "rounds_desk.make_copy",
            "rounds_desk.settle_whole_round",
            "grant_rules_desk.settle",
            "rules_desk.choose_ballot",
            "rules_desk.choose_rule",
            "rounds_desk.add_locality",
            "rounds_desk.change_locality",
            *("bids_desk.withdraw", "withdrawing_desk.withdraw"),
            "bids_desk.word",
            "bids_desk.send_letter_again",
            *(f"bid_sheets_desk.{name}" for name in ("send_sheet", "take_in", "forget")),
            *("drafts_desk.let_in", "drafts_desk.begin"),
            "events_desk.plan",
            "events_desk.change_event",
            "events_desk.set_running_order",
            "events_desk.take_in_shortlist",
            "slips_desk.print_slips",
            "slips_desk.print_key",
            "slips_desk.show",
            "slips_desk.open_envelope",
            "slips_desk.make_void",
            "slips_desk.replace",
            *("witnesses_desk.add", "witnesses_desk.cancel", "venue_desk.look_at_server", "venue_desk.send_burst"),
            *(f"passes_desk.{name}" for name in ("make", "end_one", "allow", "end", "end_all", "pair")),
            *(f"paper_entry_desk.{name}" for name in ("open_paper", "keep_marks", "keep_spoilt", "find_entry")),
            *(f"paper_entry_desk.{name}" for name in ("confirm", "send_back", "take_out", "decide")),
            "count_desk.state",
            "count_desk.ask_to_draw",
            "poll_desk.ask_to_reopen",
            "stage_desk.press",
            *(f"door_desk.{name}" for name in ("pause", "end_pause", "set_aside")),
            "steps_desk.ask_to_count",
            "acts_desk.confirm",
            "acts_desk.cancel",
            "count_desk.seal",
            *(f"steps_desk.{name}" for name in ("open_poll", "close_poll", "publish")),
            *(f"award_decisions_desk.{it}" for it in ("record", "offer_on", "put_right", "send", "call_back", "drop")),
            "awards_desk.sign",
            "awards_desk.note_no",
            "money_desk.note_call",
            *(f"payments_desk.{name}" for name in ("ask_finance", "note", "take_back")),
            *(f"award_acts_desk.{name}" for name in ("confirm", "cancel")),
            "awards_desk.decide_about",
            *("worries_desk.answer", "worries_desk.give"),
        ),
        (frozenset(), DESK),
    ),
    **checking_doors.READERS_AND_WRITERS,
}
