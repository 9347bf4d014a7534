"""Login, refresh and logout, and what an access token is worth after them (J08, J09, J11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from soundstage.core.errors import NotAllowed, NotFound, NotSignedIn, TooManyRequests, WrongCredentials
from soundstage.studio.access import Plan, Role, Scope
from soundstage.studio.accounts.administration import UserChange
from soundstage.studio.accounts.sessions import SignedIn
from soundstage.studio.accounts.visits import Visit

if TYPE_CHECKING:
    from tests.unit.studio.accounts.conftest import Desk


@pytest.fixture
def ada(desk: Desk) -> SignedIn:
    desk.administrator()
    return desk.log_in("ada")


def is_dead(desk: Desk, signed_in: SignedIn) -> bool:
    try:
        desk.services.identities.identify(signed_in.access_token)
    except NotSignedIn:
        return True
    return False


@pytest.mark.parametrize("name", ["ben", "BEN", "ben@example.com", "Ben@EXAMPLE.com", " ben ", "ｂｅｎ"])
def test_a_user_logs_in_by_either_name(desk: Desk, name: str) -> None:
    user = desk.user()
    signed_in = desk.log_in(name)
    caller = desk.caller(signed_in)
    assert (caller.user_id, caller.role, caller.plan) == (user.id, Role.USER, Plan.FREE)
    assert caller.session_id == signed_in.session.id
    assert desk.services.accounts.get(user.id).last_login_at == desk.clock.now()


def test_wrong_and_unknown_are_told_the_same(desk: Desk) -> None:
    """A24."""
    desk.user()
    answers = []
    for name in ("ben", "nobody"):
        with pytest.raises(WrongCredentials) as refused:
            desk.log_in(name, "another password")
        answers.append((type(refused.value), refused.value.message, refused.value.hint))
    assert answers[0] == answers[1]


def test_b01_a_flood_is_refused_and_noted_and_the_right_password_too(desk: Desk) -> None:
    ben = desk.user()
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            desk.log_in("ben", "another password")
    with pytest.raises(TooManyRequests):
        desk.log_in("ben")
    assert [note.action for note in desk.notes()][:2] == ["login.locked", "login.failed"]
    assert {note.target for note in desk.notes("login.failed")} == {ben.id}
    desk.clock.advance(1.0)
    desk.log_in("ben")
    with pytest.raises(WrongCredentials):
        desk.log_in("ben", "another password")


def test_what_was_typed_is_noted_nowhere(desk: Desk) -> None:
    """Many type their password into the field of the name."""
    with pytest.raises(WrongCredentials):
        desk.log_in("lantern ferry gravel moth", "lantern ferry gravel moth")
    assert "lantern" not in str(desk.notes())


def test_a_remembered_session_lasts_for_a_month_and_any_other_for_half_a_day(desk: Desk) -> None:
    desk.user()
    short, long = desk.log_in("ben"), desk.log_in("ben", is_remembered=True)
    now = desk.clock.now()
    assert (short.session.expires_at - now, long.session.expires_at - now) == (43_200.0, 2_592_000.0)
    desk.clock.advance(43_200.0)
    with pytest.raises(NotSignedIn):
        desk.services.sessions.refresh(short.refresh_token, desk.visit)
    desk.services.sessions.refresh(long.refresh_token, desk.visit)


def test_an_access_token_is_good_for_a_quarter_of_an_hour(desk: Desk, ada: SignedIn) -> None:
    desk.clock.advance(899.0)
    assert not is_dead(desk, ada)
    desk.clock.advance(1.0)
    assert is_dead(desk, ada)


def test_a_refresh_gives_the_same_tokens_to_all_who_come_within_the_grace(desk: Desk, ada: SignedIn) -> None:
    first = desk.services.sessions.refresh(ada.refresh_token, desk.visit)
    desk.clock.advance(20.0)
    again = desk.services.sessions.refresh(ada.refresh_token, desk.visit)
    assert first.refresh_token == again.refresh_token != ada.refresh_token
    assert desk.services.sessions.refresh(first.refresh_token, desk.visit).refresh_token != first.refresh_token


def test_j11_a_refresh_token_that_is_used_again_ends_its_family(desk: Desk, ada: SignedIn) -> None:
    stolen = ada.refresh_token
    own = desk.services.sessions.refresh(stolen, desk.visit)
    desk.clock.advance(21.0)
    with pytest.raises(NotSignedIn, match="used before"):
        desk.services.sessions.refresh(stolen, Visit("203.0.113.9"))
    for token in (stolen, own.refresh_token):
        with pytest.raises(NotSignedIn):
            desk.services.sessions.refresh(token, desk.visit)
    assert is_dead(desk, ada)
    assert is_dead(desk, own)
    (note,) = desk.notes("session.refresh_reused")
    assert (note.actor, note.target, note.address) == (ada.user.id, ada.session.id, "203.0.113.9")


def test_j09_logging_out_kills_the_access_token_at_once(desk: Desk, ada: SignedIn) -> None:
    other = desk.log_in("ada")
    desk.services.sessions.log_out(ada.refresh_token)
    assert is_dead(desk, ada)
    assert not is_dead(desk, other)
    desk.services.sessions.log_out(ada.refresh_token)
    with pytest.raises(NotSignedIn):
        desk.services.sessions.refresh(ada.refresh_token, desk.visit)


def test_j09_logging_out_everywhere_ends_all_sessions(desk: Desk, ada: SignedIn) -> None:
    sessions = [ada, desk.log_in("ada"), desk.log_in("ada")]
    assert desk.services.sessions.end_all(ada.user.id) == 3
    assert all(is_dead(desk, session) for session in sessions)


def test_sessions_are_listed_and_ended_one_by_one(desk: Desk, ada: SignedIn) -> None:
    other = desk.log_in("ada")
    assert {session.id for session in desk.services.sessions.list_live(ada.user.id)} == {
        ada.session.id,
        other.session.id,
    }
    ben = desk.user()
    with pytest.raises(NotFound):
        desk.services.sessions.end(other.session.id, ben.id)
    desk.services.sessions.end(other.session.id, ada.user.id)
    assert is_dead(desk, other)
    assert not is_dead(desk, ada)


def test_the_program_of_a_session_is_kept_without_what_disturbs_a_log(desk: Desk) -> None:
    """L01."""
    desk.user()
    visit = Visit("192.0.2.1", "evil\r\nHTTP/1.1 200\x1b[2J\u2028" + "x" * 1000)
    signed_in = desk.services.sessions.log_in("ben", desk.password, False, visit)
    assert signed_in.session.user_agent.startswith("evil  HTTP/1.1 200 [2J xxx")
    assert len(signed_in.session.user_agent) == 200


def test_j08_a_disabled_user_is_out_at_once_and_cannot_come_in(desk: Desk, ada: SignedIn) -> None:
    ben = desk.user()
    signed_in = desk.log_in("ben")
    desk.services.administration.change(ben.id, UserChange(is_disabled=True), "local", desk.visit)
    assert is_dead(desk, signed_in)
    with pytest.raises(NotSignedIn):
        desk.services.sessions.refresh(signed_in.refresh_token, desk.visit)
    with pytest.raises(NotAllowed, match="disabled"):
        desk.log_in("ben")
    with pytest.raises(WrongCredentials):
        desk.log_in("ben", "another password")
    desk.services.administration.change(ben.id, UserChange(is_disabled=False), "local", desk.visit)
    assert is_dead(desk, signed_in)
    desk.log_in("ben")


def test_j08_a_demoted_administrator_is_none_with_the_next_request(desk: Desk, ada: SignedIn) -> None:
    desk.administrator("bob")
    bob = desk.log_in("bob")
    assert Scope.ADMIN in desk.caller(bob).scopes
    desk.services.administration.change(bob.user.id, UserChange(role=Role.USER), "local", desk.visit)
    assert Scope.ADMIN not in desk.caller(bob).scopes
    assert desk.caller(bob).sees == bob.user.id
    desk.services.administration.change(bob.user.id, UserChange(plan=Plan.FREE), "local", desk.visit)
    assert desk.caller(bob).plan == Plan.FREE


def test_j08_a_deleted_user_is_out_at_once(desk: Desk, ada: SignedIn) -> None:
    ben = desk.user()
    signed_in = desk.log_in("ben")
    desk.services.accounts.erase(ben.id, "local", desk.visit)
    assert is_dead(desk, signed_in)
    assert desk.erased == [ben.id]


def test_a_hash_of_before_is_strengthened_by_the_next_login(desk: Desk) -> None:
    from soundstage.store.accounts.accounts import AccountStore
    from soundstage.studio.accounts.passwords import Passwords

    ben = desk.user()
    store = AccountStore(desk.records)
    desk.services.sessions._passwords = Passwords("small")
    desk.log_in("ben")
    assert store.password_hash(ben.id).startswith("$argon2id$v=19$m=19456")
    desk.log_in("ben")


def test_what_is_past_its_time_is_forgotten(desk: Desk, ada: SignedIn) -> None:
    from soundstage.studio.accounts.services import forget_what_is_old

    desk.services.identities.issue_ticket(desk.caller(ada))
    with pytest.raises(WrongCredentials):
        desk.log_in("nobody")
    desk.clock.advance(60 * 86_400.0)
    assert forget_what_is_old(desk.records, keep_audit_seconds=86_400.0) == 0
    with desk.records.read() as connection:
        tables = ("sessions", "one_time_tokens", "login_failures", "audit", "users")
        counts = [len(connection.exec_driver_sql(f"SELECT * FROM {table}").all()) for table in tables]  # noqa: S608
    assert counts == [0, 0, 0, 0, 1]
