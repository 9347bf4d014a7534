"""TLS to a checked address still asks for the certificate of the name."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from soundstage.core.errors import RemoteFailed
from soundstage.outbound.addresses import Reach
from soundstage.outbound.client import OutboundClient

ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of receiver.example with its key, in one file."""
    program = shutil.which("openssl")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("openssl is not installed; here every program must be there.")
        pytest.skip("openssl is not installed")
    path = tmp_path_factory.mktemp("tls") / "receiver.pem"
    name = ["-subj", "/CN=receiver.example", "-addext", "subjectAltName=DNS:receiver.example"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "30"]
    command = [program, "req", "-x509", "-noenc", *kind, *name, "-keyout", str(path), "-out", str(path) + ".crt"]
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


@pytest.fixture
def port(certificate: Path) -> Iterator[int]:
    """Of a server with that certificate, for one request."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answer_once, args=(server, context), daemon=True)
        thread.start()
        yield int(server.getsockname()[1])
        thread.join(10)


def _answer_once(server: socket.socket, context: ssl.SSLContext) -> None:
    plain, _ = server.accept()
    try:
        with context.wrap_socket(plain, server_side=True) as connection:
            connection.recv(65_536)
            connection.sendall(ANSWER)
    except OSError:  # a client that does not trust us leaves
        return


@pytest.fixture
def make_client(certificate: Path, port: int) -> Callable[[bool], OutboundClient]:
    def make(trusts: bool) -> OutboundClient:
        context = ssl.create_default_context(cafile=str(certificate) if trusts else None)
        reach = Reach.parse(f"127.0.0.1:{port}")
        return OutboundClient(reach, lambda host, port: ["127.0.0.1"], ssl_context=context)

    return make


def test_a_server_with_the_certificate_of_its_name_is_reached(
    make_client: Callable[..., OutboundClient], port: int
) -> None:
    assert make_client(True).request("POST", f"https://receiver.example:{port}/").status == 204


def test_another_name_for_the_same_server_is_refused_and_gets_no_request(
    make_client: Callable[..., OutboundClient], port: int
) -> None:
    with pytest.raises(RemoteFailed, match="certificate") as failed:
        make_client(True).request("POST", f"https://other.example:{port}/", content=b"secret")
    assert not failed.value.may_have_arrived


def test_a_certificate_of_nobody_known_is_refused(make_client: Callable[..., OutboundClient], port: int) -> None:
    with pytest.raises(RemoteFailed, match="certificate"):
        make_client(False).request("POST", f"https://receiver.example:{port}/")
