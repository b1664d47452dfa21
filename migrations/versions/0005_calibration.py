"""Keep the inputs of standard errors that commissioners signed.

What: add the table calibration, append-only.
Why: docs/measurement.md#calibration
Lock: none; nothing stands in it yet.
Down: drops the table; lines that were frozen keep the inputs they were worked out with.

Revises: 0004_sittings
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ID, JSON, MOMENT

revision = "0005_calibration"
down_revision = "0004_sittings"
branch_labels = None
depends_on = None

TABLE = "calibration"


def upgrade() -> None:
    """Make the table and hang its triggers."""
    op.create_table(
        TABLE,
        sa.Column("commissioner_id", ID, nullable=False),
        sa.Column("instrument_id", ID, nullable=False),
        sa.Column("rater", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("ladder_codes", sa.Text(), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sd", sa.Text(), nullable=False),
        sa.Column("r", sa.Text(), nullable=False),
        sa.Column("r_lower", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("workings", JSON, nullable=False),
        sa.Column("signed_by_id", ID, nullable=True),
        sa.Column("signed_at", MOMENT, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["commissioner_id"], ["organisation.id"], name=op.f("fk_calibration_commissioner_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument.id"], name=op.f("fk_calibration_instrument_id_instrument")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["user_account.id"], name=op.f("fk_calibration_signed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
        sa.UniqueConstraint(
            "commissioner_id",
            "instrument_id",
            "rater",
            "language",
            "ladder_codes",
            "source",
            "version",
            name="uq_calibration_version",
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )


def downgrade() -> None:
    """Drop the table; its triggers go with it."""
    op.drop_table(TABLE)
