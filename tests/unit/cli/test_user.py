"""`soundstage user`: accounts from the shell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "lantern ferry gravel moth"
Soundstage = Callable[..., Any]


@pytest.fixture
def password_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SOUNDSTAGE_PASSWORD_HASHING", "insecure_for_tests")
    monkeypatch.delenv("SOUNDSTAGE_USER_PASSWORD", raising=False)
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def create_admin(soundstage: Soundstage, password_file: str) -> Soundstage:
    def create(name: str, *words: str) -> Any:
        names = ("--email", f"{name}@example.com", "--username", name)
        return soundstage("user", "create-admin", *names, *(words or ("--password-file", password_file)))

    return create


def test_the_first_administrator_owns_what_commands_made(soundstage: Soundstage, create_admin: Soundstage) -> None:
    assert create_admin("ada").out == "ada is an administrator now.\n"
    assert create_admin("bob").code == 0
    bob, ada = soundstage("user", "list", "--json").lines
    assert (ada["id"], ada["role"], ada["email"]) == ("local", "admin", "ada@example.com")
    assert bob["id"].startswith("user_")
    assert "password" not in str(ada)


def test_a_password_comes_from_the_environment_too(create_admin: Soundstage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOUNDSTAGE_USER_PASSWORD", PASSWORD)
    assert create_admin("ada", "--email", "ada@example.com").code == 0


def test_no_option_takes_a_password(create_admin: Soundstage) -> None:
    refused = create_admin("ada", "--password", PASSWORD)
    assert refused.code == 2


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [("ada", "password123", "weak_password"), ("ada", "", "weak_password"), ("a b", PASSWORD, "bad_name")],
)
def test_a_bad_administrator_is_not_made(
    soundstage: Soundstage, create_admin: Soundstage, password_file: str, name: str, text: str, code: str
) -> None:
    Path(password_file).write_text(text, encoding="utf-8")
    refused = create_admin(name)
    assert refused.code == 2
    assert code in refused.err
    assert soundstage("user", "list", "--json").out == ""


def test_a_password_file_that_cannot_be_read_is_told(create_admin: Soundstage, tmp_path: Path) -> None:
    refused = create_admin("ada", "--password-file", str(tmp_path / "missing"))
    assert refused.code == 2
    assert "missing" in refused.err


def test_a_second_user_of_the_same_name_is_a_conflict(create_admin: Soundstage) -> None:
    assert create_admin("ada").code == 0
    refused = create_admin("ada")
    assert (refused.code, "name_taken" in refused.err) == (5, True)


def test_users_are_disabled_and_enabled_by_any_name(soundstage: Soundstage, create_admin: Soundstage) -> None:
    create_admin("ada")
    create_admin("bob")
    assert soundstage("user", "disable", "BOB@example.com").out == "bob is disabled now.\n"
    listed = soundstage("user", "list").out
    assert [word in listed for word in ("bob@example.com", "disabled", "enabled")] == [True] * 3
    assert soundstage("user", "enable", "bob").out == "bob is enabled now.\n"
    assert soundstage("user", "disable", "nobody").code == 4


def test_the_last_administrator_cannot_be_disabled(soundstage: Soundstage, create_admin: Soundstage) -> None:
    create_admin("ada")
    refused = soundstage("user", "disable", "local")
    assert (refused.code, "last_administrator" in refused.err) == (5, True)


def test_a_new_password_is_set(soundstage: Soundstage, create_admin: Soundstage, password_file: str) -> None:
    create_admin("ada")
    Path(password_file).write_text("gravel moth lantern ferry", encoding="utf-8")
    assert soundstage("user", "set-password", "ada", "--password-file", password_file).code == 0
    Path(password_file).write_text("ada@example.com", encoding="utf-8")
    assert soundstage("user", "set-password", "ada", "--password-file", password_file).code == 2
    assert soundstage("user", "set-password", "nobody", "--password-file", password_file).code == 4
