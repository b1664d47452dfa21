"""Every operation × role × own, foreign and non-existent id: out of sight is not found."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import app
from app.core.permissions import ACTS, Act, Actor, Role
from tests.probe.conftest import Answer, Operation, Probe
from tests.probe.world import PARAMETERS

for room in ("models", "policies"):  # so that every act has its test
    for path in sorted(Path(app.__path__[0]).glob(f"*/{room}.py")):
        import_module(f"app.{path.parent.name}.{room}")

Matrix = dict[tuple[Operation, Actor], tuple[Answer, dict[str, set[bool]]]]
NOWHERE = "01a2ffff-ffff-7fff-bfff-ffffffffffff"
NO_HASH = "0" * 64
NATURAL = {
    Role.WORKER: "provider",
    Role.MANAGER: "provider",
    Role.ASSESSOR: "commissioner",
}
# Asked while the worker makes a pack, for whoever asked for it.
NOT_OVER_HTTP = {"nino.reveal"}
REFUSALS = {401, 403, 404}
FIRST_ERROR = 400
# Whatever the hash, it declares a file of one's own organisation.
OWN_AT_ONCE = {"PUT /api/sync/files/<string(length=64):sent_sha256>"}
REQUESTS_MIN = 2_000


def nowhere(parameter: str) -> str:
    return NO_HASH if "sha256" in parameter else NOWHERE


def natural_actors(probe: Probe) -> list[Actor]:
    return [probe.home.actors[NATURAL.get(role, "prime"), role] for role in Role]


def own_ids(probe: Probe, operation: Operation) -> dict[str, str]:
    return {name: probe.home.subject(name) for name in operation.parameters}


def test_every_parameter_of_an_address_has_its_thing_in_the_world(probe: Probe) -> None:
    names = {name for operation in probe.operations for name in operation.parameters}

    assert names <= set(PARAMETERS), "register the table in tests/probe/world.py"
    for name in names:
        assert probe.home.subject(name) != probe.foreign.subject(name)


def test_the_signed_out_learn_nothing(probe: Probe) -> None:
    answers = {probe.ask(operation, None, own_ids(probe, operation)) for operation in probe.operations}

    assert len(answers) == 1
    assert answers.pop().status == 401


def test_foreign_answers_exactly_as_non_existent(probe: Probe) -> None:
    told: list[str] = []
    for operation in probe.operations:
        for ids, none in strange_ids(probe, operation):
            for actor in natural_actors(probe):
                foreign, absent = probe.ask(operation, actor, ids), probe.ask(operation, actor, none)
                if foreign != absent or (foreign.status < FIRST_ERROR and str(operation) not in OWN_AT_ONCE):
                    told.append(f"{operation} as {set(actor.roles)}: {foreign} but {absent}")

    assert told == []


def strange_ids(probe: Probe, operation: Operation) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield foreign ids with the non-existent ones to compare: all strange, then the last alone."""
    names = operation.parameters
    if not names:
        return
    yield (
        {name: probe.foreign.subject(name) for name in names},
        {name: nowhere(name) for name in names},
    )
    if len(names) > 1:
        own = own_ids(probe, operation)
        last = names[-1]
        yield own | {last: probe.foreign.subject(last)}, own | {last: nowhere(last)}


@pytest.fixture(scope="module")
def matrix(probe: Probe) -> Matrix:
    """Ask everything about one's own world as every role at every organisation; note each policy's word."""
    heard: dict[str, set[bool]] = defaultdict(set)
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for act in ACTS.values():
            replace_policy(patch, act, _listening(act, heard))
        for operation in probe.operations:
            for actor in probe.home.actors.values():
                heard.clear()
                answer = probe.ask(operation, actor, own_ids(probe, operation))
                found[operation, actor] = answer, dict(heard)
    return found


def _listening(act: Act, heard: dict[str, set[bool]]) -> Any:
    def policy(*args: Any, **kwargs: Any) -> bool:
        admitted = act.policy(*args, **kwargs)
        heard[act.name].add(admitted)
        return admitted

    policy.__doc__ = act.policy.__doc__
    return policy


def replace_policy(patch: pytest.MonkeyPatch, act: Act, policy: Any) -> None:
    """Put another policy wherever the application holds this one."""
    for name, module in list(sys.modules.items()):
        if name.startswith("app."):
            for key, value in list(vars(module).items()):
                if value is act.policy:
                    patch.setattr(module, key, policy)


def test_no_answer_is_an_error_of_ours(
    matrix: Matrix,
) -> None:
    broken = {str(operation) for (operation, _), (answer, _) in matrix.items() if answer.status >= 500}

    assert broken == set()


def test_a_policy_admits_the_roles_of_its_row_and_no_others(
    matrix: Matrix,
) -> None:
    astray = {
        (name, role)
        for (_, actor), (_, heard) in matrix.items()
        for name, words in heard.items()
        for role in actor.roles
        if True in words and role not in ACTS[name].roles
    }

    assert astray == set()


def test_whom_a_policy_refuses_gets_a_refusal(
    matrix: Matrix,
) -> None:
    let_through = [
        f"{operation} as {set(actor.roles)}: {answer.status} though {heard}"
        for (operation, actor), (answer, heard) in matrix.items()
        if heard and not any(True in words for words in heard.values()) and answer.status not in REFUSALS
    ]

    assert let_through == []


@pytest.mark.parametrize("name", sorted(ACTS))
def test_a_loosened_policy_changes_what_its_probes_find(
    name: str,
    probe: Probe,
    matrix: Matrix,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused = [key for key, (_, heard) in matrix.items() if heard.get(name) == {False}]
    admitted = [key for key, (_, heard) in matrix.items() if True in heard.get(name, ())]
    if name in NOT_OVER_HTTP:
        assert not refused
        assert not admitted
        return
    assert refused or admitted, f"no probe asks {name}"
    # Where whoever it would refuse does not even see the thing, tightening it shows that it decides.
    replace_policy(monkeypatch, ACTS[name], lambda *_args, **_kwargs: bool(refused))

    assert any(
        probe.ask(operation, actor, own_ids(probe, operation)) != matrix[operation, actor][0]
        for operation, actor in refused or admitted
    )


def test_so_many_requests_were_made(probe: Probe) -> None:
    assert probe.count >= REQUESTS_MIN
