"""Users, sessions, keys, tokens and counted failures, on both databases, and by many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from soundstage.core.errors import Conflict, LastAdministrator, LimitReached, NameTaken, NotFound, UserNotFound
from soundstage.store.accounts.accounts import AccountStore, NewUser, UserFilter
from soundstage.store.accounts.api_keys import ApiKey, ApiKeyStore
from soundstage.store.accounts.audit import AuditFilter, AuditNote, AuditStore
from soundstage.store.accounts.one_time_tokens import OneTimeTokenStore
from soundstage.store.accounts.sessions import Rotation, Session, SessionStore
from soundstage.store.accounts.users import User
from soundstage.store.database import Database
from soundstage.store.records import Records
from soundstage.store.tables import metadata
from soundstage.testing.clock import FakeClock

NOTE = AuditNote("ann", "test", "target", "192.0.2.1", {"more": [1]})
REUSE = AuditNote("ann", "session.refresh_reused", "ses")
GRACE_SECONDS = 20.0
AtOnce = Callable[[int, Callable[[int], Any]], list[Any]]


def new_user(name: str, role: str = "user", **fields: Any) -> NewUser:
    user = NewUser(
        id=f"user_{name}",
        email=f"{name}@example.com",
        email_key=f"{name}@example.com",
        username=name,
        username_key=name,
        password_hash=f"hash of {name}",
        role=role,
        plan="free",
    )
    return replace(user, **fields)


@pytest.fixture
def records(database: Database) -> Iterator[Records]:
    records = Records(database)
    yield records
    records.close()


@pytest.fixture
def accounts(records: Records) -> AccountStore:
    return AccountStore(records)


@pytest.fixture
def sessions(records: Records) -> SessionStore:
    return SessionStore(records)


@pytest.fixture
def keys(records: Records) -> ApiKeyStore:
    return ApiKeyStore(records)


@pytest.fixture
def audit(records: Records) -> AuditStore:
    return AuditStore(records)


@pytest.fixture
def ann(accounts: AccountStore) -> User:
    return accounts.add(new_user("ann"), NOTE)


@pytest.fixture
def begin(sessions: SessionStore, clock: FakeClock) -> Callable[..., str]:
    """Begins a session of a user and gives its id."""

    def begin_one(user: User, session_id: str = "ses_1", seconds: float = 3600.0) -> str:
        now = clock.now()
        sessions.add(Session(session_id, user.id, False, "test", "192.0.2.1", now, now, now + seconds))
        return session_id

    return begin_one


def test_a_user_is_found_by_either_name(accounts: AccountStore, ann: User) -> None:
    assert accounts.get(ann.id) == ann
    assert accounts.find_by_name("ann") == (ann, "hash of ann")
    assert accounts.find_by_name("ann@example.com") == (ann, "hash of ann")
    assert accounts.find_by_name("nobody") is None


@pytest.mark.parametrize("taken", [{"email_key": "ann@example.com"}, {"username_key": "ann"}, {"id": "user_ann"}])
def test_no_two_users_have_the_same_name(
    accounts: AccountStore, ann: User, audit: AuditStore, taken: dict[str, str]
) -> None:
    with pytest.raises(NameTaken):
        accounts.add(new_user("ben", **taken), NOTE)
    ben = accounts.add(new_user("ben"), NOTE)
    if "id" not in taken:
        with pytest.raises(NameTaken):
            accounts.change(ben.id, taken)
    assert accounts.get(ann.id) == ann
    assert len(audit.list_entries(AuditFilter())) == 2


def test_of_many_who_take_a_name_at_once_one_gets_it(accounts: AccountStore, at_once: AtOnce) -> None:
    def take(number: int) -> str:
        try:
            return accounts.add(new_user("ann", id=f"user_{number}"), NOTE).id
        except NameTaken:
            return "taken"

    answers = at_once(8, take)
    assert answers.count("taken") == 7


def test_the_first_administrator_is_made_once(accounts: AccountStore, records: Records, at_once: AtOnce) -> None:
    tokens = OneTimeTokenStore(records)
    tokens.replace_all("hash", "set_up", 60.0)

    def set_up(number: int) -> str:
        try:
            return accounts.add_first(new_user(f"ann{number}", "admin"), NOTE, "hash", "set_up").id
        except (Conflict, NotFound) as error:
            return type(error).__name__

    answers = at_once(8, set_up)
    assert len([answer for answer in answers if answer.startswith("user_")]) == 1
    assert accounts.has_administrator()


def test_a_set_up_that_fails_leaves_its_token(accounts: AccountStore, records: Records, ann: User) -> None:
    OneTimeTokenStore(records).replace_all("hash", "set_up", 60.0)
    with pytest.raises(NameTaken):
        accounts.add_first(new_user("ann", "admin", id="user_2"), NOTE, "hash", "set_up")
    assert not accounts.has_administrator()
    assert accounts.add_first(new_user("ben", "admin"), NOTE, "hash", "set_up").role == "admin"


def test_users_are_listed_by_page_and_found_by_a_piece_of_text(accounts: AccountStore) -> None:
    for name in ("ann", "ben", "cas", "dee"):
        accounts.add(new_user(name, display_name="100%" if name == "cas" else ""), NOTE)
    first = accounts.list_users(UserFilter(limit=3))
    assert [user.username for user in first] == ["dee", "cas", "ben"]
    assert [user.username for user in accounts.list_users(UserFilter(before_id=first[-1].id))] == ["ann"]
    assert [user.username for user in accounts.list_users(UserFilter(text="EN@exa"))] == ["ben"]
    assert [user.username for user in accounts.list_users(UserFilter(text="0%"))] == ["cas"]
    assert accounts.list_users(UserFilter(text="_")) == []
    accounts.change("user_ben", {"role": "admin"})
    assert [user.username for user in accounts.list_users(UserFilter(role="admin"))] == ["ben"]
    accounts.change("user_dee", {"plan": "pro"})
    assert [user.username for user in accounts.list_users(UserFilter(plan="pro"))] == ["dee"]


def test_the_audit_log_names_those_who_are_users_still(accounts: AccountStore, audit: AuditStore) -> None:
    ann, ben = (accounts.add(new_user(name), NOTE) for name in ("ann", "ben"))
    audit.add(AuditNote(ann.id, "user.changed", ben.id))
    accounts.delete(ben.id, AuditNote(ann.id, "user.deleted", ben.id))
    accounts.change(ann.id, {"username": "anna", "username_key": "anna"})
    entries = audit.list_entries(AuditFilter(actor=ann.id))
    assert [(entry.actor_name, entry.target_name) for entry in entries] == [("anna", None), ("anna", None)]
    audit.add(AuditNote("local", "queue.paused", "gpu"))
    assert [(entry.actor_name, entry.target_name) for entry in audit.list_entries(AuditFilter(target="gpu"))] == [
        (None, None)
    ]


@pytest.mark.parametrize("loss", [{"role": "user"}, {"is_disabled": 1}, None], ids=["demoted", "disabled", "deleted"])
def test_administrators_who_remove_each_other_at_once_leave_one(
    accounts: AccountStore, loss: dict[str, Any] | None, at_once: AtOnce
) -> None:
    for name in ("ada", "bob", "cleo"):
        accounts.add(new_user(name, "admin"), NOTE)

    def remove(number: int) -> str:
        user_id = f"user_{('ada', 'bob', 'cleo')[number]}"
        try:
            if loss is None:
                accounts.delete(user_id, NOTE)
            else:
                accounts.change(user_id, loss)
        except LastAdministrator:
            return "kept"
        return "removed"

    assert sorted(at_once(3, remove)) == ["kept", "removed", "removed"]
    left = [user for user in accounts.list_users(UserFilter(role="admin")) if not user.is_disabled]
    assert len(left) == 1


def test_what_is_not_there_cannot_be_changed(accounts: AccountStore) -> None:
    for act in (
        lambda: accounts.get("user_x"),
        lambda: accounts.change("user_x", {"plan": "pro"}),
        lambda: accounts.delete("user_x", NOTE),
        lambda: accounts.set_password("user_x", "hash", NOTE),
        lambda: accounts.password_hash("user_x"),
    ):
        with pytest.raises(UserNotFound):
            act()


def test_a_new_password_ends_the_other_sessions(
    accounts: AccountStore, sessions: SessionStore, ann: User, begin: Callable[..., str]
) -> None:
    for session_id in ("ses_1", "ses_2", "ses_3"):
        begin(ann, session_id)
    accounts.set_password(ann.id, "new hash", NOTE, keep_session="ses_2")
    assert [session.id for session in sessions.list_live(ann.id)] == ["ses_2"]
    assert accounts.password_hash(ann.id) == "new hash"


def test_a_stronger_hash_never_brings_back_an_old_password(accounts: AccountStore, ann: User) -> None:
    accounts.set_password(ann.id, "new hash", NOTE)
    accounts.strengthen_hash(ann.id, "hash of ann", "strong hash of the old password")
    assert accounts.password_hash(ann.id) == "new hash"
    accounts.strengthen_hash(ann.id, "new hash", "strong new hash")
    assert accounts.password_hash(ann.id) == "strong new hash"


def test_who_is_disabled_has_no_session_and_no_key(
    accounts: AccountStore,
    sessions: SessionStore,
    keys: ApiKeyStore,
    ann: User,
    begin: Callable[..., str],
    clock: FakeClock,
) -> None:
    begin(ann)
    keys.add(ApiKey("key_1", ann.id, "k", "sk_", ("jobs:read",), clock.now()), "hash", 9, NOTE)
    assert sessions.find_live("ses_1") is not None
    assert keys.find_live("hash") is not None
    accounts.change(ann.id, {"is_disabled": 1}, NOTE)
    assert sessions.find_live("ses_1") is None
    assert keys.find_live("hash") is None
    accounts.change(ann.id, {"is_disabled": 0}, NOTE)
    assert sessions.find_live("ses_1") is None
    assert keys.find_live("hash") is not None


def test_a_deleted_user_leaves_nothing_but_the_audit_log(
    accounts: AccountStore,
    sessions: SessionStore,
    keys: ApiKeyStore,
    audit: AuditStore,
    ann: User,
    begin: Callable[..., str],
    clock: FakeClock,
) -> None:
    begin(ann)
    keys.add(ApiKey("key_1", ann.id, "k", "sk_", ("jobs:read",), clock.now()), "hash", 9, NOTE)
    accounts.delete(ann.id, NOTE)
    assert not accounts.is_known(ann.id)
    assert sessions.find_live("ses_1") is None
    assert sessions.list_live(ann.id) == []
    assert keys.find_live("hash") is None
    assert keys.list_keys(ann.id) == []
    assert len(audit.list_entries(AuditFilter())) == 3


def test_of_fifty_refreshes_at_once_one_rotates_and_all_get_its_child(
    sessions: SessionStore, ann: User, begin: Callable[..., str], at_once: AtOnce
) -> None:
    begin(ann)
    answers = at_once(50, lambda _: sessions.rotate("ses_1", 0, GRACE_SECONDS, REUSE))
    assert (answers.count(Rotation.NEXT), answers.count(Rotation.SAME)) == (1, 49)
    assert sessions.rotate("ses_1", 1, GRACE_SECONDS, REUSE) is Rotation.NEXT


def test_a_refresh_token_of_before_is_good_for_twenty_seconds_and_then_ends_its_session(
    sessions: SessionStore, audit: AuditStore, ann: User, begin: Callable[..., str], clock: FakeClock
) -> None:
    begin(ann)
    begin(ann, "ses_2")
    assert sessions.rotate("ses_1", 0, GRACE_SECONDS, REUSE) is Rotation.NEXT
    clock.advance(20.0)
    assert sessions.rotate("ses_1", 0, GRACE_SECONDS, REUSE) is Rotation.SAME
    clock.advance(1.0)
    assert sessions.rotate("ses_1", 0, GRACE_SECONDS, REUSE) is Rotation.REUSED
    assert sessions.rotate("ses_1", 1, GRACE_SECONDS, REUSE) is Rotation.ENDED
    assert [session.id for session in sessions.list_live(ann.id)] == ["ses_2"]
    assert [entry.note for entry in audit.list_entries(AuditFilter(action=REUSE.action))] == [REUSE]


def test_a_refresh_token_of_two_rotations_ago_ends_its_session_at_once(
    sessions: SessionStore, ann: User, begin: Callable[..., str], at_once: AtOnce
) -> None:
    begin(ann)
    for generation in range(2):
        sessions.rotate("ses_1", generation, GRACE_SECONDS, REUSE)
    assert sessions.rotate("ses_1", 0, GRACE_SECONDS, REUSE) is Rotation.REUSED
    assert sessions.find_live("ses_1") is None


def test_a_session_ends_at_its_time_however_often_it_was_refreshed(
    sessions: SessionStore, ann: User, begin: Callable[..., str], clock: FakeClock
) -> None:
    begin(ann, seconds=100.0)
    clock.advance(99.0)
    assert sessions.rotate("ses_1", 0, GRACE_SECONDS, REUSE) is Rotation.NEXT
    assert sessions.find_live("ses_1") is not None
    clock.advance(1.0)
    assert sessions.find_live("ses_1") is None
    assert sessions.rotate("ses_1", 1, GRACE_SECONDS, REUSE) is Rotation.ENDED
    assert sessions.list_live(ann.id) == []


def test_nobody_ends_the_session_of_another(
    accounts: AccountStore, sessions: SessionStore, ann: User, begin: Callable[..., str]
) -> None:
    ben = accounts.add(new_user("ben"), NOTE)
    begin(ann)
    with pytest.raises(NotFound):
        sessions.end("ses_1", ben.id, "test")
    sessions.end("ses_1", ann.id, "test")
    with pytest.raises(NotFound):
        sessions.end("ses_1", ann.id, "test")


def test_sessions_that_ended_long_ago_are_forgotten(
    sessions: SessionStore, ann: User, begin: Callable[..., str], clock: FakeClock, records: Records
) -> None:
    begin(ann)
    begin(ann, "ses_2", seconds=90 * 86_400.0)
    sessions.end("ses_1", ann.id, "test")
    clock.advance(29 * 86_400.0)
    sessions.prune()
    assert _rows(records, "sessions") == 2
    clock.advance(2 * 86_400.0)
    sessions.prune()
    assert _rows(records, "sessions") == 1


def _rows(records: Records, table: str) -> int:
    with records.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(metadata.tables[table])) or 0)


def test_a_key_has_its_scopes_and_ends_at_its_time(keys: ApiKeyStore, ann: User, clock: FakeClock) -> None:
    key = ApiKey("key_1", ann.id, "build", "sk_ab", ("jobs:read", "webhooks"), clock.now(), None, clock.now() + 60)
    keys.add(key, "hash", 9, NOTE)
    assert keys.find_live("hash") == (key, ann)
    assert keys.find_live_by_id("key_1") == (key, ann)
    assert keys.find_live("hash of another") is None
    clock.advance(60.0)
    assert keys.find_live("hash") is None
    assert keys.find_live_by_id("key_1") is None
    assert keys.list_keys(ann.id) == [key]


def test_keys_made_at_once_never_pass_the_limit(
    keys: ApiKeyStore, ann: User, clock: FakeClock, at_once: AtOnce
) -> None:
    def make(number: int) -> str:
        try:
            keys.add(ApiKey(f"key_{number}", ann.id, "k", "sk_", (), clock.now()), f"hash {number}", 3, NOTE)
        except LimitReached:
            return "limit"
        return "made"

    assert at_once(8, make).count("made") == 3


def test_nobody_deletes_the_key_of_another(keys: ApiKeyStore, ann: User, clock: FakeClock) -> None:
    keys.add(ApiKey("key_1", ann.id, "k", "sk_", (), clock.now()), "hash", 9, NOTE)
    with pytest.raises(NotFound):
        keys.delete("key_1", "user_ben", NOTE)
    keys.delete("key_1", ann.id, NOTE)
    assert keys.list_keys(ann.id) == []


def test_the_audit_log_is_listed_by_page_and_by_who_did_what(audit: AuditStore, clock: FakeClock) -> None:
    for number in range(5):
        audit.add(AuditNote(f"actor{number % 2}", f"action{number}", "target", "::1", {"n": number}))
    entries = audit.list_entries(AuditFilter(limit=3))
    assert [entry.note.data["n"] for entry in entries] == [4, 3, 2]
    assert [entry.note.data["n"] for entry in audit.list_entries(AuditFilter(before_id=entries[-1].id))] == [1, 0]
    assert [entry.note.data["n"] for entry in audit.list_entries(AuditFilter(actor="actor1"))] == [3, 1]
    assert audit.list_entries(AuditFilter(target="other")) == []
    clock.advance(100.0)
    audit.prune(99.0)
    assert audit.list_entries(AuditFilter()) == []
