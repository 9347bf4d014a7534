"""How accounts come to be, change and go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from soundstage.core.errors import (
    BadInput,
    BadName,
    Conflict,
    LastAdministrator,
    NameTaken,
    NotFound,
    NotSetUp,
    NotSignedIn,
    RegistrationClosed,
    TooManyRequests,
    UserNotFound,
    WeakPassword,
    WrongCredentials,
    WrongPassword,
)
from soundstage.studio.access import LOCAL_OWNER, Plan, Role
from soundstage.studio.accounts.accounts import ProfileChange
from soundstage.studio.accounts.administration import UserChange, UserFilter

if TYPE_CHECKING:
    from tests.unit.studio.accounts.conftest import Desk

NEW_PASSWORD = "gravel moth lantern ferry"


def test_a15_there_is_no_user_before_somebody_makes_one(desk: Desk) -> None:
    assert desk.services.administration.list_users(UserFilter()) == []
    for name in ("admin", "root", "local", "user", "test"):
        for password in ("", "admin", "password", "changeme"):
            with pytest.raises((WrongCredentials, TooManyRequests)):
                desk.log_in(name, password)


def test_a15_the_set_up_token_makes_the_first_administrator_once(desk: Desk) -> None:
    token = desk.services.registration.offer_set_up()
    assert token is not None
    user = desk.services.registration.set_up(token, desk.applicant("ada"), desk.visit)
    assert (user.id, user.role, user.plan) == (LOCAL_OWNER, Role.ADMIN, Plan.PRO)
    assert desk.services.registration.offer_set_up() is None
    with pytest.raises(Conflict):
        desk.services.registration.set_up(token, desk.applicant("eve"), desk.visit)
    assert [note.action for note in desk.notes()] == ["studio.set_up"]


def test_a_set_up_token_that_is_wrong_replaced_or_a_day_old_makes_nobody(desk: Desk) -> None:
    old = desk.services.registration.offer_set_up()
    new = desk.services.registration.offer_set_up()
    assert old is not None
    assert new is not None
    for token in ("", "setup_x", old):
        with pytest.raises(NotFound):
            desk.services.registration.set_up(token, desk.applicant("eve"), desk.visit)
    desk.clock.advance(86_400.0)
    with pytest.raises(NotFound):
        desk.services.registration.set_up(new, desk.applicant("eve"), desk.visit)
    assert desk.services.registration.offer_set_up() is not None


def test_a_set_up_with_a_weak_password_can_be_tried_again(desk: Desk) -> None:
    token = desk.services.registration.offer_set_up()
    assert token is not None
    with pytest.raises(WeakPassword):
        desk.services.registration.set_up(token, desk.applicant("ada", "password123"), desk.visit)
    desk.services.registration.set_up(token, desk.applicant("ada"), desk.visit)


def test_the_shell_makes_the_person_of_this_computer_first_and_others_after(desk: Desk) -> None:
    first, second = desk.administrator("ada"), desk.administrator("bob")
    assert first.id == LOCAL_OWNER
    assert second.id.startswith("user_")
    assert second.role == Role.ADMIN


def test_who_registers_is_a_user_of_the_free_plan(desk: Desk) -> None:
    desk.administrator()
    ben = desk.services.registration.register(desk.applicant("ben"), desk.visit)
    assert (ben.role, ben.plan, ben.is_disabled) == (Role.USER, Plan.FREE, False)
    assert desk.caller(desk.log_in("ben")).user_id == ben.id
    assert desk.notes()[0].action == "user.registered"


def test_nobody_registers_before_there_is_an_administrator(desk: Desk) -> None:
    with pytest.raises(NotSetUp):
        desk.services.registration.register(desk.applicant("ben"), desk.visit)


def test_nobody_registers_where_it_is_closed(desk: Desk) -> None:
    desk.administrator()
    desk.services.registration._is_open = False
    with pytest.raises(RegistrationClosed):
        desk.services.registration.register(desk.applicant("ben"), desk.visit)
    desk.services.registration.create(desk.applicant("ben"), Role.USER, Plan.PRO, "local", desk.visit)


@pytest.mark.parametrize(
    ("email", "username"),
    [("ben@example.com", "other"), ("BEN@example.com", "other"), ("o@example.com", "ben"), ("o@example.com", "BEN"),
     ("o@example.com", "ｂｅｎ")],
    ids=["email", "B04-email-case", "name", "B04-case", "B04-wide"],
)  # fmt: skip
def test_a_twin_of_a_user_is_refused(desk: Desk, email: str, username: str) -> None:
    desk.user("ben")
    applicant = replace(desk.applicant("x"), email=email, username=username)
    with pytest.raises(NameTaken):
        desk.services.registration.create(applicant, Role.USER, Plan.FREE, "local", desk.visit)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("email", "nobody", BadName),
        ("username", "a b", BadName),
        ("display_name", "a\x1bb", BadName),
        ("password", "password123", WeakPassword),
        ("password", "ben@example.com", WeakPassword),
    ],
)
def test_a_bad_application_makes_nobody(desk: Desk, field: str, value: str, error: type[Exception]) -> None:
    changed = {field: value}
    with pytest.raises(error):
        desk.services.registration.create(
            replace(desk.applicant("ben"), **changed), Role.USER, Plan.FREE, "local", desk.visit
        )
    assert desk.services.administration.list_users(UserFilter()) == []


def test_a_profile_changes_what_is_given(desk: Desk) -> None:
    desk.user()
    caller = desk.caller(desk.log_in("ben"))
    wanted = ProfileChange(display_name="Бен", language="pt-BR", username="Benny")
    user = desk.services.accounts.change_profile(caller, wanted, desk.visit)
    assert (user.display_name, user.language, user.username, user.email) == ("Бен", "pt-BR", "Benny", "ben@example.com")
    assert desk.services.accounts.change_profile(caller, ProfileChange(), desk.visit) == user
    desk.log_in("benny")
    with pytest.raises(WrongCredentials):
        desk.log_in("ben")


def test_a_new_email_address_needs_the_password(desk: Desk) -> None:
    desk.user()
    caller = desk.caller(desk.log_in("ben"))
    for password in (None, "another password"):
        wanted = ProfileChange(email="new@example.com", password=password)
        with pytest.raises(WrongPassword):
            desk.services.accounts.change_profile(caller, wanted, desk.visit)
    wanted = ProfileChange(email="new@example.com", password=desk.password)
    assert desk.services.accounts.change_profile(caller, wanted, desk.visit).email == "new@example.com"
    assert [note.action for note in desk.notes()][:3] == ["user.email_changed"] + ["user.password_refused"] * 2


def test_j09_a_new_password_ends_the_other_sessions_and_needs_the_old_one(desk: Desk) -> None:
    desk.user()
    here, there = desk.log_in("ben"), desk.log_in("ben")
    caller = desk.caller(here)
    with pytest.raises(WrongPassword):
        desk.services.accounts.change_password(caller, "another password", NEW_PASSWORD, desk.visit)
    with pytest.raises(WeakPassword):
        desk.services.accounts.change_password(caller, desk.password, "password123", desk.visit)
    with pytest.raises(BadInput, match="old one"):
        desk.services.accounts.change_password(caller, desk.password, desk.password, desk.visit)
    assert desk.caller(there)
    desk.services.accounts.change_password(caller, desk.password, NEW_PASSWORD, desk.visit)
    assert desk.caller(here)
    with pytest.raises(NotSignedIn):
        desk.caller(there)
    with pytest.raises(WrongCredentials):
        desk.log_in("ben")
    desk.log_in("ben", NEW_PASSWORD)
    assert desk.notes("user.password_changed")[0].target == caller.user_id


def test_guessing_the_password_from_within_a_session_is_slowed_down(desk: Desk) -> None:
    desk.user()
    caller = desk.caller(desk.log_in("ben"))
    for _ in range(5):
        with pytest.raises(WrongPassword):
            desk.services.accounts.change_password(caller, "another password", NEW_PASSWORD, desk.visit)
    with pytest.raises(TooManyRequests):
        desk.services.accounts.change_password(caller, desk.password, NEW_PASSWORD, desk.visit)


def test_a_password_that_an_administrator_sets_ends_all_sessions(desk: Desk) -> None:
    ben = desk.user()
    signed_in = desk.log_in("ben")
    with pytest.raises(WeakPassword):
        desk.services.accounts.reset_password(ben.id, "ben@example.com", "local", desk.visit)
    desk.services.accounts.reset_password(ben.id, NEW_PASSWORD, "local", desk.visit)
    with pytest.raises(NotSignedIn):
        desk.caller(signed_in)
    desk.log_in("ben", NEW_PASSWORD)


def test_who_leaves_takes_everything_along_and_may_come_again(desk: Desk) -> None:
    desk.administrator()
    ben = desk.user()
    signed_in = desk.log_in("ben")
    caller = desk.caller(signed_in)
    with pytest.raises(WrongPassword):
        desk.services.accounts.leave(caller, "another password", desk.visit)
    assert desk.erased == []
    desk.services.accounts.leave(caller, desk.password, desk.visit)
    assert desk.erased == [ben.id]
    with pytest.raises(UserNotFound):
        desk.services.accounts.get(ben.id)
    with pytest.raises(NotSignedIn):
        desk.caller(signed_in)
    assert desk.user("ben").id != ben.id


def test_the_last_administrator_can_be_neither_disabled_demoted_nor_deleted(desk: Desk) -> None:
    ada = desk.administrator("ada")
    desk.user()
    caller = desk.caller(desk.log_in("ada"))
    for change in (UserChange(is_disabled=True), UserChange(role=Role.USER)):
        with pytest.raises(LastAdministrator):
            desk.services.administration.change(ada.id, change, ada.id, desk.visit)
    with pytest.raises(LastAdministrator):
        desk.services.accounts.erase(ada.id, ada.id, desk.visit)
    with pytest.raises(LastAdministrator):
        desk.services.accounts.leave(caller, desk.password, desk.visit)
    assert desk.erased == []
    assert desk.caller(desk.log_in("ada")).user_id == ada.id
    desk.administrator("bob")
    desk.services.accounts.leave(caller, desk.password, desk.visit)


def test_an_erasure_that_broke_off_is_done_again(desk: Desk) -> None:
    desk.administrator()
    ben = desk.user()
    broken = [True]

    def erase(_user_id: str) -> None:
        if broken.pop():
            raise OSError("The disk is away.")

    desk.services.accounts._erase_user = [erase]
    with pytest.raises(OSError, match="away"):
        desk.services.accounts.erase(ben.id, "local", desk.visit)
    assert desk.services.accounts.get(ben.id).is_disabled
    broken.append(False)
    desk.services.accounts.erase(ben.id, "local", desk.visit)
    with pytest.raises(UserNotFound):
        desk.services.accounts.get(ben.id)


def test_what_administrators_do_is_noted(desk: Desk) -> None:
    desk.administrator()
    ben = desk.user()
    desk.log_in("ben")
    desk.services.administration.change(ben.id, UserChange(plan=Plan.PRO), "local", desk.visit)
    desk.services.administration.change(ben.id, UserChange(is_disabled=True), "local", desk.visit)
    desk.services.administration.change(ben.id, UserChange(is_disabled=False), "local", desk.visit)
    desk.log_in("ben")
    assert desk.services.administration.end_sessions(ben.id, "local", desk.visit) == 1
    desk.services.accounts.erase(ben.id, "local", desk.visit)
    assert [(note.actor, note.action, note.target) for note in desk.notes()][:5] == [
        ("local", "user.deleted", ben.id),
        ("local", "user.sessions_ended", ben.id),
        ("local", "user.enabled", ben.id),
        ("local", "user.disabled", ben.id),
        ("local", "user.changed", ben.id),
    ]
    assert desk.notes("user.changed")[0].data == {"plan": "pro"}


def test_a_user_is_found_by_any_name_for_a_command(desk: Desk) -> None:
    ben = desk.user()
    for name in (ben.id, "ben", "BEN@example.com"):
        assert desk.services.administration.named(name) == ben
    with pytest.raises(UserNotFound):
        desk.services.administration.named("nobody")
