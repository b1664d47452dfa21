"""Know devices by their outboxes: what arrived, what could not be recorded, and which queues may be lost.

What: add device_outbox, device_case and parked_item; to device its last three clock offsets and whether it
    keeps what it stores; to organisation how many days a device shows what it holds.
Why: a queue that is lost must be noticed, and what is refused must not be lost; docs/offline.md
Lock: brief ACCESS EXCLUSIVE on device and organisation; a constant default rewrites no rows.
Down: drops them; what was parked is lost, records are not.

Revises: 0005_calibration
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ID, JSON, MOMENT

revision = "0006_devices"
down_revision = "0005_calibration"
branch_labels = None
depends_on = None

OFFSETS = ("clock_offset_seconds", "clock_offset_before", "clock_offset_third")


def upgrade() -> None:
    """Add them."""
    op.add_column("organisation", sa.Column("kept_days", sa.Integer(), server_default="5", nullable=False))
    op.add_column("device", sa.Column("is_persisted", sa.Boolean(), nullable=True))
    for name in OFFSETS:
        op.add_column("device", sa.Column(name, sa.Integer(), nullable=True))
    op.create_table(
        "device_outbox",
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("missing", JSON, nullable=False),
        sa.Column("doubled_count", sa.Integer(), nullable=False),
        sa.Column("first_contact_at", MOMENT, nullable=False),
        sa.Column("last_contact_at", MOMENT, nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("oldest_pending_at", MOMENT, nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("told_sequence", sa.Integer(), nullable=False),
        sa.Column("latest_at", MOMENT, nullable=True),
        sa.Column("lost", JSON, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_device_outbox_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_device_outbox_device_id_device")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_device_outbox_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_outbox")),
        sa.UniqueConstraint(
            "device_id", "user_id", "epoch", name=op.f("uq_device_outbox_device_id_user_id_epoch")
        ),
    )
    op.create_index("ix_device_outbox_organisation_id", "device_outbox", ["organisation_id"])
    op.create_table(
        "device_case",
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by_id", ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_device_case_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_device_case_device_id_device")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_device_case_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user_account.id"], name=op.f("fk_device_case_closed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_case")),
        sa.UniqueConstraint(
            "device_id", "user_id", "kind", "key", name=op.f("uq_device_case_device_id_user_id_kind_key")
        ),
    )
    _open_index(
        "ix_device_case_organisation_id_open", "device_case", ["organisation_id"], "closed_at IS NULL"
    )
    op.create_table(
        "parked_item",
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("enrolment_id", ID, nullable=True),
        sa.Column("item", JSON, nullable=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by_id", ID, nullable=True),
        sa.Column("settlement", sa.String(40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_parked_item_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_parked_item_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user_account.id"], name=op.f("fk_parked_item_settled_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_item")),
        sa.UniqueConstraint(
            "organisation_id",
            "user_id",
            "item_id",
            name=op.f("uq_parked_item_organisation_id_user_id_item_id"),
        ),
    )
    _open_index(
        "ix_parked_item_organisation_id_open",
        "parked_item",
        ["organisation_id", "received_at"],
        "settled_at IS NULL",
    )


def _open_index(name: str, table: str, columns: list[str], condition: str) -> None:
    op.create_index(
        name, table, columns, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition)
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("parked_item", "device_case", "device_outbox"):
        op.drop_table(table)
    for name in reversed(OFFSETS):
        op.drop_column("device", name)
    op.drop_column("device", "is_persisted")
    op.drop_column("organisation", "kept_days")
