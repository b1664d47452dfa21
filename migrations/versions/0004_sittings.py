"""Keep what a measured change rests on: help, focus and crisis in a sitting, and the days of the baselines.

What: assessment.help, .focus, .is_crisis; enrolment.second_baseline_on, .second_baseline_due_on,
    .baseline_locks_on; entitlement.measurement. All may be null. The days are worked out
    for who is enrolled, as if nobody had been away; the next record of each works them out anew. Everybody's
    entitlements are marked due, for two more triggers are evaluated.
Why: docs/open-ladders.md, docs/claims.md#change
Lock: brief ACCESS EXCLUSIVE on assessment, enrolment and entitlement; enrolment is read and written once.
Down: drops the columns; what was said in them is lost.

Revises: 0003_seal_keys
"""

import sqlalchemy as sa
from alembic import op

from migrations import columns

revision = "0004_sittings"
down_revision = "0003_seal_keys"
branch_labels = None
depends_on = None

ADDED: dict[str, tuple[tuple[str, sa.types.TypeEngine[object]], ...]] = {
    "assessment": (("help", sa.String(40)), ("focus", columns.JSON), ("is_crisis", sa.Boolean())),
    "enrolment": (
        ("second_baseline_due_on", sa.Date()),
        ("baseline_locks_on", sa.Date()),
        ("second_baseline_on", sa.Date()),
    ),
    "entitlement": (("measurement", columns.JSON),),
}
SECOND_BASELINES = """
    UPDATE enrolment SET second_baseline_on = (
        SELECT MIN(sitting.day) FROM (
            SELECT assessment.sitting_id, MAX(record.occurred_on) AS day
            FROM assessment JOIN record ON record.id = assessment.id
            WHERE record.enrolment_id = enrolment.id
                AND assessment.sitting_kind = 'second-baseline'
                AND assessment.rater IN ('participant', 'worker')
                AND NOT record.is_withdrawn
                AND NOT EXISTS (SELECT 1 FROM record AS newer WHERE newer.supersedes_id = record.id)
            GROUP BY assessment.sitting_id
            HAVING COUNT(DISTINCT assessment.rater) = 2
        ) AS sitting
    )
    WHERE baseline_on IS NOT NULL
"""


def upgrade() -> None:
    """Add the columns, and work out the days."""
    for table, added in ADDED.items():
        for name, kind in added:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.execute(SECOND_BASELINES)
    op.execute(
        f"UPDATE enrolment SET baseline_locks_on = COALESCE(second_baseline_on, {_later('baseline_on', 56)})"
    )
    op.execute(
        f"UPDATE enrolment SET second_baseline_due_on = {_later('baseline_on', 28)} "
        "WHERE second_baseline_on IS NULL AND last_sitting_on = baseline_on"
    )
    op.execute("UPDATE enrolment SET entitlements_due = true")


def downgrade() -> None:
    """Drop the columns."""
    for table, added in reversed(ADDED.items()):
        for name, _ in reversed(added):
            op.drop_column(table, name)


def _later(day: str, days: int) -> str:
    if op.get_bind().dialect.name == "postgresql":
        return f"{day} + {days}"
    return f"date({day}, '+{days} days')"
