"""Keep what stood out in teams' records, and what the teams say to it.

What: add the tables signal_look, signal and signal_answer, all append-only.
Why: docs/signals.md
Lock: none; nothing stands in them yet.
Down: drops the tables; looks and answers are lost, records are not.

Revises: 0008_moved_on
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ID, JSON, MOMENT

revision = "0009_signals"
down_revision = "0008_moved_on"
branch_labels = None
depends_on = None

TABLES = ("signal_look", "signal", "signal_answer")


def upgrade() -> None:
    """Make the tables and hang their triggers."""
    op.create_table(
        "signal_look",
        *_team_columns(),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("looked_at", MOMENT, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("person_count", sa.Integer(), nullable=False),
        sa.Column("worker_count", sa.Integer(), nullable=False),
        sa.Column("test_count", sa.Integer(), nullable=False),
        sa.Column("id", ID, nullable=False),
        _team_key("signal_look"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_look")),
        sa.UniqueConstraint(
            "contract_id", "provider_id", "month", name=op.f("uq_signal_look_contract_id_provider_id_month")
        ),
    )
    op.create_table(
        "signal",
        *_team_columns(),
        sa.Column("look_id", ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("worker_id", ID, nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("seen_count", sa.Integer(), nullable=False),
        sa.Column("case_count", sa.Integer(), nullable=False),
        sa.Column("expected_share", sa.Double(), nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("frequency", sa.Double(), nullable=False),
        sa.Column("record_ids", JSON, nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("id", ID, nullable=False),
        _team_key("signal"),
        sa.ForeignKeyConstraint(["look_id"], ["signal_look.id"], name=op.f("fk_signal_look_id_signal_look")),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["user_account.id"], name=op.f("fk_signal_worker_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
        sa.UniqueConstraint(
            "id", "contract_id", "provider_id", name=op.f("uq_signal_id_contract_id_provider_id")
        ),
    )
    op.create_index("ix_signal_contract_id_provider_id", "signal", ["contract_id", "provider_id"])
    op.create_table(
        "signal_answer",
        *_team_columns(),
        sa.Column("signal_id", ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_by_id", ID, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["signal_id", "contract_id", "provider_id"],
            ["signal.id", "signal.contract_id", "signal.provider_id"],
            name=op.f("fk_signal_answer_signal_id_signal"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_signal_answer_answered_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_answer")),
    )
    op.create_index("ix_signal_answer_signal_id", "signal_answer", ["signal_id"])
    for table in TABLES:
        _append_only(table)


def _team_columns() -> tuple[sa.Column[object], sa.Column[object]]:
    return (
        sa.Column("contract_id", ID, nullable=False),
        sa.Column("provider_id", ID, nullable=False),
    )


def _team_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["contract_id", "provider_id"],
        ["subcontract.contract_id", "subcontract.provider_id"],
        name=op.f(f"fk_{table}_contract_id_subcontract"),
    )


def _append_only(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def downgrade() -> None:
    """Drop the tables; their triggers go with them."""
    for table in reversed(TABLES):
        op.drop_table(table)
