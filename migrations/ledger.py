"""The ledger's triggers, which refuse every change of an entry, and every removal.

On SQLite a batch migration rebuilds a table and loses its triggers without a word. A migration that alters the ledger
calls `release` first and `protect` at its end.
"""

from alembic.operations import Operations


def protect(op: Operations) -> None:
    """Let nobody change or remove an entry of the ledger."""
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


def release(op: Operations) -> None:
    """Take the triggers away, so that the table can be altered."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER ledger_append_only ON ledger")
        op.execute("DROP FUNCTION refuse_ledger_change()")
        return
    for act in ("update", "delete"):
        op.execute(f"DROP TRIGGER ledger_no_{act}")
