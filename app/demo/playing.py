"""Playing the script: each deed through the feature's own action, set-wise, at its historical moment."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.assessments.actions import record_assessments
from app.assessments.models import Rater, SittingKind
from app.core.database import db, transaction
from app.core.errors import DomainError
from app.core.languages import spoken
from app.core.permissions import Actor
from app.core.storage import Storage
from app.demo import papers
from app.demo.chance import Chance
from app.demo.deeds import Act, Deed, Person
from app.demo.errors import DeedRefused
from app.demo.pools import pools
from app.demo.referrals import referral_list
from app.demo.setting import Setting
from app.employment.actions import record_employment
from app.employment.models import EmploymentKind
from app.enrolments.actions import one_change, record_ends, record_starts
from app.enrolments.models import (
    DeclineReason,
    EndReason,
    Enrolment,
    NonStartReason,
    NoticeManner,
    PauseReason,
    TransferReason,
)
from app.enrolments.pauses import pause_enrolment
from app.enrolments.people import assign_adviser
from app.enrolments.referrals import confirm_referrals, preview_referrals
from app.enrolments.restrictions import restrict_person
from app.enrolments.steps import (
    accept_referral,
    decline_referral,
    give_notice,
    note_non_start,
    transfer_enrolment,
)
from app.enrolments.withdrawals import withdraw_records
from app.evidence.actions import keep_file, record_evidence, record_verifications, send_outside
from app.evidence.models import Decision, EvidenceKind, ObtainedHow, ReturnReason
from app.evidence.queries.queue import verification_queue
from app.evidence.rules.inspection import inspect
from app.evidence.rules.priorities import PAYABLE
from app.interventions.actions import record_contacts, record_interventions
from app.interventions.models import ContactChannel, ContactOutcome, InterventionKind
from app.milestones.actions import record_milestones
from app.participants.models import Participant
from app.participants.rules.nino import NinoKeys
from app.plans.actions import record_action_plans
from app.plans.models import StepOwner
from app.records.models import Record
from app.records.rules import Draft, Outcome, Result, Withdrawal, london_day, needs_late_reason

Recorder = Callable[..., list[Outcome]]

RECORDERS: Mapping[Act, Recorder] = {
    Act.START: record_starts,
    Act.PLAN: record_action_plans,
    Act.CONTACT: record_contacts,
    Act.INTERVENTION: record_interventions,
    Act.ASSESSMENT: record_assessments,
    Act.MILESTONE: record_milestones,
    Act.EMPLOYMENT: record_employment,
    Act.EVIDENCE: record_evidence,
    Act.VERIFICATION: record_verifications,
    Act.END: record_ends,
}
SAMPLE_WAITS = timedelta(days=3)
# Who takes in the referrals of a contract.
IMPORTERS = {
    "NMC": "northway/Leon",
    "FAC": "northway/Leon",
    "CDV": "calder-works/Farah",
    "HOD": "harbour-house/Dev",
}
# What the wire would turn into words of closed lists.
CLOSED_LISTS: Mapping[Act, Mapping[str, Callable[[Any], Any]]] = {
    Act.CONTACT: {"outcome": ContactOutcome, "channel": ContactChannel},
    Act.INTERVENTION: {"kind": InterventionKind},
    Act.ASSESSMENT: {"sitting_kind": SittingKind, "rater": Rater},
    Act.EMPLOYMENT: {"kind": EmploymentKind},
    Act.EVIDENCE: {"kind": EvidenceKind, "obtained_how": ObtainedHow},
    Act.VERIFICATION: {"decision": Decision, "reason": ReturnReason},
    Act.END: {"reason": EndReason},
}


@dataclass
class Stage:
    """Where the script is played.

    Attributes:
        enrolments: Enrolment ids by person's number and stay.
    """

    setting: Setting
    keys: NinoKeys
    storage: Storage
    enrolments: dict[tuple[int, int], UUID] = field(default_factory=dict)

    def refer(self, people: Sequence[Person], at: datetime) -> None:
        """Import one referral list of people on one contract."""
        contract = people[0].contract
        contract_id = self.setting.contracts[contract]
        actor = self.setting.players[IMPORTERS[contract]]
        with transaction():
            content = referral_list(people)
            preview = preview_referrals(actor, contract_id, content, keys=self.keys, at=at)
            confirm_referrals(actor, preview.id, drop_faulty=False, at=at)
            rows = db.session().execute(
                select(Participant.referral_reference, Enrolment.id)
                .join(Enrolment, Enrolment.participant_id == Participant.id)
                .where(
                    Participant.contract_id == contract_id,
                    Participant.referral_reference.in_([person.reference for person in people]),
                )
            )
            found = {reference: enrolment_id for reference, enrolment_id in rows}
            for person in people:
                self.enrolments[person.number, 0] = found[person.reference]

    def play(self, deeds: Sequence[Deed], at: datetime) -> None:
        """Play what is done at one moment, in the order of the acts.

        Raises:
            DeedRefused: a feature refused something; the script breaks its rules.
        """
        ordered = sorted(
            deeds, key=lambda deed: (deed.act, deed.player, deed.person.number, deed.recorded_at)
        )
        with transaction(), one_change():
            for (act, player), group in groupby(ordered, key=lambda deed: (deed.act, deed.player)):
                actor = self.setting.players[player]
                if act in RECORDERS:
                    self._record(actor, act, list(group), at)
                elif act is Act.WITHDRAWAL:
                    self._withdraw(actor, list(group), at)
                else:
                    for deed in group:
                        self._step(actor, deed, at)

    def look_at_sample(self, player: str, chance: Chance, at: datetime) -> None:
        """Have a manager verify what was drawn for a look and has waited for some days."""
        actor = self.setting.players[player]
        drafts = [
            Draft(
                id=chance.id_at(at),
                enrolment_id=waiting.record.enrolment_id,
                occurred_on=london_day(at),
                recorded_at=at,
                detail={"decision": Decision.VERIFIED, "reason": None, "subject_id": waiting.record.id},
                texts=_late_reason(waiting.record, chance),
            )
            for waiting in verification_queue(actor, on=london_day(at))
            if waiting.record.kind not in PAYABLE
            and waiting.own_reason is None
            and waiting.record.received_at < at - SAMPLE_WAITS
        ]
        if drafts:
            record_verifications(actor, drafts, at=at)

    def _step(self, actor: Actor, deed: Deed, at: datetime) -> None:
        try:
            STEPS[deed.act](self, actor, deed, at)
        except DomainError as error:
            raise DeedRefused(deed, error) from error

    def enrolment_of(self, deed: Deed) -> UUID:
        """Return the enrolment that a deed is about."""
        return self.enrolments[deed.person.number, deed.stay]

    def _record(self, actor: Actor, act: Act, deeds: Sequence[Deed], at: datetime) -> None:
        drafts = [self._draft(actor, deed, at) for deed in deeds]
        for deed, outcome in zip(deeds, RECORDERS[act](actor, drafts, at=at), strict=True):
            _require_recorded(deed, outcome)

    def _withdraw(self, actor: Actor, deeds: Sequence[Deed], at: datetime) -> None:
        withdrawals = [
            Withdrawal(
                id=deed.id,
                subject_id=deed.subject_id or deed.id,
                reason=deed.texts["reason"],
                occurred_on=None,
                recorded_at=deed.recorded_at,
            )
            for deed in deeds
        ]
        for deed, outcome in zip(deeds, withdraw_records(actor, withdrawals, at=at), strict=True):
            _require_recorded(deed, outcome)

    def _draft(self, actor: Actor, deed: Deed, at: datetime) -> Draft:
        detail = dict(deed.detail)
        for name, words in CLOSED_LISTS.get(deed.act, {}).items():
            if detail.get(name) is not None:
                detail[name] = words(detail[name])
        if deed.act is Act.ASSESSMENT:
            detail |= {"instrument_id": self.setting.instrument_id, "is_original": True}
        if deed.act is Act.PLAN:
            detail["steps"] = [{**step, "owner": StepOwner(step["owner"])} for step in detail["steps"]]
        if deed.act is Act.EVIDENCE:
            detail |= {"subject_id": deed.subject_id, "sent_sha256": self._keep_paper(actor, deed, at)}
        if deed.act is Act.VERIFICATION:
            detail = {"reason": None, **detail, "subject_id": deed.subject_id}
        return Draft(
            id=deed.id,
            enrolment_id=self.enrolment_of(deed),
            occurred_on=deed.occurred_on,
            recorded_at=deed.recorded_at,
            detail=detail,
            texts=deed.texts,
            supersedes_id=deed.supersedes_id,
        )

    def _keep_paper(self, actor: Actor, deed: Deed, at: datetime) -> str | None:
        """Make an evidence item's file, have it kept, and return its SHA-256 as sent."""
        if deed.paper is None:
            return None
        content, _ = papers.make(deed.paper)
        sha256 = hashlib.sha256(content).hexdigest()
        keep_file(actor, self.storage, sha256, content, at=at, inspect=inspect)
        return sha256


def _late_reason(record: Record, chance: Chance) -> dict[str, str]:
    if not needs_late_reason(record.occurred_on, record.received_at):
        return {}
    return {"late_reason": chance.of(pools()["late_reasons"])}


def _require_recorded(deed: Deed, outcome: Outcome) -> None:
    if outcome.result is not Result.RECORDED:
        raise DeedRefused(deed, outcome.error)


def _accept(stage: Stage, actor: Actor, deed: Deed, at: datetime) -> None:
    worker_id = stage.setting.players[deed.detail["worker"]].user_id
    accept_referral(actor, stage.enrolment_of(deed), worker_id=worker_id, at=at)


def _decline(stage: Stage, actor: Actor, deed: Deed, at: datetime) -> None:
    decline_referral(actor, stage.enrolment_of(deed), reason=DeclineReason(deed.detail["reason"]), at=at)


def _restrict(stage: Stage, actor: Actor, deed: Deed, at: datetime) -> None:
    viewers = {stage.setting.players[key].user_id for key in deed.detail["viewers"]}
    restrict_person(actor, stage.enrolment_of(deed), viewers, at=at)


def _give_notice(stage: Stage, actor: Actor, deed: Deed, at: datetime) -> None:
    give_notice(
        actor,
        stage.enrolment_of(deed),
        notice_id=stage.setting.notices[
            deed.person.contract, deed.detail["format"], spoken(deed.person.language)
        ],
        given_on=deed.occurred_on,
        manner=NoticeManner(deed.detail["manner"]),
        at=at,
    )


def _send_outside(_stage: Stage, actor: Actor, deed: Deed, at: datetime) -> None:
    if deed.subject_id is not None:
        send_outside(actor, deed.subject_id, at=at)


def _assign_adviser(stage: Stage, actor: Actor, deed: Deed, at: datetime) -> None:
    adviser = stage.setting.players[deed.detail["adviser"]]
    assign_adviser(actor, stage.enrolment_of(deed), adviser.user_id, at=at)


def _note_non_start(stage: Stage, actor: Actor, deed: Deed, at: datetime) -> None:
    note_non_start(actor, stage.enrolment_of(deed), reason=NonStartReason(deed.detail["reason"]), at=at)


def _pause(stage: Stage, actor: Actor, deed: Deed, at: datetime) -> None:
    pause_enrolment(
        actor,
        stage.enrolment_of(deed),
        reason=PauseReason.PERSON_ASKED,
        paused_on=deed.occurred_on,
        at=at,
    )


def _transfer(stage: Stage, actor: Actor, deed: Deed, at: datetime) -> None:
    enrolment = transfer_enrolment(
        actor,
        stage.enrolment_of(deed),
        provider_id=stage.setting.organisations[deed.detail["provider"]],
        reason=TransferReason(deed.detail["reason"]),
        at=at,
    )
    stage.enrolments[deed.person.number, deed.stay + 1] = enrolment.id


STEPS: Mapping[Act, Callable[[Stage, Actor, Deed, datetime], None]] = {
    Act.ACCEPT: _accept,
    Act.DECLINE: _decline,
    Act.RESTRICT: _restrict,
    Act.GIVE_NOTICE: _give_notice,
    Act.SEND_OUTSIDE: _send_outside,
    Act.ASSIGN_ADVISER: _assign_adviser,
    Act.NEVER_STARTED: _note_non_start,
    Act.PAUSE: _pause,
    Act.TRANSFER: _transfer,
}
