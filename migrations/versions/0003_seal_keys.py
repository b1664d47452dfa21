"""Keep the keys that devices seal their outbox to, and how a file on its way is sealed.

What: add the table seal_key; add upload.seal, null for a file that comes in plain.
Why: a lost tablet must tell nothing, not even to who unlocks it; docs/offline.md
Lock: brief ACCESS EXCLUSIVE on upload; no rows are rewritten.
Down: drops both; what was sealed to these keys can be opened no more.

Revises: 0002_append_only
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ID, JSON, MOMENT

revision = "0003_seal_keys"
down_revision = "0002_append_only"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "seal_key",
        sa.Column("public_point", sa.LargeBinary(65), nullable=False),
        sa.Column("private_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("secret_id", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.Column("destroyed_at", MOMENT, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_key")),
    )
    op.add_column("upload", sa.Column("seal", JSON, nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("upload", "seal")
    op.drop_table("seal_key")
