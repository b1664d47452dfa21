"""Loading instruments, freezing those in use, and signing what is known of their error."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.actions import trace
from app.core.database import transaction
from app.core.errors import FieldFault, Forbidden, Invalid
from app.core.ids import new_id
from app.core.permissions import Actor, require
from app.core.yaml import refuse_faults
from app.instruments import policies, queries
from app.instruments.models import Calibration, CalibrationSource, Instrument, Ladder
from app.instruments.rules.reading import InstrumentDefinition, read_instruments
from app.instruments.rules.signing import NewInputs, faults_of
from app.organisations.models import Organisation

LIBRARY = Path(__file__).parent / "library"

# What depends on a commissioner's inputs hangs itself here from above, to hear of new ones.
WHEN_SIGNED: list[Callable[[UUID], None]] = []


def load_instruments(actor: Actor, text: str, *, at: datetime) -> list[Instrument]:
    """Keep the instruments of a YAML text; they may be used by everybody here.

    The same words under the same version are that version. Other words need a new version, and a code is
    its first owner's.

    Raises:
        Forbidden: the actor is no administrator.
        DefinitionUnreadable: the text has faults, or a version or code is taken; each names its line.
    """
    require(policies.can_load_instruments, actor)
    return _load(actor, actor.organisation_id, text, at)


def install_instruments(text: str, *, at: datetime) -> list[Instrument]:
    """Keep the instruments of a YAML text as the installation's own (command line)."""
    return _load(None, None, text, at)


def load_library(at: datetime) -> list[Instrument]:
    """Keep the instruments that ship with Waymark; those that stand already are left as they are."""
    with transaction():
        return [
            instrument
            for file in sorted(LIBRARY.glob("*.yaml"))
            for instrument in install_instruments(file.read_text(encoding="utf-8"), at=at)
        ]


def freeze(instrument_ids: Collection[UUID], *, at: datetime) -> None:
    """Note that these instruments are in use from now on; a frozen one keeps its moment."""
    with transaction() as session:
        session.execute(
            update(Instrument)
            .where(Instrument.id.in_(set(instrument_ids)), Instrument.frozen_at.is_(None))
            .values(frozen_at=at)
        )


def _load(actor: Actor | None, owner_id: UUID | None, text: str, at: datetime) -> list[Instrument]:
    definitions = read_instruments(text)
    with transaction() as session:
        standing = _standing(session, definitions)
        faults = [fault for definition in definitions for fault in _refusals(definition, owner_id, standing)]
        refuse_faults(faults)
        kept: list[Instrument] = []
        for definition in definitions:
            same = _same(definition, standing)
            kept.append(same or _keep(session, owner_id, definition, at))
            if same is None:
                columns = definition.columns
                trace(
                    actor,
                    "instrument.loaded",
                    at=at,
                    subject_id=kept[-1].id,
                    code=columns["code"],
                    version=columns["version"],
                )
    return kept


def _standing(session: Session, definitions: Sequence[InstrumentDefinition]) -> list[Instrument]:
    codes = {definition.columns["code"] for definition in definitions}
    return list(session.scalars(select(Instrument).where(Instrument.code.in_(codes)).with_for_update()))


def _same(definition: InstrumentDefinition, standing: Sequence[Instrument]) -> Instrument | None:
    name = (definition.columns["code"], definition.columns["version"])
    return next((other for other in standing if (other.code, other.version) == name), None)


def _refusals(
    definition: InstrumentDefinition, owner_id: UUID | None, standing: Sequence[Instrument]
) -> list[FieldFault]:
    code = definition.columns["code"]
    same = _same(definition, standing)
    if same is not None and same.definition == definition.columns["definition"]:
        return []
    if any(other.code == code and other.owner_id != owner_id for other in standing):
        detail = f"The code {code} belongs to somebody else; choose another."
        return [FieldFault(definition.version_line, "code-taken", detail)]
    if same is not None:
        detail = f"Version {same.version} stands with other words; give this one the next version."
        return [FieldFault(definition.version_line, "version-taken", detail)]
    return []


def _keep(
    session: Session, owner_id: UUID | None, definition: InstrumentDefinition, at: datetime
) -> Instrument:
    instrument = Instrument(id=new_id(), owner_id=owner_id, loaded_at=at, **definition.columns)
    instrument.ladders = [Ladder(**columns) for columns in definition.ladders]
    session.add(instrument)
    session.flush()
    return instrument


def sign_calibrations(
    actor: Actor, drafts: Sequence[NewInputs], *, at: datetime, today: date
) -> list[Calibration]:
    """Put the commissioner's name to inputs of standard errors: all of them, or none.

    Raises:
        Forbidden: the actor is no administrator of a commissioner.
        Invalid: inputs may not be signed; each fault says why.
    """
    own = actor.organisation_id
    if not policies.can_sign_calibrations(actor, is_commissioner=queries.is_commissioner(own)):
        raise Forbidden("Only an administrator of the commissioner signs these.")
    return _sign(actor, own, drafts, at, today)


def install_calibrations(
    commissioner_id: UUID, drafts: Sequence[NewInputs], *, at: datetime, today: date
) -> list[Calibration]:
    """Keep inputs that a commissioner signed on paper (command line); the rules are the same.

    Raises:
        Invalid: inputs may not be signed; each fault says why.
    """
    return _sign(None, commissioner_id, drafts, at, today)


def _sign(
    actor: Actor | None, commissioner_id: UUID, drafts: Sequence[NewInputs], at: datetime, today: date
) -> list[Calibration]:
    with transaction() as session:
        # One signs at a time, so that each gets the next version.
        session.scalar(select(Organisation.id).where(Organisation.id == commissioner_id).with_for_update())
        instruments = queries.instruments_by_id([draft.instrument_id for draft in drafts])
        for draft in drafts:
            faults = faults_of(draft, instruments.get(draft.instrument_id), today)
            if faults:
                raise Invalid("These inputs cannot be signed.", faults)
        versions = Counter(_place(one) for one in queries.calibrations_of([commissioner_id]))
        signed: list[Calibration] = []
        for draft in drafts:
            versions[_place(draft)] += 1
            calibration = Calibration(
                id=new_id(),
                commissioner_id=commissioner_id,
                ladder_codes=draft.ladder_codes,
                version=versions[_place(draft)],
                signed_by_id=actor.user_id if actor else None,
                signed_at=at,
                **{name: getattr(draft, name) for name in _SIGNED},
            )
            session.add(calibration)
            signed.append(calibration)
            trace(
                actor,
                "calibration.signed",
                at=at,
                subject_id=calibration.id,
                source=draft.source.value,
                rater=draft.rater,
                n=draft.n,
            )
        session.flush()
        for tell in WHEN_SIGNED:
            tell(commissioner_id)
    return signed


_SIGNED = (
    "instrument_id",
    "rater",
    "language",
    "source",
    "sd",
    "r",
    "r_lower",
    "n",
    "reference",
    "workings",
    "valid_from",
    "valid_until",
)


def _place(one: Calibration | NewInputs) -> tuple[UUID, str, str, str, CalibrationSource]:
    return one.instrument_id, one.rater, one.language, one.ladder_codes, one.source
