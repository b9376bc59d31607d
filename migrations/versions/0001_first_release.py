"""Every table of the first release.

Constraints have the names that `pbvote.db.Base` gives them. The ledger's triggers refuse what no constraint can.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.ledger import protect, release

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "account",
    "ended_session",
    "failed_tries",
    "letter",
    "letter_attachment",
    "locality",
    "mailed_link",
    "kept_session",
    "priority",
    "role_grant",
    "ward",
    "round",
    "voluntary_group",
    "group_contact",
    "stored_file",
    "photo",
    "share",
    "bid",
    "ask",
    "bid_history",
    "bid_document",
    "budget_line",
    "sent_bid",
    "waiting_sheet",
    "draft",
    "draft_page",
    "wording",
    "checklist",
    "tick",
    "query",
    "interest",
    "interest_statement",
    "decision",
    "group_letter",
    "group_letter_copy",
    "appeal",
    "extension",
    "failed_lookup",
    "event",
    "access_request",
    "ballot",
    "counted",
    "member_choice",
    "recommendation",
    "hand_count",
    "help_given",
    "door_tap",
    "door_name",
    "door_phone",
    "door_queue",
    "door_pause",
    "ledger",
    "order_draw",
    "outcome",
    "paper_entry",
    "rehearsal_ballot",
    "reminder",
    "seal",
    "slip",
    "slot",
    "stage",
    "turn_taken",
    "venue_check",
    "volunteer",
    "witness",
    "hall_pass",
    "hall_device",
    "study",
    "award_decision",
    "award",
    "award_history",
    "award_letter",
    "acceptance",
    "payee_check",
    "payment",
    "payment_history",
    "money_return",
    "check_in",
    "promise",
    "check_in_correction",
    "check_in_photo",
    "worry",
    "planned_visit",
    "mentor",
    "absence",
    "member_card",
    "report_draft",
    "report",
    "report_line",
    "former_report",
    "former_report_line",
    "receipts_request",
    "receipt",
    "change_request",
    "sent_reminder",
    "digest",
    "command_run",
    "act",
    "listing",
    "wall_card",
    "introduction",
    "wall_answer",
    "partnership_purpose",
    "partnership_member",
    "member_profile",
    "partnership_update",
    "opportunity",
    "gathering",
    "gathering_locality",
    "sign_up",
    *("meeting", "meeting_item", "meeting_paper", "meeting_question", "action"),
    *("plan_stage", "plan_group"),
    *("subscriber", "awaited_answer", "subgroup", "subgroup_joiner"),
    *("engagement_text", "consultation", "consultation_question", "consultation_answer", "consultation_answer_words"),
    *("consultation_topic", "consultation_mark", "consultation_action", "consultation_wont"),
    "giving_publication",
    *("board_report", "board_story"),
    "erasure",
    *("year_outline", "outline_line"),
)


def upgrade() -> None:
    _create_people_and_places()
    _create_call()
    _create_checking()
    _create_vote()
    _create_stage()
    _create_door()
    _create_grants()
    _create_money()
    _create_reports()
    _create_acts()
    _create_listings()
    _create_wall()
    _create_partnerships()
    _create_opportunities()
    _create_gatherings()
    _create_meetings()
    _create_plans()
    _create_telling()
    _create_subgroups()
    _create_consultations()
    _create_open_data()
    _create_board_reports()
    _create_erasures()
    _create_outlines()
    protect(op)


def downgrade() -> None:
    release(op)
    for table in reversed(TABLES):
        op.drop_table(table)


def _one_of(name: str, *values: str) -> sa.Enum:
    """A text column with a CHECK of its values."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True)


def _create_people_and_places() -> None:
    """Accounts, localities, the outbox."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("totp_secret", sa.Text()),
        sa.Column("totp_used_step", sa.BigInteger(), nullable=False),
        sa.Column("session_key", sa.Text(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("takes_digest", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
        sa.CheckConstraint("name <> ''", name="name_given"),
    )
    op.create_table(
        "ended_session",
        sa.Column("tag", sa.LargeBinary(), primary_key=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "failed_tries",
        sa.Column("key", sa.LargeBinary(), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.CheckConstraint("times > 0", name="times_positive"),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), index=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("stops_at", sa.Text(), nullable=False),
        sa.Column("called_back_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("attempts >= 0", name="attempts_counted"),
        sa.CheckConstraint("called_back_at IS NULL OR (sent_at IS NULL AND attempts = 0)", name="called_back_untried"),
    )
    op.create_table(
        "letter_attachment",
        sa.Column("letter_id", sa.Integer(), sa.ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "locality",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("slug", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False, unique=True),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "mailed_link",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("tag", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("purpose", _one_of("linkpurpose", "invitation", "sign_in"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("leads_to", sa.Text(), nullable=False),
    )
    op.create_index(
        op.f("uq_mailed_link_account_id_purpose_open"),
        "mailed_link",
        ["account_id", "purpose", "leads_to"],
        unique=True,
        sqlite_where=sa.text("used_at IS NULL"),
        postgresql_where=sa.text("used_at IS NULL"),
    )
    op.create_table(
        "kept_session",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("tag", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "priority",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.UniqueConstraint("locality_id", "position"),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column(
            "role", _one_of("role", "organiser", "steward", "lp_member", "group_contact", "auditor"), nullable=False
        ),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), index=True),
        sa.UniqueConstraint("account_id", "role", "locality_id"),
        sa.CheckConstraint(
            "(role IN ('steward', 'lp_member')) = (locality_id IS NOT NULL)", name="locality_where_it_belongs"
        ),
    )
    op.create_index(
        op.f("uq_role_grant_account_id_role_whole"),
        "role_grant",
        ["account_id", "role"],
        unique=True,
        sqlite_where=sa.text("locality_id IS NULL"),
        postgresql_where=sa.text("locality_id IS NULL"),
    )
    op.create_table(
        "ward",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.UniqueConstraint("locality_id", "name"),
    )


def _create_call() -> None:
    """Rounds, groups and bids."""
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("slug", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("pot_pence", sa.BigInteger(), nullable=False),
        sa.Column("bid_cap_pence", sa.BigInteger()),
        sa.Column("state", _one_of("roundstate", "draft", "open"), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_reference", sa.Integer(), nullable=False),
        sa.Column("budget_from_pence", sa.BigInteger(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("has_short_form", sa.Boolean(), nullable=False),
        sa.Column("grant_rules", sa.JSON(), nullable=False),
        sa.CheckConstraint("bid_cap_pence > 0", name="bid_cap_positive"),
        sa.CheckConstraint("budget_from_pence >= 0", name="budget_from_not_negative"),
        sa.CheckConstraint("length(currency) = 3", name="currency_code"),
        sa.CheckConstraint("next_reference > 0", name="next_reference_positive"),
        sa.CheckConstraint("pot_pence > 0", name="pot_positive"),
    )
    op.create_table(
        "voluntary_group",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("registered_number", sa.Text(), nullable=False),
        sa.Column("kind", _one_of("groupkind", "charity", "company", "cic", "informal"), nullable=False),
        sa.Column("money_holder", sa.Text(), nullable=False),
        sa.Column("say_it", sa.Text(), nullable=False),
        sa.Column("contact_by_post", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> ''", name="name_given"),
    )
    op.create_table(
        "group_contact",
        sa.Column("group_id", sa.Integer(), sa.ForeignKey("voluntary_group.id"), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True, index=True),
        sa.Column("phone", sa.Text(), nullable=False),
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("digest", sa.Text(), nullable=False, index=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name="digest_whole"),
        sa.CheckConstraint("size_bytes > 0", name="size_positive"),
    )
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("small_id", sa.Integer(), sa.ForeignKey("stored_file.id"), nullable=False, unique=True),
        sa.Column("large_id", sa.Integer(), sa.ForeignKey("stored_file.id"), nullable=False, unique=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name="size_positive"),
    )
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), nullable=False),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False, index=True),
        sa.Column("share_pence", sa.BigInteger(), nullable=False),
        sa.Column("cap_pence", sa.BigInteger(), nullable=False),
        sa.Column("bids_open_on", sa.Date(), nullable=False),
        sa.Column("bids_close_on", sa.Date(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=False),
        sa.Column("who_may_vote", sa.Text(), nullable=False),
        sa.Column("format", _one_of("eventformat", "pitches", "stalls", "days", "members"), nullable=False),
        sa.Column("pitch_minutes", sa.Integer(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("ballot_rules", sa.JSON(), nullable=False),
        sa.Column("publishes_ballots", sa.Boolean(), nullable=False),
        sa.Column("count_rule", sa.JSON(), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("has_opened", sa.Boolean(), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("round_id", "locality_id"),
        sa.CheckConstraint("cap_pence > 0 AND cap_pence <= share_pence", name="cap_within_share"),
        sa.CheckConstraint("bids_open_on <= bids_close_on", name="dates_in_order"),
        sa.CheckConstraint("is_locked OR NOT has_opened", name="locked_before_opened"),
        sa.CheckConstraint("quorum BETWEEN 1 AND 50", name="quorum_plausible"),
        sa.CheckConstraint("minimum_age BETWEEN 0 AND 120", name="minimum_age_plausible"),
        sa.CheckConstraint("has_opened OR NOT is_counted", name="opened_before_counted"),
        sa.CheckConstraint("pitch_minutes BETWEEN 1 AND 60", name="pitch_minutes_plausible"),
        sa.CheckConstraint("share_pence > 0", name="share_positive"),
    )
    op.create_table(
        "bid",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), sa.ForeignKey("voluntary_group.id"), index=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("who_benefits", sa.Text(), nullable=False),
        sa.Column("ward_id", sa.Integer(), sa.ForeignKey("ward.id"), index=True),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("works_with_people_at_risk", sa.Boolean(), nullable=False),
        sa.Column("papers", _one_of("papers", "have", "will_have")),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("came_by", _one_of("cameby", "form", "telephone", "paper", "spreadsheet"), nullable=False),
        sa.Column("keyed_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column(
            "state", _one_of("bidstate", "received", "shortlisted", "refused", "withdrawn", "imported"), nullable=False
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link_tag", sa.LargeBinary(), unique=True),
        sa.Column("photo_id", sa.Integer(), sa.ForeignKey("photo.id"), unique=True),
        sa.Column("photo_text", sa.Text(), nullable=False),
        sa.UniqueConstraint("round_id", "reference"),
        sa.CheckConstraint("(photo_id IS NULL) = (photo_text = '')", name="photo_has_text"),
        sa.CheckConstraint("title <> ''", name="title_given"),
        sa.CheckConstraint("came_by <> 'form' OR keyed_by_id IS NULL", name="form_keyed_by_nobody"),
        sa.CheckConstraint(
            "came_by NOT IN ('telephone', 'paper') OR keyed_by_id IS NOT NULL", name="keyed_by_somebody"
        ),
    )
    op.create_index(
        op.f("uq_bid_round_id_group_id_standing"),
        "bid",
        ["round_id", "group_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('received', 'shortlisted')"),
        postgresql_where=sa.text("state IN ('received', 'shortlisted')"),
    )
    op.create_table(
        "ask",
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), primary_key=True),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), primary_key=True, index=True),
        sa.Column("ask_pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ask_pence > 0", name="ask_positive"),
    )
    op.create_table(
        "bid_document",
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), primary_key=True),
        sa.Column("file_id", sa.Integer(), sa.ForeignKey("stored_file.id"), primary_key=True, index=True),
    )
    op.create_table(
        "bid_history",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column(
            "state", _one_of("bidstate", "received", "shortlisted", "refused", "withdrawn", "imported"), nullable=False
        ),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    op.create_table(
        "budget_line",
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("line_pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("line_pence > 0", name="line_positive"),
    )
    op.create_table(
        "sent_bid",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), nullable=False, index=True),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_readdressed", sa.Boolean(), nullable=False),
        sa.Column("draft_key", sa.Text(), unique=True),
        sa.Column("came_by", _one_of("cameby", "form", "telephone", "paper", "spreadsheet"), nullable=False),
        sa.Column("by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("sent_at < expires_at", name="times_in_order"),
    )
    op.create_table(
        "waiting_sheet",
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True, index=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("grid", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), nullable=False, index=True),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("tag", sa.LargeBinary(), unique=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), unique=True),
        sa.Column("came_by", _one_of("cameby", "form", "telephone", "paper", "spreadsheet"), nullable=False),
        sa.Column("keyed_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warned_at", sa.DateTime(timezone=True)),
        sa.Column("late_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "draft_page",
        sa.Column("draft_id", sa.Integer(), sa.ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("page", sa.Text(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version > 0", name="version_positive"),
    )
    op.create_table(
        "wording",
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), primary_key=True),
        sa.Column("language", sa.Text(), primary_key=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("photo_text", sa.Text(), nullable=False),
    )


def _create_checking() -> None:
    """What goes on beside a bid's state while it is checked."""
    op.create_table(
        "checklist",
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("telephone", sa.Text(), nullable=False),
    )
    op.create_table(
        "tick",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), nullable=False, index=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("is_met OR reason <> ''", name="reason_where_not_met"),
    )
    op.create_table(
        "query",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), nullable=False, index=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("tag", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answer_with_its_moment"),
        sa.CheckConstraint("answered_at IS NULL OR closed_at IS NULL", name="answered_or_closed"),
    )
    op.create_index(
        op.f("uq_query_bid_id_open"),
        "query",
        ["bid_id"],
        unique=True,
        sqlite_where=sa.text("answered_at IS NULL AND closed_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL AND closed_at IS NULL"),
    )
    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("group_id", sa.Integer(), sa.ForeignKey("voluntary_group.id"), nullable=False, index=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.CheckConstraint("ended_by_id IS NULL OR ended_by_id <> account_id", name="ended_by_another"),
    )
    op.create_index(
        op.f("uq_interest_group_id_account_id_standing"),
        "interest",
        ["group_id", "account_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "interest_statement",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
    )
    _create_decisions()
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), nullable=False, index=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
        sa.CheckConstraint("reason <> ''", name="reason_given"),
    )


def _create_decisions() -> None:
    """Decisions, their letters, and what groups ask to be looked at again."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), nullable=False, index=True),
        sa.Column("verdict", _one_of("decisionkind", "shortlist", "refuse"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True)),
        sa.Column("sent_at", sa.DateTime(timezone=True), index=True),
        sa.Column("sent_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("from_state", _one_of("bidstate", "received", "shortlisted", "refused", "withdrawn", "imported")),
        sa.Column("called_back_at", sa.DateTime(timezone=True)),
        sa.Column("appeal_tag", sa.LargeBinary(), unique=True),
        sa.CheckConstraint("verdict = 'shortlist' OR (reason <> '' AND advice <> '')", name="refusal_explained"),
        sa.CheckConstraint("(sent_at IS NULL) = (sent_by_id IS NULL)", name="sent_by_somebody"),
        sa.CheckConstraint("sent_at IS NULL OR dropped_at IS NULL", name="sent_or_dropped"),
        sa.CheckConstraint("called_back_at IS NULL OR sent_at IS NOT NULL", name="sent_before_called_back"),
    )
    op.create_index(
        op.f("uq_decision_bid_id_draft"),
        "decision",
        ["bid_id"],
        unique=True,
        sqlite_where=sa.text("sent_at IS NULL AND dropped_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND dropped_at IS NULL"),
    )
    op.create_table(
        "group_letter",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), nullable=False, index=True),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decision.id"), index=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "group_letter_copy",
        sa.Column("letter_id", sa.Integer(), sa.ForeignKey("letter.id"), primary_key=True),
        sa.Column("group_letter_id", sa.Integer(), sa.ForeignKey("group_letter.id"), nullable=False, index=True),
    )
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decision.id"), nullable=False, unique=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_let_in", sa.Boolean()),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.CheckConstraint("(decided_at IS NULL) = (is_let_in IS NULL)", name="decided_with_its_moment"),
        sa.CheckConstraint("words <> ''", name="words_given"),
    )


def _create_vote() -> None:
    """Events, slips, the box, the count, the ledger."""
    op.create_table(
        "failed_lookup",
        sa.Column("minute", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times > 0", name="times_positive"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("slug", sa.Text(), nullable=False, unique=True),
        sa.Column("share_id", sa.Integer(), sa.ForeignKey("share.id"), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "poll",
            _one_of("pollstate", "planned", "choosing", "open", "closed", "counting", "counted", "sealed", "published"),
            nullable=False,
        ),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("day", sa.JSON(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("starts_at < ends_at", name="times_in_order"),
        sa.CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="closed_once_opened"),
        sa.CheckConstraint("opened_at <= closed_at", name="opened_before_closed"),
    )
    op.create_table(
        "access_request",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False, index=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("contact <> ''", name="contact_given"),
    )
    op.create_table(
        "ballot",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("ballot_tag", sa.LargeBinary(), primary_key=True),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name="version_positive"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counted",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("choices", sa.Text(), primary_key=True),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.CheckConstraint("voters > 0", name="voters_positive"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "member_choice",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True, index=True),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "recommendation",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reasons <> ''", name="reasons_given"),
    )
    op.create_table(
        "hand_count",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("left_over", sa.Integer(), nullable=False),
        sa.Column("door_count", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            _one_of(
                "mismatchreason",
                "left_before_voting",
                "door_miscounted",
                "nobody_counted",
                "slips_mislaid",
                "two_slips",
                "unknown",
            ),
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("stated_by", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.CheckConstraint("door_count >= 0", name="door_counted"),
        sa.CheckConstraint("left_over >= 0", name="left_over_counted"),
    )
    op.create_table(
        "help_given",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("kind", _one_of("helpkind", "device", "reading", "language", "marking"), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times > 0", name="times_positive"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("seq > 0", name="seq_positive"),
    )
    op.create_index("ix_ledger_event_id_type", "ledger", ["event_id", "type"])
    op.create_table(
        "outcome",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("is_official", sa.Boolean()),
        sa.Column("is_own_rule", sa.Boolean(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("voters >= 0", name="voters_counted"),
    )
    op.create_table(
        "paper_entry",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("ballot_tag", sa.LargeBinary(), primary_key=True),
        sa.Column("choices", sa.Text()),
        sa.Column("spoilt", _one_of("spoiltreason", "blank", "incomplete", "too_many", "unclear", "signed")),
        sa.Column("keyed_by", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("decision", _one_of("decision", "paper", "phone")),
        sa.Column("decided_by", sa.Integer(), sa.ForeignKey("account.id")),
        sa.CheckConstraint("(choices IS NULL) = (spoilt IS NOT NULL)", name="choices_or_spoilt"),
        sa.CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name="decision_has_a_name"),
        sa.CheckConstraint("keyed_by <> confirmed_by", name="two_people"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rehearsal_ballot",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("ballot_tag", sa.LargeBinary(), primary_key=True),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name="version_positive"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seal",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("check_numbers", sa.JSON(), nullable=False),
        sa.Column("account", sa.JSON(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
    )
    op.create_table(
        "slip",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("code_tag", sa.LargeBinary(), primary_key=True),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("envelope", sa.Integer(), nullable=False),
        sa.Column("state", _one_of("slipstate", "spare", "live", "void", "test"), nullable=False),
        sa.UniqueConstraint("event_id", "serial"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "order_draw",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False, index=True),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("references", sa.JSON(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
    )
    op.create_table(
        "slot",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), nullable=False, index=True),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("event_id", "bid_id"),
        sa.CheckConstraint("number > 0", name="number_positive"),
    )
    op.create_table(
        "venue_check",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column(
            "point",
            _one_of("venuepoint", "name", "https", "clock", "disk", "server", "burst", "sheet", "wifi"),
            primary_key=True,
        ),
        sa.Column("level", _one_of("level", "ok", "warning", "unsafe"), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.CheckConstraint("(checked_by IS NULL) = (point IN ('sheet', 'wifi'))", name="phones_have_no_name"),
        sa.CheckConstraint("(advice = '') = (level = 'ok')", name="advice_where_not_well"),
    )
    op.create_table(
        "reminder",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("email", sa.Text(), primary_key=True),
        sa.Column("tag", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date()),
        sa.CheckConstraint("letters BETWEEN 1 AND 3", name="letters_few"),
        sa.CheckConstraint("email <> ''", name="email_given"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "volunteer",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False, index=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.CheckConstraint("name <> '' AND contact <> '' AND words <> ''", name="all_said"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "witness",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False, index=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("event_id", "id"),
        sa.CheckConstraint("name <> ''", name="name_given"),
    )
    op.create_table(
        "hall_pass",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False),
        sa.Column("kind", _one_of("devicekind", "steward", "compere", "screen"), nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("made_by", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("kind <> 'screen'", name="for_people"),
    )
    op.create_index(
        op.f("uq_hall_pass_event_id_kind_live"),
        "hall_pass",
        ["event_id", "kind"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "hall_device",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False, index=True),
        sa.Column("kind", _one_of("devicekind", "steward", "compere", "screen"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allowed_by", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("allowed_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.Column("showing", sa.Text(), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 40", name="name_fits"),
        sa.CheckConstraint("(allowed_at IS NULL) = (allowed_by IS NULL)", name="allowed_by_somebody"),
        sa.CheckConstraint(
            "seen_at IS NULL OR (kind = 'screen' AND allowed_at IS NOT NULL)", name="seen_if_an_allowed_screen"
        ),
        sa.CheckConstraint("showing = '' OR seen_at IS NOT NULL", name="showing_if_seen"),
        sa.CheckConstraint("length(showing) <= 40", name="showing_fits"),
    )
    op.create_index(
        op.f("uq_hall_device_event_id_name_screen"),
        "hall_device",
        ["event_id", "name"],
        unique=True,
        sqlite_where=sa.text("kind = 'screen' AND ended_at IS NULL"),
        postgresql_where=sa.text("kind = 'screen' AND ended_at IS NULL"),
    )
    op.create_table(
        "study",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("outcome.event_id"), primary_key=True),
        sa.Column("closeness", sa.JSON(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("margin", sa.JSON()),
    )


def _award_state() -> sa.Enum:
    return _one_of("awardstate", "offered", "waits_for_second", "accepted", "declined", "signed", "closed")


def _create_grants() -> None:
    """Awards and who stays with the funded groups."""
    is_first, is_draft = sa.text("kind = 'first' AND called_back_at IS NULL"), sa.text("sent_at IS NULL")
    op.create_table(
        "award_decision",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False, index=True),
        sa.Column("kind", _one_of("awarddecisionkind", "first", "next"), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("alternatives", sa.Text(), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("sent_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("called_back_at", sa.DateTime(timezone=True)),
        sa.Index(
            "uq_award_decision_event_id_first",
            "event_id",
            unique=True,
            sqlite_where=is_first,
            postgresql_where=is_first,
        ),
        sa.Index(
            "uq_award_decision_event_id_draft",
            "event_id",
            unique=True,
            sqlite_where=is_draft,
            postgresql_where=is_draft,
        ),
        sa.CheckConstraint("decided_by <> '' AND reason <> ''", name="decision_explained"),
        sa.CheckConstraint("(sent_at IS NULL) = (sent_by_id IS NULL)", name="sent_by_somebody"),
        sa.CheckConstraint("called_back_at IS NULL OR sent_at IS NOT NULL", name="sent_before_called_back"),
    )
    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False),
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), nullable=False, index=True),
        sa.Column("award_pence", sa.BigInteger(), nullable=False),
        sa.Column("state", _award_state(), nullable=False),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("award_decision.id"), nullable=False, index=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("freed_reason", sa.Text(), nullable=False),
        sa.Column("planned_pence", sa.BigInteger(), nullable=False),
        sa.Column("paid_pence", sa.BigInteger(), nullable=False),
        sa.Column("returned_pence", sa.BigInteger(), nullable=False),
        sa.Column("report_asked_at", sa.DateTime(timezone=True)),
        sa.Column("offered_on_id", sa.Integer(), sa.ForeignKey("award_decision.id"), index=True),
        sa.UniqueConstraint("event_id", "bid_id"),
        sa.CheckConstraint("award_pence > 0", name="award_positive"),
        sa.CheckConstraint("freed_reason = '' OR state = 'declined'", name="freed_where_declined"),
        sa.CheckConstraint("offered_on_id IS NULL OR state = 'declined'", name="offered_on_where_declined"),
        sa.CheckConstraint("freed_reason = '' OR offered_on_id IS NULL", name="freed_once"),
        sa.CheckConstraint("planned_pence >= 0", name="planned_not_negative"),
        sa.CheckConstraint("planned_pence + paid_pence <= award_pence", name="paid_within_award"),
        sa.CheckConstraint("returned_pence BETWEEN 0 AND paid_pence", name="returned_within_paid"),
        sa.CheckConstraint(
            "planned_pence + paid_pence = 0 OR state IN ('accepted', 'signed', 'closed')", name="paid_where_accepted"
        ),
    )
    op.create_table(
        "award_history",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("state", _award_state(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_table(
        "award_letter",
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("award_decision.id"), primary_key=True),
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), primary_key=True, index=True),
        sa.Column("told", _one_of("told", "won", "part", "lost", "not_elsewhere", "waits"), nullable=False),
        sa.Column("group_letter_id", sa.Integer(), sa.ForeignKey("group_letter.id"), unique=True),
    )
    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False, index=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("contact_method", _one_of("contactmethod", "visit", "call", "message"), nullable=False),
        sa.Column(
            "standing", _one_of("status", "going_well", "could_use_help", "worried", "not_reached"), nullable=False
        ),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("concern", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date()),
        sa.Column("is_last", sa.Boolean(), nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("account_id", "award_id", "form_key"),
        sa.UniqueConstraint("id", "award_id"),
        sa.CheckConstraint("next_on IS NULL OR next_on >= met_on", name="next_after_this"),
        sa.CheckConstraint("NOT is_last OR next_on IS NULL", name="last_or_next"),
    )
    _create_worries()
    op.create_table(
        "planned_visit",
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), primary_key=True),
        sa.Column("due_on", sa.Date(), nullable=False, index=True),
        sa.Column("planned_on", sa.Date(), nullable=False),
    )
    lasts = sa.text("until_on IS NULL")
    op.create_table(
        "mentor",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False, index=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.Column("another_asked_at", sa.DateTime(timezone=True)),
        sa.Index("ix_mentor_one_at_a_time", "award_id", unique=True, sqlite_where=lasts, postgresql_where=lasts),
        sa.CheckConstraint("until_on >= from_on", name="days_in_order"),
    )
    _create_members()
    _create_promises()
    _create_reminders()


def _create_promises() -> None:
    """What groups accepted, as it was worded, and what they promised by when."""
    op.create_table(
        "acceptance",
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), primary_key=True),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("award_pence", sa.BigInteger(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("takes_two", sa.Boolean(), nullable=False),
        sa.Column("second_name", sa.Text(), nullable=False),
        sa.Column("second_email", sa.Text(), nullable=False),
        sa.Column("second_tag", sa.LargeBinary(), unique=True),
        sa.Column("second_asked_at", sa.DateTime(timezone=True)),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("safeguarding_lead", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> '' AND role <> ''", name="accepted_by_somebody"),
        sa.CheckConstraint("takes_two = (second_name <> '')", name="second_where_it_takes_two"),
        sa.CheckConstraint("takes_two OR confirmed_at IS NULL", name="confirmed_where_it_takes_two"),
        sa.CheckConstraint("second_email = '' OR second_email <> email", name="two_addresses"),
    )
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("kept_on", sa.Date()),
        sa.Column("kept_by", _one_of("keptby", "check_in", "report", "desk")),
        sa.Column("check_in_id", sa.Integer()),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.ForeignKeyConstraint(["check_in_id", "award_id"], ["check_in.id", "check_in.award_id"]),
        sa.UniqueConstraint("award_id", "number"),
        sa.CheckConstraint("number BETWEEN 1 AND 5", name="few_promises"),
        sa.CheckConstraint("words <> ''", name="words_given"),
        sa.CheckConstraint(
            "(kept_on IS NULL) = (kept_by IS NULL) AND (kept_on IS NULL) = (account_id IS NULL)",
            name="kept_by_somebody",
        ),
        sa.CheckConstraint(
            "(check_in_id IS NOT NULL) = (kept_by IS NOT NULL AND kept_by = 'check_in')", name="kept_at_a_check_in"
        ),
        sa.Index("ix_promise_check_in_id", "check_in_id"),
    )


def _create_reminders() -> None:
    """What was reminded of, whose week was summed up, and when that last happened."""
    to_officer = sa.text("step = 'officer'")
    op.create_table(
        "sent_reminder",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("thing_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("due_on", sa.Date(), primary_key=True),
        sa.Column("step", _one_of("reminderstep", "ahead", "on_day", "after", "officer"), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True, index=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False, index=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Index(
            "uq_sent_reminder_officer",
            *("kind", "thing_id", "due_on"),
            unique=True,
            sqlite_where=to_officer,
            postgresql_where=to_officer,
        ),
    )
    op.create_table(
        "digest",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("week_on", sa.Date(), primary_key=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("lines >= 0", name="lines_counted"),
    )
    op.create_table(
        "command_run",
        sa.Column("command", sa.Text(), primary_key=True),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
    )


def _create_members() -> None:
    """When LP members are away, and what groups read about them."""
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("back_on", sa.Date(), nullable=False),
        sa.Column("cover_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("back_on > from_on", name="days_in_order"),
        sa.CheckConstraint("cover_id <> account_id", name="cover_is_another"),
    )
    op.create_table(
        "member_card",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("ward_id", sa.Integer(), sa.ForeignKey("ward.id", ondelete="SET NULL"), index=True),
        sa.Column("photo_id", sa.Integer(), sa.ForeignKey("photo.id"), unique=True),
        sa.Column("named_from", sa.Date()),
    )


def _create_worries() -> None:
    """What check-ins said before they were corrected, their photos, and the worries that they tell of."""
    op.create_table(
        "check_in_correction",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("check_in_id", sa.Integer(), sa.ForeignKey("check_in.id"), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("concern", sa.Text(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("check_in_id", "form_key"),
    )
    op.create_table(
        "check_in_photo",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("check_in_id", sa.Integer(), sa.ForeignKey("check_in.id"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), sa.ForeignKey("photo.id"), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("check_in_id", "key"),
        sa.UniqueConstraint("check_in_id", "place"),
        sa.UniqueConstraint("photo_id"),
        sa.CheckConstraint("place BETWEEN 1 AND 3", name="place_is_one_of_three"),
    )
    is_open = sa.text("answered_at IS NULL")
    op.create_table(
        "worry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False),
        sa.Column("officer_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.ForeignKeyConstraint(["check_in_id", "award_id"], ["check_in.id", "check_in.award_id"]),
        sa.UniqueConstraint("check_in_id"),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answer_has_moment"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answer_has_author"),
        sa.Index("ix_worry_open", "award_id", sqlite_where=is_open, postgresql_where=is_open),
    )


def _create_money() -> None:
    """What finance pays for an award, what comes back, and who made sure of the account. No bank details."""
    in_force = sa.text("is_in_force")
    op.create_table(
        "payee_check",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rang_by", sa.Text(), nullable=False),
        sa.Column("spoke_to", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("rang_on", sa.Date(), nullable=False),
        sa.Column("is_in_force", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.UniqueConstraint("award_id", "number"),
        sa.UniqueConstraint("award_id", "id"),
        sa.Index(
            "uq_payee_check_award_id_in_force",
            "award_id",
            unique=True,
            sqlite_where=in_force,
            postgresql_where=in_force,
        ),
        sa.CheckConstraint("number > 0", name="number_positive"),
        sa.CheckConstraint("rang_by <> '' AND spoke_to <> '' AND role <> ''", name="people_named"),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("state", _one_of("paymentstate", "planned", "paid", "failed", "cancelled"), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date()),
        sa.Column("failed_on", sa.Date()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("takes_two", sa.Boolean(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("confirmed_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.UniqueConstraint("award_id", "number"),
        sa.ForeignKeyConstraint(["award_id", "check_id"], ["payee_check.award_id", "payee_check.id"]),
        sa.CheckConstraint("number > 0", name="number_positive"),
        sa.CheckConstraint("pence > 0", name="pence_positive"),
        sa.CheckConstraint("asked_by_id <> confirmed_by_id", name="two_people"),
        sa.CheckConstraint("takes_two = (confirmed_by_id IS NOT NULL)", name="confirmed_where_it_takes_two"),
        sa.CheckConstraint(
            "(paid_on IS NOT NULL AND state IN ('paid', 'failed'))"
            " OR (paid_on IS NULL AND state IN ('planned', 'cancelled', 'failed'))",
            name="day_of_what_was_paid",
        ),
        sa.CheckConstraint("(failed_on IS NOT NULL) = (state = 'failed')", name="day_of_what_failed"),
        sa.CheckConstraint("failed_on >= paid_on", name="days_in_order"),
        sa.CheckConstraint("state <> 'failed' OR why <> ''", name="failed_with_reason"),
    )
    op.create_table(
        "payment_history",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("payment_id", sa.Integer(), sa.ForeignKey("payment.id"), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("state", _one_of("paymentstate", "planned", "paid", "failed", "cancelled"), nullable=False),
    )
    op.create_table(
        "money_return",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.UniqueConstraint("award_id", "number"),
        sa.CheckConstraint("number > 0", name="number_positive"),
        sa.CheckConstraint("pence > 0", name="pence_positive"),
        sa.CheckConstraint("why <> ''", name="why_given"),
    )


def _create_reports() -> None:
    """What groups tell of their projects, and what they ask to change on the way."""
    manners, plans = ("written", "spoken", "typed_in", "visit"), ("keep", "send_back")
    op.create_table(
        "report_draft",
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), primary_key=True),
        sa.Column("manner", _one_of("reportmanner", *manners), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("photo_id", sa.Integer(), sa.ForeignKey("photo.id"), unique=True),
        sa.CheckConstraint("version > 0", name="version_positive"),
    )
    is_open = sa.text("answered_at IS NULL")
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False, unique=True),
        sa.Column("manner", _one_of("reportmanner", *manners), nullable=False),
        sa.Column("size", _one_of("reportsize", "photo", "page", "figures"), nullable=False),
        sa.Column("check_in_id", sa.Integer()),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer()),
        sa.Column("had_pence", sa.BigInteger(), nullable=False),
        sa.Column("spent_pence", sa.BigInteger()),
        sa.Column("left_pence", sa.BigInteger()),
        sa.Column("left_wish", _one_of("leftplan", *plans)),
        sa.Column("is_left_kept", sa.Boolean()),
        sa.Column("left_agreed_at", sa.DateTime(timezone=True)),
        sa.Column("left_agreed_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("why_no_receipt", sa.Text(), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("photo_id", sa.Integer(), sa.ForeignKey("photo.id"), unique=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("used_in", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("opened_why", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True)),
        sa.Column("opened_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.ForeignKeyConstraint(["check_in_id", "award_id"], ["check_in.id", "check_in.award_id"]),
        sa.CheckConstraint("(manner = 'visit') = (check_in_id IS NOT NULL)", name="visit_named"),
        sa.CheckConstraint("happened <> ''", name="happened_told"),
        sa.CheckConstraint("people >= 0", name="people_not_negative"),
        sa.CheckConstraint("left_pence BETWEEN 0 AND had_pence", name="left_within_had"),
        sa.CheckConstraint("spent_pence BETWEEN 0 AND had_pence", name="spent_within_had"),
        sa.CheckConstraint("(coalesce(left_pence, 0) > 0) = (left_wish IS NOT NULL)", name="wish_where_left"),
        sa.CheckConstraint("is_left_kept IS NULL OR left_wish IS NOT NULL", name="agreed_where_left"),
        sa.CheckConstraint("(is_left_kept IS NULL) = (left_agreed_at IS NULL)", name="agreed_has_moment"),
        sa.CheckConstraint("(is_left_kept IS NULL) = (left_agreed_by_id IS NULL)", name="agreed_has_author"),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answer_has_moment"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answer_has_author"),
        sa.CheckConstraint("(used_in = '') = (used_at IS NULL)", name="use_has_moment"),
        sa.CheckConstraint("(opened_why = '') = (opened_at IS NULL)", name="opened_for_a_reason"),
        sa.CheckConstraint("(opened_at IS NULL) = (opened_by_id IS NULL)", name="opened_by_somebody"),
        sa.Index("ix_report_unanswered", "award_id", sqlite_where=is_open, postgresql_where=is_open),
    )
    op.create_table(
        "report_line",
        sa.Column("report_id", sa.Integer(), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("line_pence", sa.BigInteger(), nullable=False),
        sa.Column("spent_pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("spent_pence >= 0", name="spent_not_negative"),
    )
    _create_former_reports()
    _create_receipts()
    _create_changes()


def _create_former_reports() -> None:
    """What reports said before they were corrected."""
    manners, plans = ("written", "spoken", "typed_in", "visit"), ("keep", "send_back")
    op.create_table(
        "former_report",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("report_id", sa.Integer(), sa.ForeignKey("report.id"), nullable=False, index=True),
        sa.Column("manner", _one_of("reportmanner", *manners), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer()),
        sa.Column("spent_pence", sa.BigInteger()),
        sa.Column("left_pence", sa.BigInteger()),
        sa.Column("left_wish", _one_of("leftplan", *plans)),
        sa.Column("is_left_kept", sa.Boolean()),
        sa.Column("why_no_receipt", sa.Text(), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.CheckConstraint("why <> ''", name="corrected_for_a_reason"),
    )
    op.create_table(
        "former_report_line",
        sa.Column("former_id", sa.Integer(), sa.ForeignKey("former_report.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("line_pence", sa.BigInteger(), nullable=False),
        sa.Column("spent_pence", sa.BigInteger(), nullable=False),
    )


def _create_receipts() -> None:
    """Receipts, and whom an officer asks for them."""
    is_asked = sa.text("taken_back_at IS NULL")
    op.create_table(
        "receipts_request",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False, index=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True)),
        sa.Column("taken_back_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Index(
            "uq_receipts_request_award_id_open",
            "award_id",
            unique=True,
            sqlite_where=is_asked,
            postgresql_where=is_asked,
        ),
        sa.CheckConstraint("reason <> ''", name="reason_given"),
        sa.CheckConstraint("(taken_back_at IS NULL) = (taken_back_by_id IS NULL)", name="taken_back_by_somebody"),
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False, index=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), sa.ForeignKey("photo.id"), nullable=False, unique=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
    )


def _create_changes() -> None:
    """What groups ask for on the way: more time, or to spend differently."""
    is_open = sa.text("answered_at IS NULL")
    op.create_table(
        "change_request",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), nullable=False, index=True),
        sa.Column("kind", _one_of("changekind", "more_time", "spend_differently", "correct_report"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("moved_pence", sa.BigInteger()),
        sa.Column("needs_reason", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("is_granted", sa.Boolean()),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Index(
            "uq_change_request_award_id_open",
            "award_id",
            "kind",
            unique=True,
            sqlite_where=is_open,
            postgresql_where=is_open,
        ),
        sa.CheckConstraint("words <> ''", name="words_given"),
        sa.CheckConstraint("(kind = 'more_time') = (ends_on IS NOT NULL)", name="day_of_more_time"),
        sa.CheckConstraint("(kind = 'spend_differently') = (moved_pence IS NOT NULL)", name="amount_of_change"),
        sa.CheckConstraint("moved_pence > 0", name="moved_positive"),
        sa.CheckConstraint("(answered_at IS NULL) = (is_granted IS NULL)", name="answer_is_clear"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answer_has_author"),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answer_has_words"),
        sa.CheckConstraint(
            "NOT (needs_reason AND coalesce(is_granted, false)) OR reason <> ''", name="reason_where_large"
        ),
    )


def _create_door() -> None:
    """What stewards' phones counted and noted. `help_given` stands with the vote."""
    op.create_table(
        "door_tap",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("id", sa.LargeBinary(), primary_key=True),
        sa.Column("kind", _one_of("tapkind", "voter", "guest"), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.CheckConstraint("step IN (-1, 1)", name="step_is_one"),
        sa.CheckConstraint("length(id) = 16", name="id_fits"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "door_name",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("id", sa.LargeBinary(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tie", _one_of("tie", "lives", "works", "volunteers", "studies")),
        sa.Column("age", _one_of("ageband", "under_18", "from_18", "from_25", "from_45", "from_65")),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(name) <= 80", name="name_fits"),
        sa.CheckConstraint("(name = '') = (tie IS NULL)", name="tie_if_named"),
        sa.CheckConstraint("name <> '' OR age IS NULL", name="age_if_named"),
        sa.CheckConstraint("length(id) = 16", name="id_fits"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "door_phone",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("id", sa.LargeBinary(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside", _one_of("asidereason", "broken", "gone", "lost"), nullable=True),
        sa.CheckConstraint("waiting >= 0", name="waiting_counted"),
        sa.CheckConstraint("length(id) = 16", name="id_fits"),
    )
    op.create_table(
        "door_queue",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("queue", _one_of("queue", "none", "some", "long"), nullable=False),
    )
    op.create_table(
        "door_pause",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("paused_by", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name="reason_given"),
    )


def _create_stage() -> None:
    """What the hall is shown, and how each group's turn went."""
    op.create_table(
        "stage",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "scene",
            _one_of(
                "scene",
                *("blank", "welcome", "presenting", "break", "notice", "vote", "last_call", "closed", "seal"),
                *("announcement", "thanks"),
            ),
            nullable=False,
        ),
        sa.Column(
            "poll",
            _one_of("pollstate", "planned", "choosing", "open", "closed", "counting", "counted", "sealed", "published"),
            nullable=False,
        ),
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id")),
        sa.Column("part", _one_of("part", "pitch", "questions"), nullable=False),
        sa.Column("allowed_seconds", sa.Integer(), nullable=False),
        sa.Column("spent_seconds", sa.Double(), nullable=False),
        sa.Column("running_since", sa.DateTime(timezone=True)),
        sa.Column("begun_at", sa.DateTime(timezone=True)),
        sa.Column("last_call_at", sa.DateTime(timezone=True)),
        sa.Column("revealed", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("moved_by", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version > 0", name="version_positive"),
        sa.CheckConstraint("revealed >= 0", name="revealed_counted"),
        sa.CheckConstraint("allowed_seconds >= 0 AND spent_seconds >= 0", name="seconds_counted"),
        sa.CheckConstraint("scene <> 'presenting' OR bid_id IS NOT NULL", name="somebody_presents"),
        sa.CheckConstraint("scene <> 'notice' OR notice <> ''", name="notice_says_something"),
    )
    op.create_table(
        "turn_taken",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("bid_id", sa.Integer(), sa.ForeignKey("bid.id"), primary_key=True),
        sa.Column("ended", _one_of("turnend", "spoke", "no_show"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("pitch_seconds", sa.Double(), nullable=False),
        sa.Column("question_seconds", sa.Double(), nullable=False),
        sa.CheckConstraint("pitch_seconds >= 0 AND question_seconds >= 0", name="seconds_counted"),
        sa.CheckConstraint("reason = '' OR ended = 'no_show'", name="only_a_no_show_has_a_reason"),
    )


def _create_acts() -> None:
    """What takes two people. An act is about an event or about an award."""
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), index=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), index=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("witness_id", sa.Integer()),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["event_id", "witness_id"], ["witness.event_id", "witness.id"]),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL AND witness_id IS NULL)", name="confirmed_by_somebody"
        ),
        sa.CheckConstraint("confirmed_at <= expires_at", name="confirmed_in_time"),
        sa.CheckConstraint("(event_id IS NULL) <> (award_id IS NULL)", name="event_or_award"),
        sa.CheckConstraint("confirmed_by IS NULL OR witness_id IS NULL", name="one_second_person"),
        sa.CheckConstraint("asked_by <> confirmed_by", name="two_people"),
        sa.CheckConstraint("NOT (is_withdrawn AND confirmed_at IS NOT NULL)", name="withdrawn_or_confirmed"),
        sa.CheckConstraint("witness_id IS NULL OR event_id IS NOT NULL", name="witness_of_an_event"),
    )


def _versioned() -> tuple[sa.Column[Any], ...]:
    """What every row has that several people edit."""
    return (
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
    )


def _create_partnerships() -> None:
    """What partnerships are for, and their members with what they show to everybody."""
    op.create_table(
        "partnership_purpose",
        *_versioned(),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False, unique=True),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("heading <> '' AND words <> ''", name="all_said"),
    )
    roles = ("chair", "vice_chair", "councillor", "police", "health", "council_officer", "ambassador", "other")
    op.create_table(
        "partnership_member",
        *_versioned(),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False, index=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", _one_of("memberrole", *roles), nullable=False),
        sa.Column("role_words", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("ward_id", sa.Integer(), sa.ForeignKey("ward.id", ondelete="SET NULL"), index=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("is_editor", sa.Boolean(), nullable=False),
        sa.CheckConstraint("name <> '' AND body <> ''", name="all_said"),
        sa.CheckConstraint("until_on >= from_on", name="days_in_order"),
        sa.CheckConstraint("(role = 'other') = (role_words <> '')", name="other_role_in_words"),
        sa.CheckConstraint("account_id IS NOT NULL OR NOT is_editor", name="editor_signs_in"),
    )
    lasts = sa.text("account_id IS NOT NULL AND until_on IS NULL")
    op.create_index(
        "uq_partnership_member_once",
        "partnership_member",
        ["locality_id", "account_id"],
        unique=True,
        sqlite_where=lasts,
        postgresql_where=lasts,
    )
    op.create_table(
        "member_profile",
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("partnership_member.id"), primary_key=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_agreed_on", sa.Date()),
        sa.Column("photo_id", sa.Integer(), sa.ForeignKey("photo.id"), unique=True),
        sa.Column("photo_agreed_on", sa.Date()),
        sa.Column("new_words", sa.Text(), nullable=False),
        sa.Column("new_words_agreed_on", sa.Date()),
        sa.Column("new_photo_id", sa.Integer(), sa.ForeignKey("photo.id"), unique=True),
        sa.Column("new_photo_agreed_on", sa.Date()),
        sa.Column("sent_back", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("published_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.CheckConstraint("(words = '') = (words_agreed_on IS NULL)", name="words_agreed"),
        sa.CheckConstraint("(new_words = '') = (new_words_agreed_on IS NULL)", name="new_words_agreed"),
        sa.CheckConstraint("(photo_id IS NULL) = (photo_agreed_on IS NULL)", name="photo_agreed"),
        sa.CheckConstraint("(new_photo_id IS NULL) = (new_photo_agreed_on IS NULL)", name="new_photo_agreed"),
        sa.CheckConstraint("length(words) <= 400 AND length(new_words) <= 400", name="words_short"),
        sa.CheckConstraint("photo_id <> new_photo_id", name="two_photos"),
    )
    op.create_table(
        "partnership_update",
        *_versioned(),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.Integer(), sa.ForeignKey("photo.id"), unique=True),
        sa.Column("photo_text", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("taken_down_at", sa.DateTime(timezone=True)),
        sa.Column("why_taken_down", sa.Text(), nullable=False),
        sa.Index("ix_partnership_update_locality_id_published_at", "locality_id", "published_at"),
        sa.CheckConstraint("taken_down_at IS NOT NULL OR (heading <> '' AND words <> '')", name="all_said"),
        sa.CheckConstraint("(photo_id IS NULL) = (photo_text = '')", name="photo_has_text"),
        sa.CheckConstraint("(taken_down_at IS NULL) = (why_taken_down = '')", name="taken_down_with_reason"),
        sa.CheckConstraint(
            "taken_down_at IS NULL OR (published_at IS NOT NULL AND heading = '' AND words = '' AND photo_id IS NULL)",
            name="nothing_left_of_it",
        ),
    )


def _create_opportunities() -> None:
    """What others fund."""
    themes = ("children", "older", "health", "green", "streets", "sport", "arts", "skills", "food", "together")
    op.create_table(
        "opportunity",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("who_for", sa.Text(), nullable=False),
        sa.Column("funder", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("theme", _one_of("theme", *themes)),
        sa.Column("last_on", sa.Date(), nullable=False, index=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("title <> '' AND who_for <> '' AND funder <> '' AND amount <> ''", name="all_said"),
        sa.CheckConstraint("link LIKE 'http%'", name="link_to_a_website"),
    )


def _create_gatherings() -> None:
    """Evenings of groups, the localities that they are for, and who signs up."""
    op.create_table(
        "gathering",
        *_versioned(),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False, index=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("most_a_group", sa.Integer(), nullable=False),
        sa.Column("sign_up_until", sa.Date(), nullable=False),
        sa.Column("state", _one_of("gatheringstate", "draft", "published", "off"), nullable=False),
        sa.Column("off_reason", sa.Text(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("title <> '' AND purpose <> '' AND venue <> ''", name="all_said"),
        sa.CheckConstraint("starts_at < ends_at", name="begins_first"),
        sa.CheckConstraint("places BETWEEN 1 AND 2000", name="places_counted"),
        sa.CheckConstraint("taken BETWEEN 0 AND places", name="never_too_many"),
        sa.CheckConstraint("most_a_group BETWEEN 1 AND places", name="most_fits"),
        sa.CheckConstraint("(state = 'off') = (off_reason <> '')", name="off_for_a_reason"),
        sa.CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_once"),
        sa.CheckConstraint("moves >= 0", name="moves_counted"),
    )
    op.create_table(
        "gathering_locality",
        sa.Column("gathering_id", sa.Integer(), sa.ForeignKey("gathering.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), primary_key=True, index=True),
    )
    states = ("coming", "waiting", "offered", "given_back", "walked_in")
    op.create_table(
        "sign_up",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("gathering_id", sa.Integer(), sa.ForeignKey("gathering.id"), nullable=False),
        sa.Column("group_id", sa.Integer(), sa.ForeignKey("voluntary_group.id"), index=True),
        sa.Column("walk_in_name", sa.Text(), nullable=False),
        sa.Column("state", _one_of("signupstate", *states), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("gives", sa.Text(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("needs_words", sa.Text(), nullable=False),
        sa.Column("access_needs", sa.Text(), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True)),
        sa.Column("offered_on", sa.Date()),
        sa.Column("offered_until", sa.Date()),
        sa.Column("reminded_on", sa.Date()),
        sa.Column("came", sa.Integer()),
        sa.Column("signed_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("gathering_id", "group_id"),
        sa.CheckConstraint("people >= 1", name="somebody_comes"),
        sa.CheckConstraint("(group_id IS NULL) = (walk_in_name <> '')", name="one_name"),
        sa.CheckConstraint("(state = 'walked_in') = (group_id IS NULL)", name="walked_in_without_account"),
        sa.CheckConstraint("(state = 'waiting') = (waiting_since IS NOT NULL)", name="waits_since"),
        sa.CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name="offered_until_a_day"),
        sa.CheckConstraint("came >= 0", name="came_counted"),
    )


def _create_meetings() -> None:
    """Meetings of partnerships, and the actions that come of them."""
    states = ("draft", "agenda", "held", "minutes", "agreed", "off")
    op.create_table(
        "meeting",
        *_versioned(),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("state", _one_of("meetingstate", *states), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("moved_from_at", sa.DateTime(timezone=True)),
        sa.Column("moved_at", sa.DateTime(timezone=True)),
        sa.Column("held_at", sa.DateTime(timezone=True)),
        sa.Column("agreed_at", sa.DateTime(timezone=True)),
        sa.Column("off_at", sa.DateTime(timezone=True)),
        sa.Column("off_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("title <> '' AND place <> ''", name="all_said"),
        sa.CheckConstraint("ends_at > starts_at", name="hours_in_order"),
        sa.CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="draft_or_published"),
        sa.CheckConstraint("(state IN ('held', 'minutes', 'agreed')) = (held_at IS NOT NULL)", name="held_after"),
        sa.CheckConstraint("(state = 'agreed') = (agreed_at IS NOT NULL)", name="agreed_once"),
        sa.CheckConstraint("(state = 'off') = (off_at IS NOT NULL)", name="off_once"),
        sa.CheckConstraint("(state = 'off') = (off_reason <> '')", name="off_with_reason"),
        sa.CheckConstraint("moves >= 0", name="moves_counted"),
    )
    op.create_index("ix_meeting_locality_id_starts_at", "meeting", ["locality_id", "starts_at"])
    op.create_table(
        "meeting_item",
        *_versioned(),
        sa.Column("meeting_id", sa.Integer(), sa.ForeignKey("meeting.id"), nullable=False, index=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.CheckConstraint("title <> ''", name="all_said"),
        sa.CheckConstraint("minutes > 0", name="minutes_positive"),
    )
    op.create_table(
        "meeting_paper",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("meeting_id", sa.Integer(), sa.ForeignKey("meeting.id"), nullable=False, index=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Integer(), sa.ForeignKey("stored_file.id"), unique=True),
        sa.Column("photo_id", sa.Integer(), sa.ForeignKey("photo.id"), unique=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("title <> ''", name="all_said"),
        sa.CheckConstraint("(file_id IS NULL) <> (photo_id IS NULL)", name="document_or_photo"),
    )
    _create_questions_and_actions()


def _create_questions_and_actions() -> None:
    """What residents ask about an item, and what somebody does by a day."""
    item = ("meeting_item.id",)
    op.create_table(
        "meeting_question",
        *_versioned(),
        sa.Column("item_id", sa.Integer(), sa.ForeignKey(*item), nullable=False, index=True),
        sa.Column("next_item_id", sa.Integer(), sa.ForeignKey(*item, ondelete="SET NULL"), index=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("state", _one_of("questionstate", "waiting", "shown", "refused"), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date()),
        sa.CheckConstraint("words <> ''", name="all_said"),
        sa.CheckConstraint("(state = 'refused') = (why <> '')", name="refused_with_reason"),
        sa.CheckConstraint("(answer = '') = (answered_on IS NULL)", name="answered_on_a_day"),
        sa.CheckConstraint("answer = '' OR state = 'shown'", name="answered_when_shown"),
    )
    op.create_table(
        "action",
        *_versioned(),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False, index=True),
        sa.Column("meeting_id", sa.Integer(), sa.ForeignKey("meeting.id"), index=True),
        sa.Column("item_id", sa.Integer(), sa.ForeignKey(*item), index=True),
        sa.Column("priority_id", sa.Integer(), sa.ForeignKey("priority.id", ondelete="SET NULL"), index=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column(
            "lead_member_id", sa.Integer(), sa.ForeignKey("partnership_member.id", ondelete="SET NULL"), index=True
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", _one_of("actionstate", "open", "done", "stuck"), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("looked_at_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date()),
        sa.CheckConstraint("what <> '' AND lead <> ''", name="all_said"),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_on_a_day"),
        sa.CheckConstraint("state <> 'stuck' OR why <> ''", name="stuck_with_reason"),
        sa.CheckConstraint("item_id IS NULL OR meeting_id IS NOT NULL", name="item_of_a_meeting"),
    )


def _create_plans() -> None:
    """The stages of locality plans, and the funded groups under their priorities."""
    is_here = sa.text("is_here")
    op.create_table(
        "plan_stage",
        *_versioned(),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False, index=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reached_on", sa.Date()),
        sa.Column("is_month", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Integer(), sa.ForeignKey("meeting_paper.id", ondelete="SET NULL"), index=True),
        sa.Column("is_here", sa.Boolean(), nullable=False),
        sa.CheckConstraint("heading <> ''", name="all_said"),
        sa.CheckConstraint("link = '' OR link LIKE 'https://%'", name="link_secure"),
        sa.CheckConstraint("reached_on IS NOT NULL OR NOT is_month", name="month_of_a_day"),
    )
    op.create_index(
        "uq_plan_stage_here", "plan_stage", ["locality_id"], unique=True, sqlite_where=is_here, postgresql_where=is_here
    )
    op.create_table(
        "plan_group",
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id", ondelete="CASCADE"), primary_key=True),
        sa.Column(
            "priority_id", sa.Integer(), sa.ForeignKey("priority.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("filed_on", sa.Date(), nullable=False),
    )


def _create_consultations() -> None:
    """Engagement plans, and what partnerships ask residents."""
    op.create_table(
        "engagement_text",
        *_versioned(),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("looked_at_on", sa.Date(), nullable=False),
        sa.CheckConstraint("heading <> '' AND words <> ''", name="all_said"),
    )
    op.create_index("ix_engagement_text_locality_id_position", "engagement_text", ["locality_id", "position"])
    op.create_table(
        "consultation",
        *_versioned(),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False, unique=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("was_to_close_on", sa.Date()),
        sa.Column("result_due_on", sa.Date(), nullable=False),
        sa.Column("state", _one_of("consultationstate", "draft", "out", "told", "off"), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("off_on", sa.Date()),
        sa.Column("off_reason", sa.Text(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("told_changed_on", sa.Date()),
        sa.CheckConstraint("title <> '' AND why <> '' AND officer <> ''", name="all_said"),
        sa.CheckConstraint("closes_on >= opens_on", name="days_in_order"),
        sa.CheckConstraint("result_due_on > closes_on", name="result_after"),
        sa.CheckConstraint("answered >= 0", name="answers_counted"),
        sa.CheckConstraint("(state = 'off') = (off_reason <> '')", name="off_with_reason"),
        sa.CheckConstraint("(state = 'off') = (off_on IS NOT NULL)", name="off_once"),
        sa.CheckConstraint("(state = 'told') = (told_at IS NOT NULL)", name="told_once"),
        sa.CheckConstraint("state <> 'told' OR heard <> ''", name="told_with_words"),
    )
    op.create_index("ix_consultation_locality_id_closes_on", "consultation", ["locality_id", "closes_on"])
    _create_answers()


def _create_answers() -> None:
    """What was asked and answered, sorted into topics, and what comes of it."""
    of_consultation, of_question, of_answer = "consultation.id", "consultation_question.id", "consultation_answer.key"
    op.create_table(
        "consultation_question",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("consultation_id", sa.Integer(), sa.ForeignKey(of_consultation), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.UniqueConstraint("consultation_id", "position"),
        sa.CheckConstraint("words <> ''", name="all_said"),
    )
    op.create_table(
        "consultation_answer",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("consultation_id", sa.Integer(), sa.ForeignKey(of_consultation), nullable=False, index=True),
        sa.Column("ward", sa.Text(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True)),
        sa.Column("aside_why", sa.Text(), nullable=False),
    )
    op.create_table(
        "consultation_answer_words",
        sa.Column("answer_key", sa.Text(), sa.ForeignKey(of_answer), primary_key=True),
        sa.Column("question_id", sa.Integer(), sa.ForeignKey(of_question), primary_key=True, index=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_quoted", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "consultation_topic",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("question_id", sa.Integer(), sa.ForeignKey(of_question), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.UniqueConstraint("question_id", "name"),
        sa.CheckConstraint("name <> ''", name="all_said"),
    )
    topic = sa.ForeignKey("consultation_topic.id", ondelete="CASCADE")
    op.create_table(
        "consultation_mark",
        sa.Column("answer_key", sa.Text(), sa.ForeignKey(of_answer), primary_key=True),
        sa.Column("topic_id", sa.Integer(), topic, primary_key=True, index=True),
    )
    action = sa.ForeignKey("action.id", ondelete="CASCADE")
    op.create_table(
        "consultation_action",
        sa.Column("consultation_id", sa.Integer(), sa.ForeignKey(of_consultation), primary_key=True),
        sa.Column("action_id", sa.Integer(), action, primary_key=True, index=True),
    )
    op.create_table(
        "consultation_wont",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("consultation_id", sa.Integer(), sa.ForeignKey(of_consultation), nullable=False, index=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("what <> '' AND why <> ''", name="all_said"),
    )


def _create_listings() -> None:
    """What funded groups agree to show in public."""
    op.create_table(
        "listing",
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), primary_key=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column(
            "theme",
            _one_of(
                "theme",
                *("children", "older", "health", "green", "streets", "sport", "arts", "skills", "food", "together"),
            ),
            nullable=False,
        ),
        sa.Column("ward_id", sa.Integer(), sa.ForeignKey("ward.id", ondelete="SET NULL"), index=True),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("photo_digest", sa.Text(), nullable=False),
        sa.Column("photo_text", sa.Text(), nullable=False),
        sa.Column("photo_agreed_on", sa.Date()),
        sa.Column("story_digest", sa.Text(), nullable=False),
        sa.Column("story_agreed_on", sa.Date()),
        sa.Column("needs_agreed_on", sa.Date()),
        sa.Column("mentor_agreed_on", sa.Date()),
        sa.CheckConstraint("sentence <> ''", name="sentence_given"),
        sa.CheckConstraint("(photo_digest = '') = (photo_agreed_on IS NULL)", name="photo_agreed"),
        sa.CheckConstraint("(photo_digest = '') = (photo_text = '')", name="photo_has_text"),
        sa.CheckConstraint("(story_digest = '') = (story_agreed_on IS NULL)", name="story_agreed"),
    )


def _create_wall() -> None:
    """Needs and offers, who was introduced to whom, and what people answer."""
    kinds = ("volunteers", "venue", "equipment", "publicity", "advice", "partner")
    op.create_table(
        "wall_card",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False, index=True),
        sa.Column("side", _one_of("cardside", "need", "offer"), nullable=False),
        sa.Column("kind", _one_of("needkind", *kinds), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("ward_id", sa.Integer(), sa.ForeignKey("ward.id", ondelete="SET NULL"), index=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), index=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("volunteer_id", sa.Text(), nullable=False),
        sa.Column("check_in_id", sa.Integer(), sa.ForeignKey("check_in.id")),
        sa.Column("state", _one_of("cardstate", "open", "introduced", "helped", "ended"), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False, index=True),
        sa.Column("asked_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("taken_down", sa.Text(), nullable=False),
        sa.Column("tag", sa.LargeBinary(), unique=True),
        sa.UniqueConstraint("check_in_id", "kind"),
        sa.CheckConstraint("sentence <> ''", name="sentence_given"),
        sa.CheckConstraint("side = 'offer' OR award_id IS NOT NULL", name="needs_of_groups"),
        sa.CheckConstraint("award_id IS NOT NULL OR account_id IS NOT NULL OR volunteer_id <> ''", name="has_author"),
        sa.CheckConstraint("volunteer_id = '' OR award_id IS NULL", name="one_author"),
        sa.CheckConstraint("(state = 'ended') = (ended_on IS NOT NULL)", name="ended_has_day"),
        sa.CheckConstraint("taken_down = '' OR state = 'ended'", name="taken_down_has_ended"),
    )
    _create_introductions()


def _create_introductions() -> None:
    """Who was introduced to whom, and what people answer to a card."""
    of_card = {"nullable": False, "index": True}
    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("need_id", sa.Integer(), sa.ForeignKey("wall_card.id", ondelete="CASCADE"), **of_card),
        sa.Column("offer_id", sa.Integer(), sa.ForeignKey("wall_card.id", ondelete="CASCADE"), **of_card),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("asked_on", sa.Date()),
        sa.Column("outcome", _one_of("introductionoutcome", "helped", "fell_through")),
        sa.Column("over_on", sa.Date()),
        sa.CheckConstraint("(outcome IS NULL) = (over_on IS NULL)", name="over_has_day"),
        sa.CheckConstraint("need_id <> offer_id", name="two_cards"),
    )
    live = sa.text("outcome IS NULL")
    for side in ("need", "offer"):
        name, columns = f"uq_introduction_of_{side}", [f"{side}_id"]
        op.create_index(name, "introduction", columns, unique=True, sqlite_where=live, postgresql_where=live)
    op.create_table(
        "wall_answer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("card_id", sa.Integer(), sa.ForeignKey("wall_card.id", ondelete="CASCADE"), **of_card),
        sa.Column("own_card_id", sa.Integer(), sa.ForeignKey("wall_card.id", ondelete="SET NULL"), index=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("tag", sa.LargeBinary(), unique=True),
        sa.Column("asked_on", sa.Date(), nullable=False, index=True),
        sa.Column("confirmed_on", sa.Date()),
        sa.Column("answered_on", sa.Date()),
        sa.CheckConstraint("name <> '' AND email <> '' AND words <> ''", name="all_said"),
        sa.CheckConstraint("answered_on IS NULL OR confirmed_on IS NOT NULL", name="answered_once_confirmed"),
    )


def _letter_links() -> list[sa.Column[Any]]:
    """What leads the letters back to a row, and how often they asked."""
    return [
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("stop_tag", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date()),
        sa.Column("confirmed_on", sa.Date()),
    ]


def _create_telling() -> None:
    """The addresses that are told what a partnership does."""
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        *_letter_links(),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("letter_on", sa.Date()),
        sa.UniqueConstraint("locality_id", "email"),
        sa.CheckConstraint("email <> ''", name="email_given"),
        sa.CheckConstraint("letters BETWEEN 0 AND 3", name="letters_few"),
        sa.CheckConstraint("(confirmed_on IS NULL) = (told_at IS NULL)", name="told_since_confirmed"),
        sa.CheckConstraint("letter_on IS NULL OR confirmed_on IS NOT NULL", name="no_letter_unconfirmed"),
    )
    on_delete = {"ondelete": "CASCADE"}
    op.create_table(
        "awaited_answer",
        sa.Column("subscriber_id", sa.Integer(), sa.ForeignKey("subscriber.id", **on_delete), primary_key=True),
        sa.Column(
            "question_id", sa.Integer(), sa.ForeignKey("meeting_question.id", **on_delete), primary_key=True, index=True
        ),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date()),
    )


def _create_subgroups() -> None:
    """Sub-groups of partnerships, and who has joined them."""
    lead = sa.ForeignKey("partnership_member.id", ondelete="SET NULL")
    op.create_table(
        "subgroup",
        *_versioned(),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), nullable=False, index=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("meets", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Integer(), lead, index=True),
        sa.Column("takes_joiners", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("why_ended", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> '' AND words <> '' AND meets <> ''", name="all_said"),
        sa.CheckConstraint("(ended_on IS NULL) = (why_ended = '')", name="ended_with_reason"),
        sa.CheckConstraint("ended_on IS NULL OR NOT takes_joiners", name="ended_takes_nobody"),
    )
    op.create_table(
        "subgroup_joiner",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("subgroup_id", sa.Integer(), sa.ForeignKey("subgroup.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("joined_on", sa.Date(), nullable=False),
        *_letter_links(),
        sa.UniqueConstraint("subgroup_id", "contact"),
        sa.CheckConstraint("name <> '' AND contact <> ''", name="all_said"),
        sa.CheckConstraint("letters BETWEEN 0 AND 3", name="letters_few"),
        sa.CheckConstraint("account_id IS NULL OR confirmed_on IS NOT NULL", name="account_is_confirmed"),
    )


def _create_open_data() -> None:
    """That the grants are public as 360Giving data."""
    op.create_table(
        "giving_publication",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.CheckConstraint("id = 1", name="one_publication"),
    )


def _create_erasures() -> None:
    """That a person was erased, and nothing that leads to them."""
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("rows", sa.JSON(), nullable=False),
    )


def _create_board_reports() -> None:
    """What committees of the council get for a quarter, and the groups' stories in it."""
    said = ("to_whom", "for_what", "of_whom", "title", "purpose", "recommendation", "contact", "summary", "not_well")
    corrected = ("cause", "was", "becomes", "parts", "corrected_by")
    op.create_table(
        "board_report",
        *_versioned(),
        sa.Column("committee", _one_of("committee", "health", "audit"), nullable=False),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), nullable=False, index=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in said),
        sa.Column("number", sa.Integer()),
        sa.Column("fixed_on", sa.Date()),
        sa.Column("fixed_by_id", sa.Integer(), sa.ForeignKey("account.id"), index=True),
        sa.Column("figures", sa.JSON()),
        sa.Column("superseded_on", sa.Date()),
        sa.Column("corrects_id", sa.Integer(), sa.ForeignKey("board_report.id"), unique=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in corrected),
        sa.UniqueConstraint("committee", "round_id", "first_on", "edition"),
        sa.UniqueConstraint("number", "edition"),
        sa.CheckConstraint("title <> '' AND to_whom <> '' AND contact <> ''", name="all_said"),
        sa.CheckConstraint("last_on > first_on", name="days_in_order"),
        sa.CheckConstraint("(corrects_id IS NULL) = (edition = 1)", name="later_edition_corrects"),
        sa.CheckConstraint(
            "corrects_id IS NULL OR "
            "(cause <> '' AND was <> '' AND becomes <> '' AND parts <> '' AND corrected_by <> '')",
            name="correction_explained",
        ),
        sa.CheckConstraint(
            "(number IS NULL) = (fixed_on IS NULL) AND (number IS NULL) = (figures IS NULL) "
            "AND (number IS NULL) = (fixed_by_id IS NULL)",
            name="fixed_whole",
        ),
        sa.CheckConstraint("superseded_on IS NULL OR number IS NOT NULL", name="superseded_once_fixed"),
    )
    op.create_table(
        "board_story",
        sa.Column("report_id", sa.Integer(), sa.ForeignKey("board_report.id"), primary_key=True),
        sa.Column("award_id", sa.Integer(), sa.ForeignKey("award.id"), primary_key=True, index=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 3", name="position_is_one_of_three"),
    )


def _create_outlines() -> None:
    """Years that pbvote did not run, and each figure of them with its source."""
    figures = _one_of("yearfigure", "pot", "bids", "voted", "attended", "grants", "awarded", "grant")
    op.create_table(
        "year_outline",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("year", sa.Integer(), nullable=False, unique=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("published_on", sa.Date()),
        sa.CheckConstraint("year BETWEEN 1990 AND 2200", name="year_plausible"),
    )
    op.create_table(
        "outline_line",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("outline_id", sa.Integer(), sa.ForeignKey("year_outline.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("locality_id", sa.Integer(), sa.ForeignKey("locality.id"), index=True),
        sa.Column("figure", figures, nullable=False),
        sa.Column("number", sa.BigInteger()),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("source", _one_of("figuresource", "published", "records", "invented"), nullable=False),
        sa.Column("found_in", sa.Text(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.UniqueConstraint("outline_id", "position"),
        sa.CheckConstraint("number >= 0", name="number_not_negative"),
        sa.CheckConstraint("number IS NOT NULL OR figure = 'grant'", name="number_known"),
        sa.CheckConstraint("(figure = 'grant') = (group_name <> '')", name="grant_names_group"),
        sa.CheckConstraint("found_in <> ''", name="source_named"),
        sa.CheckConstraint("counted <> '' OR figure NOT IN ('voted', 'attended')", name="people_counted_somehow"),
    )
