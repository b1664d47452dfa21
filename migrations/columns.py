"""The column types of Waymark's tables, written once for all migrations; they never change meaning."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

ID = sa.String(36).with_variant(postgresql.UUID(), "postgresql")
MOMENT = sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
