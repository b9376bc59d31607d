"""Ballots that a hall can trust: two people for an act, paper, rehearsals, the code account, the seal.

Nobody has keyed a paper ballot before, so that table is made anew. The ledger's triggers are made again where SQLite
loses them with the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

POLLS = ("planned", "open", "closed", "counted", "published")
LEDGER_TYPES = (
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
)


def upgrade() -> None:
    _set_poll_states((*POLLS, "sealed"))
    _set_ledger_types((*LEDGER_TYPES, "replace", "witness", "recovery", "draw"))
    op.add_column("share", sa.Column("publishes_ballots", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("study", sa.Column("margin", sa.JSON(), nullable=True))
    _create_acts()
    op.drop_table("paper_entry")
    _create_ballots_beside()
    _create_account_and_seal()


def _create_acts() -> None:
    op.create_table(
        "witness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_witness_name_given")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_witness_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witness")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_witness_event_id_id")),
        sa.UniqueConstraint("tag", name=op.f("uq_witness_tag")),
    )
    op.create_index(op.f("ix_witness_event_id"), "witness", ["event_id"])
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", _enum("actkind", "count", "reopen", "void", "replace", "draw"), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("witness_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("asked_by <> confirmed_by", name=op.f("ck_act_two_people")),
        sa.CheckConstraint("confirmed_by IS NULL OR witness_id IS NULL", name=op.f("ck_act_one_second_person")),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL AND witness_id IS NULL)",
            name=op.f("ck_act_confirmed_by_somebody"),
        ),
        sa.CheckConstraint("confirmed_at <= expires_at", name=op.f("ck_act_confirmed_in_time")),
        sa.CheckConstraint(
            "NOT (is_withdrawn AND confirmed_at IS NOT NULL)", name=op.f("ck_act_withdrawn_or_confirmed")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_act_asked_by_account")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["account.id"], name=op.f("fk_act_confirmed_by_account")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_act_event_id_event")),
        sa.ForeignKeyConstraint(
            ["event_id", "witness_id"],
            ["witness.event_id", "witness.id"],
            name=op.f("fk_act_event_id_witness_id_witness"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    op.create_index(op.f("ix_act_event_id"), "act", ["event_id"])


def _create_ballots_beside() -> None:
    """What is beside the ballots from phones: paper, rehearsals, help, failed look-ups."""
    op.create_table(
        "paper_entry",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ballot_tag", sa.LargeBinary(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=True),
        sa.Column(
            "spoilt",
            _enum("spoiltreason", "blank", "incomplete", "too_many", "unclear", "signed"),
            nullable=True,
        ),
        sa.Column("keyed_by", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("decision", _enum("decision", "paper", "phone"), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("keyed_by <> confirmed_by", name=op.f("ck_paper_entry_two_people")),
        sa.CheckConstraint("(choices IS NULL) = (spoilt IS NOT NULL)", name=op.f("ck_paper_entry_choices_or_spoilt")),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_by IS NULL)", name=op.f("ck_paper_entry_decision_has_a_name")
        ),
        sa.ForeignKeyConstraint(["confirmed_by"], ["account.id"], name=op.f("fk_paper_entry_confirmed_by_account")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_paper_entry_decided_by_account")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_paper_entry_event_id_event")),
        sa.ForeignKeyConstraint(["keyed_by"], ["account.id"], name=op.f("fk_paper_entry_keyed_by_account")),
        sa.PrimaryKeyConstraint("event_id", "ballot_tag", name=op.f("pk_paper_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rehearsal_ballot",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ballot_tag", sa.LargeBinary(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_rehearsal_ballot_version_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_rehearsal_ballot_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", "ballot_tag", name=op.f("pk_rehearsal_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "help_given",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", _enum("helpkind", "device", "reading", "language", "marking"), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times > 0", name=op.f("ck_help_given_times_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_help_given_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", "kind", name=op.f("pk_help_given")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "failed_lookup",
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times > 0", name=op.f("ck_failed_lookup_times_positive")),
        sa.PrimaryKeyConstraint("minute", name=op.f("pk_failed_lookup")),
    )


def _create_account_and_seal() -> None:
    op.create_table(
        "code_account",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("left_over", sa.Integer(), nullable=False),
        sa.Column("door_count", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            _enum("mismatchreason", "left_before_voting", "door_miscounted", "slips_mislaid", "two_slips", "unknown"),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("stated_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("left_over >= 0", name=op.f("ck_code_account_left_over_counted")),
        sa.CheckConstraint("door_count >= 0", name=op.f("ck_code_account_door_counted")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_code_account_event_id_event")),
        sa.ForeignKeyConstraint(["stated_by"], ["account.id"], name=op.f("fk_code_account_stated_by_account")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_code_account")),
    )
    op.create_table(
        "seal",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("check_numbers", sa.JSON(), nullable=False),
        sa.Column("account", sa.JSON(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seal_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_seal")),
    )


def downgrade() -> None:
    """Back to one organiser's word. What only this revision knows is lost; sealed polls count as counted."""
    for table in ("seal", "code_account", "failed_lookup", "help_given", "rehearsal_ballot", "paper_entry", "act"):
        op.drop_table(table)
    op.drop_table("witness")
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
    op.drop_column("study", "margin")
    op.drop_column("share", "publishes_ballots")
    op.execute("UPDATE event SET poll = 'counted' WHERE poll = 'sealed'")
    _set_poll_states(POLLS)
    _set_ledger_types(LEDGER_TYPES)


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True)


def _set_poll_states(states: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        _set_check("event", "pollstate", "poll", states)
        return
    event = sa.Table(
        "event",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("poll", _enum("ck_event_pollstate", *states), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_event_times_in_order")),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name=op.f("fk_event_share_id_share")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("share_id", name=op.f("uq_event_share_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    with op.batch_alter_table("event", recreate="always", copy_from=event):
        pass


def _set_ledger_types(types: tuple[str, ...]) -> None:
    """Let the ledger hold these types. A ledger that has others stays as it is, and the migration fails."""
    if op.get_bind().dialect.name == "postgresql":
        _set_check("ledger", "ledgertype", "type", types)
        return
    ledger = sa.Table(
        "ledger",
        sa.MetaData(),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("type", _enum("ck_ledger_ledgertype", *types), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("seq > 0", name=op.f("ck_ledger_seq_positive")),
        sa.ForeignKeyConstraint(["actor"], ["account.id"], name=op.f("fk_ledger_actor_account")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_ledger_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", "seq", name=op.f("pk_ledger")),
    )
    with op.batch_alter_table("ledger", recreate="always", copy_from=ledger):
        pass
    for act in ("UPDATE", "DELETE"):
        op.execute(f"""
            CREATE TRIGGER ledger_no_{act.lower()} BEFORE {act} ON ledger
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
        """)


def _set_check(table: str, name: str, column: str, values: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{value}'" for value in values)
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({listed})")
