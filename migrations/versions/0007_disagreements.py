"""Keep what people disagree with, and the links by which they open their own picture.

What: add disagreement, append-only, and picture_link.
Why: docs/decisions/0011-disagreements.md
Lock: none; nothing stands in them yet.
Down: drops both; disagreements are lost from their records' details, the records stay.

Revises: 0006_devices
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ID, JSON, MOMENT

revision = "0007_disagreements"
down_revision = "0006_devices"
branch_labels = None
depends_on = None

TABLE = "disagreement"


def upgrade() -> None:
    """Make the tables and hang the triggers."""
    op.create_table(
        TABLE,
        sa.Column("contract_id", ID, nullable=False),
        sa.Column("provider_id", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("subject_root_id", ID, nullable=False),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("present", JSON, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_disagreement_id_contract_id_provider_id_record"),
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["record.id"], name=op.f("fk_disagreement_subject_id_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreement")),
    )
    op.create_index("ix_disagreement_subject_root_id", TABLE, ["subject_root_id"])
    op.create_table(
        "picture_link",
        sa.Column("contract_id", ID, nullable=False),
        sa.Column("provider_id", ID, nullable=False),
        sa.Column("enrolment_id", ID, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("device_hash", sa.LargeBinary(32), nullable=True),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("membership_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "contract_id", "provider_id"],
            ["enrolment.id", "enrolment.contract_id", "enrolment.provider_id"],
            name=op.f("fk_picture_link_enrolment_id_contract_id_provider_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user_account.id"], name=op.f("fk_picture_link_created_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_picture_link_membership_id_membership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_picture_link_secret_hash")),
        sa.UniqueConstraint("device_hash", name=op.f("uq_picture_link_device_hash")),
    )
    op.create_index("ix_picture_link_enrolment_id", "picture_link", ["enrolment_id"])
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
    """Drop the tables; the triggers go with them."""
    op.drop_table("picture_link")
    op.drop_table(TABLE)
