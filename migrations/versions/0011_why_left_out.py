"""Keep what a check's reason for leaving a line out is made of, so that it can be said in the reader's language.

What: add claim_exclusion.said, which may be null; a reason that names nothing is told as it is, from now on in
    every language. Reasons noted before that name a day, a condition or two acts stay as they were written.
Why: docs/welsh.md
Lock: brief ACCESS EXCLUSIVE on claim_exclusion; only rows whose reason names nothing are written.
Down: drops the column; the sentence stands beside it in English, so nothing is lost.

Revises: 0010_sayings
"""

import sqlalchemy as sa
from alembic import op

from migrations import columns

revision = "0011_why_left_out"
down_revision = "0010_sayings"
branch_labels = None
depends_on = None

NAME_NOTHING = ("not-claimable", "already-claimed", "record-used", "record-corrected", "record-disputed")


def upgrade() -> None:
    """Add the column, and fill it where nothing is named."""
    op.add_column("claim_exclusion", sa.Column("said", columns.JSON, nullable=True))
    exclusion = sa.table("claim_exclusion", sa.column("reason", sa.Text()), sa.column("said", columns.JSON))
    nothing = sa.literal({}, columns.JSON)
    op.execute(sa.update(exclusion).where(exclusion.c.reason.in_(NAME_NOTHING)).values(said=nothing))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("claim_exclusion", "said")
