"""A message counts only when one who knows the secret signed these very bytes a moment ago, and only once."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from soundstage.core.errors import ForgedMessage
from soundstage.outbound.signatures import (
    ID_HEADER,
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    SeenMessages,
    new_secret,
    sign,
    signed_headers,
    verify,
)

SECRET, OLD, FOREIGN = new_secret(), new_secret(), new_secret()
NOW = 1_700_000_000.0
BODY = b'{"type": "job.succeeded", "name": "\xc3\xa9"}'


def headers(**changes: str) -> dict[str, str]:
    return {**signed_headers([SECRET], "msg_1", NOW, BODY), **{k.replace("_", "-"): v for k, v in changes.items()}}


def test_a_message_signed_by_us_is_verified_by_us() -> None:
    assert verify([SECRET], headers(), BODY, NOW) == "msg_1"


def test_a_message_signed_by_us_is_verified_by_the_library_of_the_specification() -> None:
    now = datetime.now(UTC).timestamp()
    assert Webhook(SECRET).verify(BODY, signed_headers([SECRET], "msg_1", now, BODY)) == json.loads(BODY)


def test_a_message_signed_by_the_library_of_the_specification_is_verified_by_us() -> None:
    theirs = Webhook(SECRET).sign("msg_1", datetime.fromtimestamp(NOW, UTC), BODY.decode())
    assert theirs == sign(SECRET, "msg_1", int(NOW), BODY)
    assert verify([SECRET], headers(webhook_signature=theirs), BODY, NOW) == "msg_1"


def test_a_secret_is_256_random_bits_that_are_never_the_same() -> None:
    assert len(base64.b64decode(SECRET.removeprefix("whsec_"), validate=True)) == 32
    assert len({SECRET, OLD, FOREIGN}) == 3


def test_while_a_secret_is_replaced_each_of_both_opens_the_message() -> None:
    both = signed_headers([SECRET, OLD], "msg_1", NOW, BODY)
    assert verify([SECRET], both, BODY, NOW) == verify([OLD], both, BODY, NOW) == "msg_1"
    with pytest.raises(ForgedMessage):
        verify([FOREIGN], both, BODY, NOW)


@pytest.mark.parametrize(
    "forged",
    [
        headers(webhook_id="msg_2"),
        headers(webhook_id=""),
        headers(webhook_timestamp=str(int(NOW) + 1)),
        headers(webhook_timestamp=""),
        headers(webhook_timestamp="nan"),
        headers(webhook_timestamp="-1700000000"),
        headers(webhook_timestamp="1" * 400),
        headers(webhook_timestamp="１７０００００００００"),
        headers(webhook_signature=""),
        headers(webhook_signature="v1,"),
        headers(webhook_signature="v1a," + sign(SECRET, "msg_1", int(NOW), BODY)[3:]),
        headers(webhook_signature=sign(SECRET, "msg_1", int(NOW), BODY)[:-4]),
        headers(webhook_signature=sign(FOREIGN, "msg_1", int(NOW), BODY)),
        headers(webhook_signature="v1,\ud800é"),
        {name: value for name, value in headers().items() if name != SIGNATURE_HEADER},
        {},
    ],
    ids=lambda forged: str(len(str(forged))),
)
def test_f24_a_forged_message_is_refused(forged: dict[str, str]) -> None:
    with pytest.raises(ForgedMessage):
        verify([SECRET], forged, BODY, NOW)


@pytest.mark.parametrize(
    "body", [BODY + b" ", BODY.replace(b"succeeded", b"failed"), b"", BODY.decode().encode("latin-1")]
)
def test_f24_other_bytes_than_those_signed_are_refused(body: bytes) -> None:
    with pytest.raises(ForgedMessage):
        verify([SECRET], headers(), body, NOW)


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_f24_a_message_that_comes_late_or_from_the_future_is_refused(seconds: float) -> None:
    with pytest.raises(ForgedMessage):
        verify([SECRET], headers(), BODY, NOW + seconds)


@pytest.mark.parametrize("seconds", [-299, 0, 299])
def test_a_message_within_five_minutes_is_taken(seconds: float) -> None:
    assert verify([SECRET], headers(), BODY, NOW + seconds) == "msg_1"


def test_a_late_message_with_a_new_time_is_refused() -> None:
    late = headers(**{TIMESTAMP_HEADER.replace("-", "_"): str(int(NOW) + 1_000)})
    with pytest.raises(ForgedMessage):
        verify([SECRET], late, BODY, NOW + 1_000)


def test_f24_a_message_that_is_sent_again_has_no_second_effect() -> None:
    seen = SeenMessages()
    seen.accept(verify([SECRET], headers(), BODY, NOW), NOW)
    with pytest.raises(ForgedMessage):
        seen.accept(verify([SECRET], headers(), BODY, NOW + 299), NOW + 299)


def test_an_id_is_remembered_for_as_long_as_its_signature_is_valid_and_no_longer() -> None:
    seen = SeenMessages(most=1)
    seen.accept("msg_1", NOW)
    with pytest.raises(ForgedMessage):
        seen.accept("msg_1", NOW + 600)
    with pytest.raises(ForgedMessage):
        seen.accept("msg_2", NOW + 600)
    seen.accept("msg_2", NOW + 601)


def test_the_names_of_the_headers_are_those_of_the_specification() -> None:
    assert (ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER) == ("webhook-id", "webhook-timestamp", "webhook-signature")
