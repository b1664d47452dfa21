"""Let the database itself refuse to change or delete what was recorded.

What: triggers against UPDATE and DELETE on every append-only table.
Why: docs/decisions/0002-records-are-append-only.md
Lock: brief, on each table; no rows are read.
Down: drops the triggers; no data is lost.

Revises: 0001_tables
"""

from alembic import op

revision = "0002_append_only"
down_revision = "0001_tables"
branch_labels = None
depends_on = None

TABLES = (
    "record",
    "start",
    "ending",
    "assessment",
    "milestone",
    "intervention",
    "contact",
    "employment",
    "action_plan",
    "evidence_item",
    "verification",
    "enrolment_event",
    "line_decision",
    "statement_entry",
    "audit_event",
)


def upgrade() -> None:
    """Hang the triggers."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
            END $$
            """
        )
        for table in TABLES:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def downgrade() -> None:
    """Take the triggers off."""
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        op.execute("DROP FUNCTION refuse_change()")
        return
    for table in TABLES:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
