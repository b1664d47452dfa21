"""The declarative base, and column types that read the same on SQLite and PostgreSQL."""

import enum
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData, String, Text, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column, registry
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.core.ids import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Id(TypeDecorator[UUID]):
    """A UUID: native on PostgreSQL, 36 characters on SQLite, so that JSON built by SQL agrees."""

    impl = String(36)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use the native type where there is one."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID(as_uuid=True))
        return dialect.type_descriptor(String(36))

    def process_bind_param(self, value: UUID | str | None, dialect: Dialect) -> UUID | str | None:
        """Hand the driver what the column holds."""
        if value is None:
            return None
        known = value if isinstance(value, UUID) else UUID(value)
        return known if dialect.name == "postgresql" else str(known)

    def process_result_value(self, value: UUID | str | None, dialect: Dialect) -> UUID | None:
        """Hand the program a UUID."""
        if value is None or isinstance(value, UUID):
            return value
        return UUID(value)


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment: timestamptz on PostgreSQL, ``2025-03-04T10:41:07.000000Z`` on SQLite."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use the native type where there is one."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Refuse a naive moment; write UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "A moment needs a time zone."
            raise ValueError(message)
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        """Read UTC."""
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value).astimezone(UTC)
        return value.astimezone(UTC)


def _values(members: type[enum.Enum]) -> list[str]:
    return [member.value for member in members]


Json = JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


class Base(DeclarativeBase):
    """A table with a UUIDv7 key that whoever makes the row may choose."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            UUID: Id(),
            datetime: Moment(),
            str: Text(),
            enum.Enum: Enum(
                enum.Enum, native_enum=False, create_constraint=False, values_callable=_values, length=40
            ),
            dict[str, Any]: Json,
            list[Any]: Json,
            list[str]: Json,
            list[dict[str, Any]]: Json,
        },
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


Row = TypeVar("Row", bound=Base)


def alias_of(model: type[Row]) -> type[Row]:
    """Return a second name for a table within a statement, to stand in a module and be shared by threads.

    SQLAlchemy fills the index of an alias's columns at their first use, and a second thread that looks while
    it fills finds columns missing: its statement then names the table itself, and one that is kept stays
    wrong until the server is started anew. So the index is filled here.
    """
    alias = aliased(model)
    inspect(alias).selectable.corresponding_column(model.__table__.c.id)
    return alias


__all__ = ["Base", "Id", "Json", "Moment", "alias_of"]
