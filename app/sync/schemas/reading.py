"""Reading what is well formed at once, by readers made of the schemas."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from marshmallow import Schema, ValidationError, fields, missing

from app.records.schemas import Id, RecordSchema, WithdrawalSchema

UUID_LENGTH = 36
MADE = (RecordSchema, WithdrawalSchema)  # schemas that make an entry of what they read

Reader = Callable[[Any], Any]


def read_quickly(schema: Schema, value: Any, **known: Any) -> Any:
    """Return what a schema makes of a well-formed object, or None where it must look for itself.

    Of a batch's time a third went into marshmallow's walk over fields that are all right. This reads the same
    fields by readers made of them once; whatever is not plainly right (a field too many, one that is missing,
    a fault) is left to the schema, which says what is wrong with each field.

    Args:
        schema: What reads it otherwise.
        value: As it came.
        **known: What the entry says beside: the person, the device.
    """
    try:
        read = _object_reader(schema)(value)
        return schema.make(read | known) if isinstance(schema, MADE) else read
    except (ValidationError, TypeError, ValueError, KeyError):
        return None


_object_readers: WeakKeyDictionary[Schema, Reader] = WeakKeyDictionary()


def _object_reader(schema: Schema) -> Reader:
    found = _object_readers.get(schema)
    return found or _object_readers.setdefault(schema, _make_object_reader(schema))


def _make_object_reader(schema: Schema) -> Reader:
    expected = schema.load_fields
    readers = {field.data_key or name: (name, _reader_of(field)) for name, field in expected.items()}
    required = [name for name, field in expected.items() if field.required]
    defaults = {
        name: field.load_default for name, field in expected.items() if field.load_default is not missing
    }
    made = [name for name, default in defaults.items() if callable(default)]

    def read(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise TypeError
        found = defaults.copy()
        for key, given in value.items():
            name, read_field = readers[key]
            found[name] = read_field(given)
        for name in made:
            if found[name] is defaults[name]:
                found[name] = defaults[name]()
        if not all(name in found for name in required):
            raise KeyError
        return found

    return read


def _reader_of(field: fields.Field[Any]) -> Reader:
    """Return what reads a field's value if it is plainly right, and raises otherwise."""
    read, validators, allows_none = _plain_reader_of(field), tuple(field.validators), field.allow_none
    if not validators and not allows_none:
        return read

    def read_and_check(value: Any) -> Any:
        if value is None and allows_none:
            return None
        found = read(value)
        for validator in validators:
            validator(found)
        return found

    return read_and_check


def _plain_reader_of(field: Any) -> Reader:
    make = _READERS.get(type(field))
    read = make(field) if make else None
    return read or partial(_read_as_field, field._deserialize)


def _read_as_field(deserialize: Callable[..., Any], value: Any) -> Any:
    if value is None:
        raise TypeError
    return deserialize(value, None, None)


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

    def read(value: Any) -> dict[Any, Any]:
        if type(value) is not dict:
            raise TypeError
        return {read_key(key): read_value(inner) for key, inner in value.items()}

    return read


# By the field's own class; None where the field must read for itself.
_READERS: dict[type, Callable[[Any], Reader | None]] = {
    Id: lambda _: read_id,
    fields.String: lambda _: partial(_read_as, str),
    fields.Integer: lambda field: partial(_read_as, int) if field.strict else None,
    fields.Enum: lambda field: (
        {member.value: member for member in field.enum}.__getitem__ if field.by_value else None
    ),
    fields.Nested: lambda field: None if field.many else _object_reader(field.schema),
    fields.List: lambda field: partial(_read_list, _reader_of(field.inner)),
    fields.Dict: _dict_reader,
}
