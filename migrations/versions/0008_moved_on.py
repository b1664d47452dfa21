"""Say on the standing when somebody last took a step that others could see.

What: add enrolment.moved_on, filled from the milestones and the work that stand.
Why: docs/measurement.md; a caseload is asked who moves and who is stuck, by dates and never by scores
Lock: ACCESS EXCLUSIVE on enrolment while its rows are filled from an index on record; seconds for 100,000.
Down: drops the column; it is worked out from records, so nothing is lost.

Revises: 0007_disagreements
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_moved_on"
down_revision = "0007_disagreements"
branch_labels = None
depends_on = None

FILLED = """
UPDATE enrolment SET moved_on = (
    SELECT max(record.occurred_on) FROM record
    WHERE record.enrolment_id = enrolment.id
      AND record.kind IN ('milestone', 'employment')
      AND NOT record.is_withdrawn
      AND NOT EXISTS (SELECT 1 FROM record AS newer WHERE newer.supersedes_id = record.id)
)
"""


def upgrade() -> None:
    """Add the column and fill it."""
    op.add_column("enrolment", sa.Column("moved_on", sa.Date(), nullable=True))
    op.execute(FILLED)


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("enrolment", "moved_on")
