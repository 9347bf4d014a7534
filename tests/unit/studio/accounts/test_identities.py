"""Keys, tickets and tokens of jobs: each opens what it is for, as long as it may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from soundstage.core.errors import BadInput, BadName, LimitReached, NotAllowed, NotFound, NotSignedIn
from soundstage.studio.access import KEY_SCOPES, LOCAL_OWNER, Caller, Plan, Role, Scope, check
from soundstage.studio.accounts.administration import UserChange
from soundstage.studio.accounts.keys import MOST_KEYS

if TYPE_CHECKING:
    from tests.unit.studio.accounts.conftest import Desk

JOB = "job_06fk3v8q2s5d1n7x9b4c0m8r3t"


@pytest.fixture
def ada(desk: Desk) -> Caller:
    desk.administrator()
    return desk.caller(desk.log_in("ada"))


@pytest.fixture
def ben(desk: Desk, ada: Caller) -> Caller:
    desk.user("ben")
    return desk.caller(desk.log_in("ben"))


def make_key(desk: Desk, caller: Caller, *scopes: Scope, days: float | None = None) -> tuple[str, str]:
    key, secret = desk.services.keys.make(caller, "build", scopes, days, desk.visit)
    return key.id, secret


def test_a_key_lets_its_user_in_with_its_own_scopes(desk: Desk, ben: Caller) -> None:
    key_id, secret = make_key(desk, ben, Scope.JOBS_READ, Scope.JOBS_WRITE)
    caller = desk.services.identities.identify(secret)
    assert (caller.user_id, caller.key_id, caller.session_id) == (ben.user_id, key_id, None)
    assert caller.scopes == {Scope.JOBS_READ, Scope.JOBS_WRITE}
    with pytest.raises(NotAllowed, match="assets:read"):
        check(caller, [Scope.ASSETS_READ])


def test_a_key_is_shown_once_and_kept_as_its_hash(desk: Desk, ben: Caller) -> None:
    _, secret = make_key(desk, ben, Scope.JOBS_READ)
    assert secret.startswith("sk_")
    (key,) = desk.services.keys.list_keys(ben.user_id)
    assert secret.startswith(key.hint)
    assert len(key.hint) == 8
    with desk.records.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM api_keys").all()
    assert secret not in str(rows)
    assert secret not in str(desk.notes())


@pytest.mark.parametrize("scope", sorted(set(Scope) - KEY_SCOPES))
def test_no_key_can_take_an_account_over(desk: Desk, ada: Caller, scope: Scope) -> None:
    with pytest.raises(BadInput, match=scope):
        make_key(desk, ada, Scope.JOBS_READ, scope)
    assert desk.services.keys.list_keys(ada.user_id) == []


def test_a_key_has_no_scope_that_its_maker_has_not(desk: Desk, ada: Caller, ben: Caller) -> None:
    with pytest.raises(NotAllowed, match="admin"):
        make_key(desk, ben, Scope.ADMIN)
    with pytest.raises(BadInput):
        make_key(desk, ben)
    _, secret = make_key(desk, ada, Scope.ADMIN)
    assert desk.services.identities.identify(secret).sees is None


def test_j08_the_key_of_a_demoted_administrator_is_none_of_an_administrator(desk: Desk, ada: Caller) -> None:
    bob = desk.administrator("bob")
    _, secret = make_key(desk, desk.caller(desk.log_in("bob")), Scope.ADMIN, Scope.JOBS_READ)
    desk.services.administration.change(bob.id, UserChange(role=Role.USER), ada.user_id, desk.visit)
    assert desk.services.identities.identify(secret).scopes == {Scope.JOBS_READ}


def test_a_key_ends_at_its_time_when_deleted_and_with_its_user(desk: Desk, ada: Caller, ben: Caller) -> None:
    _, brief = make_key(desk, ben, Scope.JOBS_READ, days=1.0)
    key_id, deleted = make_key(desk, ben, Scope.JOBS_READ)
    _, orphan = make_key(desk, ben, Scope.JOBS_READ)
    desk.clock.advance(86_400.0)
    with pytest.raises(NotFound):
        desk.services.keys.delete(key_id, ada.user_id, desk.visit)
    desk.services.keys.delete(key_id, ben.user_id, desk.visit)
    for secret in (brief, deleted, "sk_", "sk_" + "x" * 43, "sk_" + "x" * 1_000_000):
        with pytest.raises(NotSignedIn):
            desk.services.identities.identify(secret)
    assert desk.services.identities.identify(orphan)
    desk.services.administration.change(ben.user_id, UserChange(is_disabled=True), ada.user_id, desk.visit)
    with pytest.raises(NotSignedIn):
        desk.services.identities.identify(orphan)
    assert [note.action for note in desk.notes()][:2] == ["user.disabled", "key.deleted"]


def test_the_last_use_of_a_key_is_noted_once_a_minute(desk: Desk, ben: Caller) -> None:
    _, secret = make_key(desk, ben, Scope.JOBS_READ)
    begin = desk.clock.now()
    used = []
    for _ in range(4):
        desk.services.identities.identify(secret)
        used.append(desk.services.keys.list_keys(ben.user_id)[0].last_used_at)
        desk.clock.advance(30.0)
    assert used == [begin, begin, begin + 60, begin + 60]


def test_a_user_has_fifty_keys_at_most(desk: Desk, ben: Caller) -> None:
    for _ in range(MOST_KEYS):
        make_key(desk, ben, Scope.JOBS_READ)
    with pytest.raises(LimitReached):
        make_key(desk, ben, Scope.JOBS_READ)


def test_the_name_of_a_key_is_clean_text(desk: Desk, ben: Caller) -> None:
    with pytest.raises(BadName):
        desk.services.keys.make(ben, "a\x1b[31m", [Scope.JOBS_READ], None, desk.visit)


def test_j12_a_ticket_opens_one_stream_to_read(desk: Desk, ben: Caller) -> None:
    ticket = desk.services.identities.issue_ticket(ben)
    caller = desk.services.identities.redeem_ticket(ticket)
    assert (caller.user_id, caller.session_id) == (ben.user_id, ben.session_id)
    assert caller.scopes == {Scope.JOBS_READ, Scope.ASSETS_READ}
    for spent in (ticket, "", "tk_x", "x" * 1_000_000):
        with pytest.raises(NotSignedIn):
            desk.services.identities.redeem_ticket(spent)


def test_j12_a_ticket_is_good_for_half_a_minute_and_is_no_token(desk: Desk, ben: Caller) -> None:
    ticket = desk.services.identities.issue_ticket(ben)
    with pytest.raises(NotSignedIn):
        desk.services.identities.identify(ticket)
    desk.clock.advance(30.0)
    with pytest.raises(NotSignedIn):
        desk.services.identities.redeem_ticket(ticket)


def test_a_ticket_dies_with_the_session_or_key_that_asked_for_it(desk: Desk, ben: Caller) -> None:
    key_id, secret = make_key(desk, ben, Scope.JOBS_READ)
    by_session = desk.services.identities.issue_ticket(ben)
    by_key = desk.services.identities.issue_ticket(desk.services.identities.identify(secret))
    good = desk.services.identities.issue_ticket(desk.services.identities.identify(secret))
    assert desk.services.identities.redeem_ticket(good).scopes == {Scope.JOBS_READ}
    desk.services.keys.delete(key_id, ben.user_id, desk.visit)
    desk.services.sessions.end_all(ben.user_id)
    for ticket in (by_session, by_key):
        with pytest.raises(NotSignedIn):
            desk.services.identities.redeem_ticket(ticket)


def test_an_open_stream_is_confirmed_until_its_way_in_ends(desk: Desk, ada: Caller, ben: Caller) -> None:
    identities = desk.services.identities
    key_id, secret = make_key(desk, ben, Scope.JOBS_READ)
    ways = [identities.redeem_ticket(identities.issue_ticket(ben)), identities.identify(secret)]
    assert [identities.confirm(caller) for caller in ways] == ways
    desk.services.keys.delete(key_id, ben.user_id, desk.visit)
    desk.services.sessions.end_all(ben.user_id)
    for caller in ways:
        with pytest.raises(NotSignedIn):
            identities.confirm(caller)


def test_a_stream_never_gains_scopes(desk: Desk, ada: Caller, ben: Caller) -> None:
    identities = desk.services.identities
    stream = identities.redeem_ticket(identities.issue_ticket(ben))
    desk.services.administration.change(ben.user_id, UserChange(role=Role.ADMIN), ada.user_id, desk.visit)
    assert identities.confirm(stream).sees == ben.user_id


def test_the_token_of_a_job_tells_of_that_job_alone(desk: Desk, ben: Caller) -> None:
    identities = desk.services.identities
    caller = identities.identify(identities.issue_job_token(JOB, ben.user_id, 60.0))
    assert caller == Caller(ben.user_id, Role.USER, Plan.FREE, frozenset({Scope.JOBS_PROGRESS}), job_id=JOB)
    assert identities.confirm(caller) == caller
    with pytest.raises(NotSignedIn):
        identities.issue_ticket(caller)


def test_the_token_of_a_job_ends_at_its_time_and_with_its_owner(desk: Desk, ada: Caller, ben: Caller) -> None:
    identities = desk.services.identities
    brief = identities.issue_job_token(JOB, ben.user_id, 60.0)
    token = identities.issue_job_token(JOB, ben.user_id, 600.0)
    gone = identities.issue_job_token(JOB, "user_gone", 600.0)
    desk.clock.advance(60.0)
    assert identities.identify(token)
    desk.services.administration.change(ben.user_id, UserChange(is_disabled=True), ada.user_id, desk.visit)
    for dead in (brief, token, gone):
        with pytest.raises(NotSignedIn):
            identities.identify(dead)


def test_who_says_nothing_is_nobody(desk: Desk, ada: Caller) -> None:
    assert ada.user_id == LOCAL_OWNER
    for token in (None, "", " ", "Bearer"):
        with pytest.raises(NotSignedIn):
            desk.services.identities.identify(token)
