"""S01-S06, S08-S12, S15: URLs that lead inside are refused before a packet leaves."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

from soundstage.core.errors import AddressRefused
from soundstage.outbound.client import OutboundClient

MakeClient = Callable[[str], OutboundClient]

CORPUS = {
    "S01-loopback": "http://127.0.0.1/",
    "S01-loopback-network": "http://127.255.0.3/",
    "S01-unspecified": "http://0.0.0.0/",
    "S01-localhost": "http://localhost/",
    "S02-loopback-v6": "http://[::1]/",
    "S02-unspecified-v6": "http://[::]/",
    "S03-decimal": "http://2130706433/",
    "S03-hexadecimal": "http://0x7f.1/",
    "S03-hexadecimal-all": "http://0x7f000001/",
    "S03-octal": "http://0177.0.0.1/",
    "S03-short": "http://127.1/",
    "S03-decimal-of-public": "http://1572395042/",
    "S03-short-of-public": "http://93.184.55330/",
    "S03-trailing-dot": "http://127.0.0.1./",
    "S04-metadata": "http://169.254.169.254/latest/meta-data/",
    "S04-metadata-v6": "http://[fd00:ec2::254]/",
    "S04-link-local-v6": "http://[fe80::1]/",
    "S04-scope": "http://[fe80::1%25eth0]/",
    "S04-azure": "http://168.63.129.16/",
    "S05-mapped": "http://[::ffff:169.254.169.254]/",
    "S05-mapped-public": "http://[::ffff:93.184.216.34]/",
    "S05-compatible": "http://[::127.0.0.1]/",
    "S05-nat64": "http://[64:ff9b::7f00:1]/",
    "S05-nat64-local": "http://[64:ff9b:1::a00:1]/",
    "S05-6to4": "http://[2002:7f00:1::]/",
    "S05-isatap": "http://[2606:2800:220:1:0:5efe:7f00:1]/",
    "S05-teredo": "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "S06-carrier": "http://100.100.100.200/",
    "S06-private-10": "http://10.0.0.1/",
    "S06-private-172": "http://172.31.255.255/",
    "S06-private-192": "http://192.168.1.1/",
    "S06-benchmark": "http://198.18.0.1/",
    "S06-multicast": "http://224.0.0.1/",
    "S06-multicast-v6": "http://[ff02::1]/",
    "S06-broadcast": "http://255.255.255.255/",
    "S06-reserved": "http://240.0.0.1/",
    "S09-percent-name": "http://%6cocalhost/",
    "S09-percent-dot": "http://169.254.169%2e254/",
    "S09-ideographic-dots": "http://127。0。0。1/",
    "S09-fullwidth-digits": "http://１２７.0.0.1/",
    "S09-circled": "http://ⓛocalhost/",
    "S09-backslash": "http://example.com\\@127.0.0.1/",
    "S09-tab": "http://127.0.0.1\t/",
    "S09-newline": "http://example.com/\r\nHost: 127.0.0.1",
    "S09-empty-label": "http://a..b/",
    "S09-no-host": "http:///x",
    "S10-user": "http://user@127.0.0.1/",
    "S10-user-of-public": "http://user@public.example/",
    "S10-allowed-at-evil": "http://public.example@inside.example/",
    "S10-password": "http://user:secret@public.example/",
    "S11-file": "file:///etc/passwd",
    "S11-gopher": "gopher://public.example/",
    "S11-ftp": "ftp://public.example/",
    "S11-data": "data:text/plain,hello",
    "S11-unix": "unix:/var/run/docker.sock",
    "S11-http-unix": "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
    "S11-none": "public.example",
    "S12-ssh": "http://public.example:22/",
    "S12-redis": "http://public.example:6379/",
    "S12-postgres": "http://public.example:5432/",
    "S12-zero": "http://public.example:0/",
    "S12-huge": "http://public.example:65536/",
    "S14-name-of-inside": "https://inside.example/result.mp4",
    "S14-one-address-of-two-inside": "https://mixed.example/result.mp4",
    "S14-unknown-name": "https://unknown.example/",
    "long": "https://public.example/" + "a" * 3_000,
}


@pytest.fixture
def client(make_client: MakeClient, names: Any) -> OutboundClient:
    names.answers = {
        "localhost": [["127.0.0.1", "::1"]],
        "public.example": [["93.184.216.34"]],
        "1572395042": [["93.184.216.34"]],
        "93.184.55330": [["93.184.216.34"]],
        "inside.example": [["10.1.2.3"]],
        "mixed.example": [["93.184.216.34", "127.0.0.1"]],
    }
    return make_client("")


@pytest.mark.parametrize("url", CORPUS.values(), ids=CORPUS.keys())
def test_a_url_that_leads_inside_is_refused_before_any_packet(
    client: OutboundClient, listener: Any, dialled: list[tuple[str, int]], url: str
) -> None:
    with pytest.raises(AddressRefused):
        client.check(url)
    with pytest.raises(AddressRefused):
        client.request("POST", url, content=b"secret")
    assert (dialled, listener.connections) == ([], 0)


def test_a_public_address_passes_so_that_the_corpus_means_something(client: OutboundClient) -> None:
    assert client.check("https://public.example/hook").port == 443
    assert client.check("https://93.184.216.34/hook").host == "93.184.216.34"
    assert client.check("https://[2606:2800:220:1:248:1893:25c8:1946]/").port == 443


def test_a_port_that_is_not_allowed_is_named_and_its_host_is_not_even_looked_up(
    client: OutboundClient, names: Any
) -> None:
    with pytest.raises(AddressRefused, match="Port 6379"):
        client.check("http://public.example:6379/")
    assert names.asked == []


def test_the_answer_does_not_tell_an_unknown_name_from_one_of_this_network(client: OutboundClient) -> None:
    said = []
    for host in ("unknown.example", "inside.example"):
        with pytest.raises(AddressRefused) as refused:
            client.check(f"https://{host}/")
        said.append(refused.value.message.replace(host, "HOST"))
    assert said[0] == said[1]


def test_an_error_does_not_repeat_what_is_secret_in_a_url(client: OutboundClient) -> None:
    for url in ("http://user:hunter2@public.example/", "http://127.0.0.1/hunter2", "nothing hunter2"):
        with pytest.raises(AddressRefused) as refused:
            client.check(url)
        assert "hunter2" not in refused.value.message


@pytest.mark.parametrize("inside", ["127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "fe80::1%eth0"])
def test_s08_a_name_that_moves_inside_after_the_check_is_refused(
    make_client: MakeClient, names: Any, listener: Any, dialled: list[tuple[str, int]], inside: str
) -> None:
    names.answers = {"moving.example": [["93.184.216.34"], [inside]]}
    client = make_client("")
    client.check("http://moving.example/")
    with pytest.raises(AddressRefused):
        client.request("POST", "http://moving.example/", content=b"secret")
    assert (dialled, listener.connections) == ([], 0)


def test_s08_a_name_is_looked_up_once_and_the_checked_address_is_dialled(
    make_client: MakeClient, names: Any, dialled: list[tuple[str, int]]
) -> None:
    names.answers = {"moving.example": [["93.184.216.34"], ["127.0.0.1"]]}
    with pytest.raises(AddressRefused):  # what answers is the loopback, which the check of the peer sees
        make_client("").request("POST", "http://moving.example/", content=b"secret")
    assert names.asked == ["moving.example"]
    assert dialled == [("93.184.216.34", 80)]


def test_s08_a_peer_inside_gets_no_byte_whatever_address_was_dialled(
    make_client: MakeClient, names: Any, listener: Any
) -> None:
    names.answers = {"public.example": [["93.184.216.34"]]}
    for url in ("http://public.example/", "https://public.example/"):
        with pytest.raises(AddressRefused):
            make_client("").request("POST", url, content=b"secret")
    assert set(listener.received) <= {b""}


def test_s15_a_proxy_of_the_environment_is_not_used(
    make_client: MakeClient, names: Any, listener: Any, dialled: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{listener.port}")
    names.answers = {"allowed.example": [["127.0.0.1"]]}
    listener.answers.append(answer_ok)
    reply = make_client("allowed.example").request("GET", "http://allowed.example/path")
    assert reply.status == 200
    assert dialled == [("127.0.0.1", 80)]
    assert listener.received[0].startswith(b"GET /path HTTP/1.1\r\nHost: allowed.example\r\n")
    assert b"Accept-Encoding: identity\r\n" in listener.received[0]


def answer_ok(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
