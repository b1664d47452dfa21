"""Reading what is well formed at once, by readers made of the schemas."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from marshmallow import Schema, ValidationError, fields, missing

from app.records.schemas import Id, RecordSchema, WithdrawalSchema

UUID_LENGTH = 36
MADE = (RecordSchema, WithdrawalSchema)  # schemas that make an entry of what they read


def read_quickly(schema: Schema, value: Any) -> Any:
    """Return what a schema makes of a well-formed object, or None where it must look for itself.

    Of a batch's time a third went into marshmallow's walk over fields that are all right. This reads the same
    fields by readers made of them once; whatever is not plainly right (a field too many, one that is missing,
    a fault) is left to the schema, which says what is wrong with each field.
    """
    try:
        read = _read_object(schema, value)
        return schema.make(read) if isinstance(schema, MADE) else read
    except (ValidationError, TypeError, ValueError, KeyError):
        return None


Reader = Callable[[Any], Any]


@dataclass(frozen=True)
class _Part:
    """A field of a schema as it is read: its key, its reader, and what stands for it where it is left out."""

    name: str
    key: str
    read: Reader
    is_required: bool
    allows_none: bool
    default: Any


_parts: WeakKeyDictionary[Schema, list[_Part]] = WeakKeyDictionary()


def _parts_of(schema: Schema) -> list[_Part]:
    found = _parts.get(schema)
    if found is None:
        found = _parts[schema] = [
            _Part(
                name,
                field.data_key or name,
                _reader_of(field),
                field.required,
                bool(field.allow_none),
                field.load_default,
            )
            for name, field in schema.load_fields.items()
        ]
    return found


def _read_object(schema: Schema, value: Any) -> dict[str, Any]:
    if type(value) is not dict:
        raise TypeError
    parts = _parts_of(schema)
    read = {part.name: _read_part(part, value.get(part.key, missing)) for part in parts}
    left_out = [part for part in parts if part.key not in value]
    if len(value) != len(parts) - len(left_out):
        raise KeyError
    for part in left_out:
        if part.default is missing:
            del read[part.name]
    return read


def _read_part(part: _Part, given: Any) -> Any:
    if given is missing:
        if part.is_required:
            raise KeyError(part.key)
        return part.default() if callable(part.default) else part.default
    if given is None:
        if not part.allows_none:
            raise TypeError(part.key)
        return None
    return part.read(given)


def _reader_of(field: fields.Field[Any]) -> Reader:
    """Return what reads a field's value if it is plainly right, and raises otherwise."""
    read = _plain_reader_of(field)
    validators = tuple(field.validators)
    if not validators:
        return read

    def read_and_check(value: Any) -> Any:
        found = read(value)
        for validator in validators:
            validator(found)
        return found

    return read_and_check


def _plain_reader_of(field: Any) -> Reader:
    make = _READERS.get(type(field))
    read = make(field) if make else None
    if read is not None:
        return read
    deserialize = field._deserialize
    return lambda value: deserialize(value, None, None)


def _read_as(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError
    return value


@lru_cache(maxsize=4096)  # a batch names its device and its people again and again
def read_id(value: str) -> UUID:
    """Return a UUID written in its one form.

    Raises:
        ValueError: it is not.
        TypeError: it is no text.
    """
    if len(value) != UUID_LENGTH:
        raise ValueError
    return UUID(value)


def _read_list(read: Reader, value: Any) -> list[Any]:
    if type(value) is not list:
        raise TypeError
    return [read(one) for one in value]


def _dict_reader(field: Any) -> Reader:
    if field.value_field is None:
        return partial(_read_as, dict)  # the keys of a JSON object are texts
    read_key, read_value = _reader_of(field.key_field), _reader_of(field.value_field)
    allows_none = field.value_field.allow_none

    def read(value: Any) -> dict[Any, Any]:
        if type(value) is not dict:
            raise TypeError
        return {
            read_key(key): None if inner is None and allows_none else read_value(inner)
            for key, inner in value.items()
        }

    return read


# By the field's own class; None where the field must read for itself.
_READERS: dict[type, Callable[[Any], Reader | None]] = {
    Id: lambda _: read_id,
    fields.String: lambda _: partial(_read_as, str),
    fields.Integer: lambda field: partial(_read_as, int) if field.strict else None,
    fields.Enum: lambda field: (
        {member.value: member for member in field.enum}.__getitem__ if field.by_value else None
    ),
    fields.Nested: lambda field: None if field.many else partial(_read_object, field.schema),
    fields.List: lambda field: partial(_read_list, _reader_of(field.inner)),
    fields.Dict: _dict_reader,
}
