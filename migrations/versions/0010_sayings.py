"""Keep what the sentences of a condition are made of, so that they can be said in the reader's language.

What: add entitlement.sayings, which may be null. Everybody's entitlements are marked due, so that it is filled
    when each contract is next looked at; until then a Welsh reader reads English.
Why: docs/welsh.md
Lock: brief ACCESS EXCLUSIVE on entitlement; the rows of enrolment are written once, and stay readable.
Down: drops the column; it is worked out from records, so nothing is lost.

Revises: 0009_signals
"""

import sqlalchemy as sa
from alembic import op

from migrations import columns

revision = "0010_sayings"
down_revision = "0009_signals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and have everything worked out anew."""
    op.add_column("entitlement", sa.Column("sayings", columns.JSON, nullable=True))
    enrolment = sa.table("enrolment", sa.column("entitlements_due", sa.Boolean()))
    op.execute(sa.update(enrolment).values(entitlements_due=True))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("entitlement", "sayings")
