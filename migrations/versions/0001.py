"""Every table of a round, from the call to the check-in.

The ledger's triggers stand at the end: they refuse what no constraint can. A later migration that alters the ledger on
SQLite (batch mode makes the table anew) must create them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_used_step", sa.BigInteger(), nullable=False),
        sa.Column("session_key", sa.Text(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_account_name_given")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_account_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_letter_attempts_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "locality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality")),
        sa.UniqueConstraint("name", name=op.f("uq_locality_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_locality_slug")),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("pot_pence", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "open", name="roundstate", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_round_currency_code")),
        sa.CheckConstraint("pot_pence > 0", name=op.f("ck_round_pot_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("slug", name=op.f("uq_round_slug")),
    )
    op.create_table(
        "voluntary_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("registered_number", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_voluntary_group_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voluntary_group")),
    )
    op.create_table(
        "group_contact",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_group_contact_account_id_account")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["voluntary_group.id"], name=op.f("fk_group_contact_group_id_voluntary_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "account_id", name=op.f("pk_group_contact")),
    )
    op.create_table(
        "mailed_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("invitation", "sign_in", name="linkpurpose", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mailed_link_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_link")),
        sa.UniqueConstraint("tag", name=op.f("uq_mailed_link_tag")),
    )
    with op.batch_alter_table("mailed_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mailed_link_account_id"), ["account_id"], unique=False)

    op.create_table(
        "priority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["locality_id"], ["locality.id"], name=op.f("fk_priority_locality_id_locality")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
        sa.UniqueConstraint("locality_id", "position", name=op.f("uq_priority_locality_id_position")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "organiser",
                "steward",
                "lp_member",
                "group_contact",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("locality_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(role IN ('steward', 'lp_member')) = (locality_id IS NOT NULL)",
            name=op.f("ck_role_grant_locality_where_it_belongs"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id_account")),
        sa.ForeignKeyConstraint(["locality_id"], ["locality.id"], name=op.f("fk_role_grant_locality_id_locality")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "account_id", "role", "locality_id", name=op.f("uq_role_grant_account_id_role_locality_id")
        ),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_locality_id"), ["locality_id"], unique=False)
        batch_op.create_index(
            "uq_role_grant_account_id_role_whole",
            ["account_id", "role"],
            unique=True,
            sqlite_where=sa.text("locality_id IS NULL"),
            postgresql_where=sa.text("locality_id IS NULL"),
        )

    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=False),
        sa.Column("share_pence", sa.BigInteger(), nullable=False),
        sa.Column("cap_pence", sa.BigInteger(), nullable=False),
        sa.Column("bids_open_on", sa.Date(), nullable=False),
        sa.Column("bids_close_on", sa.Date(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=False),
        sa.Column("who_may_vote", sa.Text(), nullable=False),
        sa.Column(
            "format",
            sa.Enum("pitches", "stalls", name="eventformat", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column("ballot_rules", sa.JSON(), nullable=False),
        sa.Column("count_rule", sa.JSON(), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("has_opened", sa.Boolean(), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("bids_open_on <= bids_close_on", name=op.f("ck_share_dates_in_order")),
        sa.CheckConstraint("cap_pence > 0 AND cap_pence <= share_pence", name=op.f("ck_share_cap_within_share")),
        sa.CheckConstraint("minimum_age BETWEEN 0 AND 120", name=op.f("ck_share_minimum_age_plausible")),
        sa.CheckConstraint("share_pence > 0", name=op.f("ck_share_share_positive")),
        sa.ForeignKeyConstraint(["locality_id"], ["locality.id"], name=op.f("fk_share_locality_id_locality")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_share_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("round_id", "locality_id", name=op.f("uq_share_round_id_locality_id")),
    )
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_locality_id"), ["locality_id"], unique=False)

    op.create_table(
        "ward",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["locality_id"], ["locality.id"], name=op.f("fk_ward_locality_id_locality")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ward")),
        sa.UniqueConstraint("locality_id", "name", name=op.f("uq_ward_locality_id_name")),
    )
    op.create_table(
        "bid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("who_benefits", sa.Text(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "shortlisted",
                "refused",
                "withdrawn",
                "imported",
                name="bidstate",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_bid_title_given")),
        sa.ForeignKeyConstraint(["group_id"], ["voluntary_group.id"], name=op.f("fk_bid_group_id_voluntary_group")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_bid_round_id_round")),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_bid_ward_id_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid")),
        sa.UniqueConstraint("round_id", "reference", name=op.f("uq_bid_round_id_reference")),
    )
    with op.batch_alter_table("bid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bid_group_id"), ["group_id"], unique=False)
        batch_op.create_index(
            "uq_bid_round_id_group_id_standing",
            ["round_id", "group_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('received', 'shortlisted')"),
            postgresql_where=sa.text("state IN ('received', 'shortlisted')"),
        )

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "poll",
            sa.Enum(
                "planned",
                "open",
                "closed",
                "counted",
                "published",
                name="pollstate",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_event_times_in_order")),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name=op.f("fk_event_share_id_share")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("share_id", name=op.f("uq_event_share_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    op.create_table(
        "ask",
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=False),
        sa.Column("ask_pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ask_pence > 0", name=op.f("ck_ask_ask_positive")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_ask_bid_id_bid")),
        sa.ForeignKeyConstraint(["locality_id"], ["locality.id"], name=op.f("fk_ask_locality_id_locality")),
        sa.PrimaryKeyConstraint("bid_id", "locality_id", name=op.f("pk_ask")),
    )
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ask_locality_id"), ["locality_id"], unique=False)

    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("award_pence", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "accepted",
                "declined",
                "signed",
                name="awardstate",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("award_pence > 0", name=op.f("ck_award_award_positive")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_award_bid_id_bid")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_award_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("event_id", "bid_id", name=op.f("uq_award_event_id_bid_id")),
    )
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ballot_tag", sa.LargeBinary(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_ballot_version_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_ballot_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", "ballot_tag", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bid_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "shortlisted",
                "refused",
                "withdrawn",
                "imported",
                name="bidstate",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_bid_history_account_id_account")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_bid_history_bid_id_bid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_history")),
    )
    with op.batch_alter_table("bid_history", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bid_history_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "budget_line",
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("line_pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("line_pence > 0", name=op.f("ck_budget_line_line_positive")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_budget_line_bid_id_bid")),
        sa.PrimaryKeyConstraint("bid_id", "position", name=op.f("pk_budget_line")),
    )
    op.create_table(
        "code",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code_tag", sa.LargeBinary(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("envelope", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("spare", "live", "void", "test", name="codestate", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_code_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", "code_tag", name=op.f("pk_code")),
        sa.UniqueConstraint("event_id", "serial", name=op.f("uq_code_event_id_serial")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counted",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.CheckConstraint("voters > 0", name=op.f("ck_counted_voters_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_counted_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", "choices", name=op.f("pk_counted")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "print",
                "print_failed",
                "envelope",
                "open",
                "void",
                "close",
                "reopen",
                "count",
                "seal",
                "publish",
                name="ledgertype",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("seq > 0", name=op.f("ck_ledger_seq_positive")),
        sa.ForeignKeyConstraint(["actor"], ["account.id"], name=op.f("fk_ledger_actor_account")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_ledger_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", "seq", name=op.f("pk_ledger")),
    )
    op.create_table(
        "outcome",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("is_official", sa.Boolean(), nullable=True),
        sa.Column("is_own_rule", sa.Boolean(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("voters >= 0", name=op.f("ck_outcome_voters_counted")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_outcome_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_outcome")),
    )
    op.create_table(
        "paper_entry",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ballot_tag", sa.LargeBinary(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("keyed_by", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("keyed_by <> confirmed_by", name=op.f("ck_paper_entry_two_people")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["account.id"], name=op.f("fk_paper_entry_confirmed_by_account")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_paper_entry_event_id_event")),
        sa.ForeignKeyConstraint(["keyed_by"], ["account.id"], name=op.f("fk_paper_entry_keyed_by_account")),
        sa.PrimaryKeyConstraint("event_id", "ballot_tag", name=op.f("pk_paper_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "slot",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_slot_number_positive")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_slot_bid_id_bid")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_slot_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", "number", name=op.f("pk_slot")),
        sa.UniqueConstraint("event_id", "bid_id", name=op.f("uq_slot_event_id_bid_id")),
    )
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slot_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "wording",
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_wording_bid_id_bid")),
        sa.PrimaryKeyConstraint("bid_id", "language", name=op.f("pk_wording")),
    )
    op.create_table(
        "award_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "accepted",
                "declined",
                "signed",
                name="awardstate",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_award_history_account_id_account")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_award_history_award_id_award")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_history")),
    )
    with op.batch_alter_table("award_history", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_history_award_id"), ["award_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column(
            "manner",
            sa.Enum("visit", "call", "message", name="manner", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "going_well", "could_use_help", "worried", name="standing", native_enum=False, create_constraint=True
            ),
            nullable=False,
        ),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("concern", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("next_on IS NULL OR next_on >= met_on", name=op.f("ck_check_in_next_after_this")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_check_in_account_id_account")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_check_in_award_id_award")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("account_id", "form_key", name=op.f("uq_check_in_account_id_form_key")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_award_id"), ["award_id"], unique=False)

    op.create_table(
        "mentor",
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mentor_account_id_account")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_mentor_award_id_award")),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_mentor")),
    )
    with op.batch_alter_table("mentor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_account_id"), ["account_id"], unique=False)

    op.create_table(
        "study",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("closeness", sa.JSON(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["outcome.event_id"], name=op.f("fk_study_event_id_outcome")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_study")),
    )
    _protect_ledger()


def downgrade() -> None:
    _release_ledger()
    op.drop_table("study")
    with op.batch_alter_table("mentor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_account_id"))

    op.drop_table("mentor")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_in_award_id"))

    op.drop_table("check_in")
    with op.batch_alter_table("award_history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_history_award_id"))

    op.drop_table("award_history")
    op.drop_table("wording")
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slot_bid_id"))

    op.drop_table("slot")
    op.drop_table("paper_entry")
    op.drop_table("outcome")
    op.drop_table("ledger")
    op.drop_table("counted")
    op.drop_table("code")
    op.drop_table("budget_line")
    with op.batch_alter_table("bid_history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bid_history_bid_id"))

    op.drop_table("bid_history")
    op.drop_table("ballot")
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_bid_id"))

    op.drop_table("award")
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ask_locality_id"))

    op.drop_table("ask")
    op.drop_table("event")
    with op.batch_alter_table("bid", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_bid_round_id_group_id_standing",
            sqlite_where=sa.text("state IN ('received', 'shortlisted')"),
            postgresql_where=sa.text("state IN ('received', 'shortlisted')"),
        )
        batch_op.drop_index(batch_op.f("ix_bid_group_id"))

    op.drop_table("bid")
    op.drop_table("ward")
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_locality_id"))

    op.drop_table("share")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_grant_account_id_role_whole",
            sqlite_where=sa.text("locality_id IS NULL"),
            postgresql_where=sa.text("locality_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_role_grant_locality_id"))

    op.drop_table("role_grant")
    op.drop_table("priority")
    with op.batch_alter_table("mailed_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mailed_link_account_id"))

    op.drop_table("mailed_link")
    op.drop_table("group_contact")
    op.drop_table("voluntary_group")
    op.drop_table("round")
    op.drop_table("locality")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_sent_at"))

    op.drop_table("letter")
    op.drop_table("account")


def _protect_ledger() -> None:
    """Let the ledger grow and do nothing else."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("""
            CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
        """)
        op.execute("""
            CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()
        """)
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(f"""
            CREATE TRIGGER ledger_no_{act.lower()} BEFORE {act} ON ledger
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
        """)


def _release_ledger() -> None:
    """Take the triggers away, so that the table can go."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER ledger_append_only ON ledger")
        op.execute("DROP FUNCTION refuse_ledger_change()")
