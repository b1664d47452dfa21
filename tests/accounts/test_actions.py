"""People, links and passwords, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.accounts import queries
from app.accounts.actions import invitations, passwords, people, sessions
from app.accounts.errors import (
    LastAdministrator,
    LinkSpent,
    MemberAlready,
    MemberElsewhere,
    SignInRefused,
    SingleOrganisation,
)
from app.accounts.models import Invitation, Membership, SignInSession, SignInThrottle, User
from app.accounts.rules import Limits, Passwords
from app.audit.models import AuditEvent
from app.audit.queries import EventFilter
from app.core.errors import Forbidden, Invalid, NotFound, TooMany
from app.core.permissions import Actor, Role
from app.organisations.errors import OrganisationKnown
from tests.accounts.builders import CHEAP, PASSWORD, make_account
from tests.builders import NOON, act_as, make_membership, make_user

LIMITS = Limits(timedelta(hours=1), timedelta(hours=12))
STRONG = "seven quiet herons"


def sign_in(user: User, password: str = PASSWORD, **changes: object) -> sessions.NewSignIn:
    settings = {"at": NOON, "passwords": CHEAP, "limits": LIMITS} | changes
    return sessions.sign_in(user.email, password, "192.0.2.1", **settings)  # type: ignore[arg-type]


def accept(made: invitations.NewLink, password: str = STRONG, **changes: object) -> Invitation:
    settings = {"at": NOON, "passwords": CHEAP} | changes
    return invitations.accept_invitation(made.secret, password, None, "192.0.2.1", **settings)  # type: ignore[arg-type]


@pytest.fixture
def administrator(session: Session) -> Actor:
    return act_as(Role.ADMINISTRATOR)


def invite(actor: Actor, email: str = "new@example.org", *roles: Role) -> invitations.NewLink:
    return invitations.invite(actor, email=email, name="Bea Holt", roles=roles or (Role.WORKER,), at=NOON)


def test_a_session_begins_in_the_place_one_acted_in_last(session: Session) -> None:
    user = make_account(Role.WORKER)
    other = make_membership(Role.MANAGER, user=user)
    first = sign_in(user)
    sessions.change_membership(first.actor, other.id, at=NOON)

    assert sign_in(user, at=NOON + timedelta(hours=1)).actor.membership_id == other.id


def test_the_row_keeps_only_the_hash_of_the_secret(session: Session) -> None:
    begun = sign_in(make_account(Role.WORKER))

    row = session.query(SignInSession).one()

    assert begun.secret.encode() not in row.secret_hash
    found = queries.find_signed_in(begun.secret, LIMITS, at=NOON)
    assert found is not None
    assert found.actor == begun.actor


def test_signing_in_renews_a_hash_of_another_cost(session: Session) -> None:
    user = make_account(Role.WORKER)
    dearer = Passwords(memory_kib=16, passes=1)

    sign_in(user, passwords=dearer)

    kept = session.query(User.password_hash).filter_by(id=user.id).scalar()
    assert kept is not None
    assert not dearer.is_outdated(kept)


def test_whoever_works_nowhere_any_more_does_not_sign_in(session: Session, administrator: Actor) -> None:
    user = make_account(Role.WORKER, at=administrator.organisation_id)
    place = queries.live_memberships(user.id)[0]
    people.end_membership(administrator, place.id, at=NOON)

    with pytest.raises(SignInRefused):
        sign_in(user)


def test_failures_make_one_wait_ever_longer_but_never_for_ever(session: Session) -> None:
    user = make_account(Role.WORKER)
    waits = []
    at = NOON
    for _ in range(20):
        with pytest.raises(SignInRefused):
            sign_in(user, "wrong", at=at)
        row = session.query(SignInThrottle).order_by(SignInThrottle.failures.desc()).first()
        assert row is not None
        assert row.blocked_until is not None
        waits.append((row.blocked_until - at).total_seconds())
        at = max(row.blocked_until, at)

    assert waits[:4] == [0, 0, 0, 0]
    assert waits == sorted(waits)
    assert waits[-1] == 900
    assert sign_in(user, at=at + timedelta(seconds=1)).actor.user_id == user.id


def test_a_try_while_one_waits_is_not_even_looked_at(session: Session) -> None:
    user = make_account(Role.WORKER)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            sign_in(user, "wrong")

    with pytest.raises(TooMany) as refusal:
        sign_in(user)
    assert refusal.value.retry_after_seconds >= 1


def test_success_forgets_the_failures(session: Session) -> None:
    user = make_account(Role.WORKER)
    for _ in range(3):
        for _ in range(3):
            with pytest.raises(SignInRefused):
                sign_in(user, "wrong")
        sign_in(user)


def test_an_invited_person_joins_with_the_roles_given(session: Session, administrator: Actor) -> None:
    made = invite(administrator, "Bea@Example.org", Role.WORKER, Role.MANAGER)
    accept(made)

    user = queries.find_user("bea@example.org")
    assert user is not None
    assert sign_in(user, STRONG).actor.roles == {Role.WORKER, Role.MANAGER}


def test_a_link_works_once(session: Session, administrator: Actor) -> None:
    made = invite(administrator)
    accept(made)

    with pytest.raises(LinkSpent):
        accept(made)


@pytest.mark.parametrize("spoil", ["old", "withdrawn", "replaced", "unknown"])
def test_a_spent_link_opens_nothing(session: Session, administrator: Actor, spoil: str) -> None:
    made = invite(administrator)
    at = NOON
    if spoil == "old":
        at = NOON + timedelta(hours=24)
    elif spoil == "withdrawn":
        invitations.withdraw_invitation(administrator, made.invitation.id, at=NOON)
    elif spoil == "replaced":
        invite(administrator)
    else:
        made = invitations.NewLink(made.invitation, "something else")

    with pytest.raises(LinkSpent):
        accept(made, at=at)


def test_the_database_holds_no_link(session: Session, administrator: Actor) -> None:
    made = invite(administrator)

    assert made.secret.encode() not in session.query(Invitation.secret_hash).scalar()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "too-short"),
        ("passwordpassword", "too-common"),
        ("P4ssw0rd!2024", "too-common"),
        ("aaaaaaaaaaaaaa", "too-common"),
        ("abcdefghijklmnop", "too-common"),
        ("qwertyuiop123", "too-common"),
        ("bea.holt12345", "too-personal"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(
    session: Session, administrator: Actor, password: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        accept(invite(administrator), password)
    assert refusal.value.faults[0].code == code


def test_somebody_known_joins_with_their_own_password_only(session: Session, administrator: Actor) -> None:
    user = make_account(Role.WORKER)
    made = invite(administrator, user.email)

    with pytest.raises(Invalid):
        accept(made, STRONG)
    accept(made, PASSWORD)

    assert len(queries.live_memberships(user.id)) == 2
    assert sign_in(user, PASSWORD)


def test_somebody_who_works_here_is_not_invited_again(session: Session, administrator: Actor) -> None:
    user = make_account(Role.WORKER, at=administrator.organisation_id)

    with pytest.raises(MemberAlready):
        invite(administrator, user.email)


def test_nobody_is_invited_as_operator_or_as_nothing(session: Session, administrator: Actor) -> None:
    for roles in ((Role.OPERATOR,), ()):
        with pytest.raises(Invalid):
            invitations.invite(administrator, email="x@example.org", name="X", roles=roles, at=NOON)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_changes_people(session: Session, role: Role) -> None:
    actor = act_as(role)
    colleague = make_membership(Role.WORKER, at=actor.organisation_id)
    acts = [
        lambda: invite(actor),
        lambda: people.change_roles(actor, colleague.id, [Role.MANAGER], at=NOON),
        lambda: people.end_membership(actor, colleague.id, at=NOON),
        lambda: invitations.invite_to_reset(actor, colleague.id, at=NOON),
        lambda: people.change_organisation(actor, short_name="X", outside_verifier_email=None, at=NOON),
    ]

    for attempt in acts:
        with pytest.raises(Forbidden):
            attempt()


def test_another_organisation_s_people_do_not_exist(session: Session, administrator: Actor) -> None:
    stranger = make_membership(Role.WORKER)

    with pytest.raises(NotFound):
        people.end_membership(administrator, stranger.id, at=NOON)
    with pytest.raises(NotFound):
        people.change_roles(administrator, stranger.id, [Role.MANAGER], at=NOON)
    with pytest.raises(NotFound):
        invitations.invite_to_reset(administrator, stranger.id, at=NOON)


def test_roles_hold_from_the_next_request_on(session: Session, administrator: Actor) -> None:
    user = make_account(Role.WORKER, at=administrator.organisation_id)
    begun = sign_in(user)
    people.change_roles(administrator, begun.actor.membership_id, [Role.MANAGER], at=NOON)

    found = queries.find_signed_in(begun.secret, LIMITS, at=NOON)
    assert found is not None
    assert found.actor.roles == {Role.MANAGER}


def test_ending_a_place_ends_its_sessions(session: Session, administrator: Actor) -> None:
    begun = sign_in(make_account(Role.WORKER, at=administrator.organisation_id))
    people.end_membership(administrator, begun.actor.membership_id, at=NOON)

    assert queries.find_signed_in(begun.secret, LIMITS, at=NOON) is None


def test_the_last_administrator_stays(session: Session, administrator: Actor) -> None:
    with pytest.raises(LastAdministrator):
        people.end_membership(administrator, administrator.membership_id, at=NOON)
    with pytest.raises(LastAdministrator):
        people.change_roles(administrator, administrator.membership_id, [Role.WORKER], at=NOON)

    second = make_membership(Role.ADMINISTRATOR, at=administrator.organisation_id)
    people.end_membership(administrator, administrator.membership_id, at=NOON)
    assert queries.count_administrators(second.organisation_id) == 1


def test_a_reset_link_changes_the_password_and_ends_every_session(
    session: Session, administrator: Actor
) -> None:
    user = make_account(Role.WORKER, at=administrator.organisation_id)
    begun = sign_in(user)
    accept(invitations.invite_to_reset(administrator, begun.actor.membership_id, at=NOON))

    assert queries.find_signed_in(begun.secret, LIMITS, at=NOON) is None
    session.expire_all()
    with pytest.raises(SignInRefused):
        sign_in(user, PASSWORD)
    assert sign_in(user, STRONG)


def test_a_password_that_opens_another_house_is_not_reset_here(
    session: Session, administrator: Actor
) -> None:
    user = make_account(Role.WORKER)
    here = make_membership(Role.WORKER, at=administrator.organisation_id, user=user)

    with pytest.raises(MemberElsewhere):
        invitations.invite_to_reset(administrator, here.id, at=NOON)


def test_a_new_password_ends_the_other_sessions(session: Session) -> None:
    user = make_account(Role.WORKER)
    here, there = sign_in(user), sign_in(user)
    passwords.change_password(here.actor, PASSWORD, STRONG, "192.0.2.1", at=NOON, passwords=CHEAP)

    assert queries.find_signed_in(here.secret, LIMITS, at=NOON)
    assert queries.find_signed_in(there.secret, LIMITS, at=NOON) is None


def test_the_outside_verifier_works_elsewhere(session: Session, administrator: Actor) -> None:
    outside = make_account(Role.MANAGER)
    inside = make_account(Role.WORKER, at=administrator.organisation_id)

    changed = people.change_organisation(
        administrator, short_name="Small", outside_verifier_email=outside.email, at=NOON
    )
    assert changed.outside_verifier_id == outside.id
    for email in (inside.email, "nobody@example.org", make_user().email):
        with pytest.raises(Invalid):
            people.change_organisation(
                administrator, short_name="Small", outside_verifier_email=email, at=NOON
            )


def test_a_partner_is_added_with_a_link_for_its_administrator(session: Session, administrator: Actor) -> None:
    partner, link = people.add_partner(
        administrator,
        name="Hopeworks",
        short_name="Hopeworks",
        administrator=("ada@example.org", "Ada Byron"),
        is_single=False,
        at=NOON,
    )
    assert link is not None
    accept(link)

    user = queries.find_user("ada@example.org")
    assert user is not None
    assert queries.count_administrators(partner.id) == 1
    with pytest.raises(OrganisationKnown):
        people.add_partner(
            administrator, name="hopeworks ", short_name="H", administrator=None, is_single=False, at=NOON
        )


def test_on_the_embedded_database_a_second_organisation_does_not_sign_in(
    session: Session, administrator: Actor
) -> None:
    def add(administrator_of_it: tuple[str, str] | None) -> None:
        people.add_partner(
            administrator,
            name="Hopeworks",
            short_name="Hopeworks",
            administrator=administrator_of_it,
            is_single=True,
            at=NOON,
        )

    with pytest.raises(SingleOrganisation):
        add(("ada@example.org", "Ada Byron"))
    add(None)


def test_set_up_makes_an_organisation_and_its_administrator(session: Session) -> None:
    place = people.found_organisation(
        name="Northway",
        short_name="Northway",
        administrator=("Ada@Example.org", "Ada Byron"),
        password_hash=CHEAP.hash(STRONG),
        is_single=True,
        at=NOON,
    )

    assert place.roles == ["administrator"]
    with pytest.raises(SingleOrganisation):
        people.found_organisation(
            name="Southway",
            short_name="Southway",
            administrator=("bob@example.org", "Bob"),
            password_hash=CHEAP.hash(STRONG),
            is_single=True,
            at=NOON,
        )


def test_every_change_leaves_a_trace_without_words(session: Session, administrator: Actor) -> None:
    accept(invite(administrator))

    rows = session.query(AuditEvent.name, AuditEvent.detail).all()

    assert [row.name for row in rows] == ["invitation.made", "invitation.accepted"]
    assert all("new@example.org" not in str(row.detail) for row in rows)


def test_the_trail_is_read_page_by_page_by_its_own_administrator(
    session: Session, administrator: Actor
) -> None:
    for number in range(5):
        invite(administrator, f"new{number}@example.org")
    invite(act_as(Role.ADMINISTRATOR))

    seen = []
    after = None
    while True:
        page = queries.visible_events(administrator, EventFilter(), after=after, limit=2)
        seen += [event.id for event in page.events]
        after = page.next
        if after is None:
            break

    assert len(seen) == len(set(seen)) == 5
    with pytest.raises(Forbidden):
        queries.visible_events(
            act_as(Role.MANAGER, at=administrator.organisation_id),
            EventFilter(),
            after=None,
            limit=2,
        )


def test_old_sessions_are_forgotten(session: Session) -> None:
    sign_in(make_account(Role.WORKER))
    sessions.purge(before=NOON + timedelta(hours=11))
    assert session.query(SignInSession).count() == 1

    sessions.purge(before=NOON + timedelta(hours=13))
    assert session.query(SignInSession).count() == 0
    assert session.query(Membership).count() == 1


def test_old_links_are_forgotten(session: Session, administrator: Actor) -> None:
    link = invite(administrator)
    sessions.purge(before=link.invitation.expires_at)
    assert session.query(Invitation).count() == 1

    sessions.purge(before=link.invitation.expires_at + timedelta(seconds=1))
    assert session.query(Invitation).count() == 0
