"""J01 to J07 and J10: what is not a token of ours, or not one for this use."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest

from soundstage.core.errors import NotSignedIn
from soundstage.studio.accounts.tokens import (
    ACCESS_TYPE,
    ISSUER,
    JOB_TYPE,
    Claims,
    RefreshTokens,
    SignedTokens,
    new_secret,
    secret_hash,
)
from soundstage.studio.signing import SigningKey

NOW = 1_700_000_000.0
SESSION = "ses_06fk3v8q2s5d1n7x9b4c0m8r3t"


def encoded(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.fixture
def tokens(key: SigningKey) -> SignedTokens:
    return SignedTokens(key, 900.0)


@pytest.fixture
def good() -> dict[str, Any]:
    return {
        "iss": ISSUER,
        "aud": f"{ISSUER}:{ACCESS_TYPE}",
        "sub": "user_1",
        "sid": SESSION,
        "jti": "1",
        "iat": int(NOW),
        "exp": int(NOW) + 900,
    }


@pytest.fixture
def signed(key: SigningKey, good: dict[str, Any]) -> Callable[..., str]:
    """A token with our own signature, over claims of which some are changed, or left out where they are `...`."""

    def sign(header: dict[str, Any] | None = None, raw: str | None = None, **changes: Any) -> str:
        claims = {name: value for name, value in {**good, **changes}.items() if value is not ...}
        head = encoded({"alg": "HS256", "typ": ACCESS_TYPE, **(header or {})})
        body = encoded(raw if raw is not None else claims)
        mac = hmac.digest(key.derive("access tokens"), f"{head}.{body}".encode(), hashlib.sha256)
        return f"{head}.{body}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"

    return sign


def test_a_token_of_ours_says_who_calls(tokens: SignedTokens, signed: Callable[..., str]) -> None:
    assert tokens.read(tokens.issue_access("user_1", SESSION, NOW), NOW) == Claims("user_1", SESSION, None)
    assert tokens.read(tokens.issue_for_job("job_1", "user_1", NOW, 60), NOW) == Claims("user_1", None, "job_1")
    assert tokens.read(signed(), NOW) == Claims("user_1", SESSION, None)


def test_no_two_tokens_are_the_same(tokens: SignedTokens) -> None:
    assert tokens.issue_access("user_1", SESSION, NOW) != tokens.issue_access("user_1", SESSION, NOW)


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", "none ", ""], ids=lambda name: f"J01-{name!r}")
def test_a_token_without_a_signature_is_refused(tokens: SignedTokens, good: dict[str, Any], name: str) -> None:
    for signature in ("", "x"):
        with pytest.raises(NotSignedIn):
            tokens.read(f"{encoded({'alg': name, 'typ': ACCESS_TYPE})}.{encoded(good)}.{signature}", NOW)


@pytest.mark.parametrize("name", ["HS384", "HS512", "RS256", "ES256", "EdDSA", "hs256", "PS256", None, 1, ["HS256"]])
def test_a_token_by_another_algorithm_is_refused(
    signed: Callable[..., str], tokens: SignedTokens, name: object
) -> None:
    with pytest.raises(NotSignedIn):
        tokens.read(signed({"alg": name}), NOW)


@pytest.mark.parametrize(
    "secret",
    [b"", b"secret", b"\x00" * 32, b"-----BEGIN PUBLIC KEY-----\nMCow\n"],
    ids=["empty", "weak", "zeros", "J02-pem"],
)
def test_a_token_signed_by_another_key_is_refused(tokens: SignedTokens, good: dict[str, Any], secret: bytes) -> None:
    head, body = encoded({"alg": "HS256", "typ": ACCESS_TYPE}), encoded(good)
    mac = hmac.digest(secret, f"{head}.{body}".encode(), hashlib.sha256)
    with pytest.raises(NotSignedIn):
        tokens.read(f"{head}.{body}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}", NOW)


@pytest.mark.parametrize(
    "header",
    [
        {"kid": "../../dev/null"},
        {"kid": "' UNION SELECT 'secret"},
        {"kid": "http://127.0.0.1/key"},
        {"jku": "http://127.0.0.1/jwks.json"},
        {"jwk": {"kty": "oct", "k": "c2VjcmV0"}},
        {"x5u": "http://127.0.0.1/cert.pem"},
    ],
    ids=["J03-path", "J03-sql", "J03-url", "J04-jku", "J04-jwk", "J04-x5u"],
)
def test_the_header_of_a_token_chooses_no_key(
    tokens: SignedTokens, good: dict[str, Any], header: dict[str, Any]
) -> None:
    with pytest.raises(NotSignedIn):
        tokens.read(jwt.encode(good, "secret" * 6, "HS256", headers={"typ": ACCESS_TYPE, **header}), NOW)


def test_each_kind_of_token_is_good_for_its_own_use_alone(
    tokens: SignedTokens, key: SigningKey, signed: Callable[..., str]
) -> None:
    """J05."""
    refresh = RefreshTokens(key)
    with pytest.raises(NotSignedIn):
        tokens.read(refresh.issue(SESSION, 0), NOW)
    with pytest.raises(NotSignedIn):
        refresh.read(tokens.issue_access("user_1", SESSION, NOW))
    with pytest.raises(NotSignedIn):
        tokens.read(signed({"typ": JOB_TYPE}), NOW)
    with pytest.raises(NotSignedIn):
        tokens.read(signed({"typ": "JWT"}), NOW)
    with pytest.raises(NotSignedIn):
        tokens.read(signed(aud=f"{ISSUER}:{JOB_TYPE}", job="job_1"), NOW)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": int(NOW)},
        {"exp": int(NOW) - 1},
        {"exp": ...},
        {"nbf": int(NOW) + 3600},
        {"iat": int(NOW) + 3600},
        {"iat": ...},
        {"iss": "another"},
        {"iss": ...},
        {"aud": "another"},
        {"aud": [f"{ISSUER}:{ACCESS_TYPE}", "another"]},
        {"aud": ...},
        {"sub": ...},
        {"sub": 1},
        {"sid": ...},
        {"sid": 1},
        {"sid": None},
        {"jti": ...},
        {"exp": str(int(NOW) + 900)},
        {"exp": 1e400},
        {"exp": True},
        {"exp": None},
        {"exp": [int(NOW) + 900]},
        {"exp": NOW + 900.5},
    ],
    ids=lambda claims: "J06-J07-J10-" + "".join(f"{name}={str(value)[:12]}" for name, value in claims.items()),
)
def test_a_token_whose_claims_do_not_hold_is_refused(
    tokens: SignedTokens, signed: Callable[..., str], claims: dict[str, Any]
) -> None:
    with pytest.raises(NotSignedIn):
        tokens.read(signed(**claims), NOW)


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "e30.e30.",
        "x" * 1_000_000,
        "ey" * 3_000,
        "\x00",
        "é.é.é",
        "rt_",
        "sk_",
        "a" * 4096,
    ],
    ids=lambda token: f"J10-{token[:6]!a}-{len(token)}",
)
def test_what_is_no_token_at_all_is_refused(tokens: SignedTokens, key: SigningKey, token: str) -> None:
    with pytest.raises(NotSignedIn):
        tokens.read(token, NOW)
    with pytest.raises(NotSignedIn):
        RefreshTokens(key).read(token)


@pytest.mark.parametrize("raw", ["[]", "null", "1", '"x"', "{", "[" * 100_000], ids=lambda raw: f"J10-{raw[:4]}")
def test_a_token_of_ours_that_holds_no_claims_is_refused(
    tokens: SignedTokens, signed: Callable[..., str], raw: str
) -> None:
    with pytest.raises(NotSignedIn):
        tokens.read(signed(raw=raw), NOW)


def test_an_encrypted_or_nested_token_is_refused(tokens: SignedTokens, signed: Callable[..., str]) -> None:
    """J10."""
    for token in (
        f"{encoded({'alg': 'dir', 'enc': 'A256GCM', 'zip': 'DEF', 'typ': ACCESS_TYPE})}..a.b.c",
        signed({"cty": "JWT"}, raw=json.dumps(signed())),
        signed({"crit": ["b64"], "b64": False}),
        signed({"zip": "DEF"}, raw="x"),
    ):
        with pytest.raises(NotSignedIn):
            tokens.read(token, NOW)


def test_a_refresh_token_is_derived_and_the_same_each_time(key: SigningKey) -> None:
    refresh = RefreshTokens(key)
    assert refresh.issue(SESSION, 3) == refresh.issue(SESSION, 3)
    assert refresh.read(refresh.issue(SESSION, 3)) == (SESSION, 3)
    assert len({refresh.issue(SESSION, number) for number in range(10)}) == 10


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token.replace(".3.", ".4."),
        lambda token: token.replace(".3.", ".03."),
        lambda token: token.replace("ses_0", "ses_1"),
        lambda token: token[:-1],
        lambda token: token + "A",
        lambda token: token[:-43] + "A" * 43,
        lambda token: token + "\n",
        lambda token: token.upper(),
    ],
)
def test_a_refresh_token_that_was_touched_is_refused(key: SigningKey, change: Callable[[str], str]) -> None:
    with pytest.raises(NotSignedIn):
        RefreshTokens(key).read(change(RefreshTokens(key).issue(SESSION, 3)))


def test_a_secret_has_256_bits_and_only_its_hash_is_kept() -> None:
    secret, hashed = new_secret("sk_")
    assert len(base64.urlsafe_b64decode(secret.removeprefix("sk_") + "=")) == 32
    assert hashed == secret_hash(secret)
    assert secret not in hashed
