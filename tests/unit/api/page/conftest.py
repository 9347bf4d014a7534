"""A built page in a folder, behind the whole application."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from tests.unit.api.page.wire import Ask, caller_of

from soundstage.api.app import create_app
from soundstage.bootstrap.serving import api_services
from soundstage.bootstrap.studio import Studio
from soundstage.runtime.live import EventHub
from soundstage.settings import Settings
from soundstage.store.follow import FollowStore

INDEX = '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><title>Soundstage</title>'
SCRIPT = b"console.log('a lantern over quiet water')"


@pytest.fixture(scope="package")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built page. Beside it lies what is not to be seen."""
    folder = tmp_path_factory.mktemp("web") / "dist"
    files = {
        "index.html": INDEX.encode(),
        "assets/main-B4k2Qx9Z.js": SCRIPT,
        "assets/main-B4k2Qx9Z.js.br": b"stands for the script in brotli",
        "assets/main-B4k2Qx9Z.js.gz": gzip.compress(SCRIPT),
        "assets/main-C1d2E3f4.css": b"body{margin:0}",
        "assets/sans-D9s8A7q6.woff2": b"wOF2",
        "samples/song.mp3": b"ID3 ten bytes of a song",
        "icon.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "site.webmanifest": b"{}",
        ".built": b"stamp",
        ".vite/manifest.json": b"{}",
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder.parent / "secret.txt").write_bytes(b"swordfish")
    (folder / "samples" / "leak.txt").symlink_to(folder.parent / "secret.txt")
    return folder


@pytest.fixture(scope="package")
def make_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., FastAPI]]:
    home = tmp_path_factory.mktemp("home")
    studio = Studio(Settings(home=home, workers=0, password_hashing="insecure_for_tests"))
    services = api_services(studio, EventHub(FollowStore(studio.parts.store.database)), {})

    def make(page_folder: Path | None, links_origin: str | None = None) -> FastAPI:
        settings = replace(services.settings, page_folder=page_folder, links_origin=links_origin)
        return create_app(replace(services, settings=settings))

    yield make
    studio.close()


@pytest.fixture(scope="package")
def app(make_app: Callable[..., FastAPI], page: Path) -> FastAPI:
    return make_app(page)


@pytest.fixture(scope="package")
def ask(app: FastAPI) -> Ask:
    return caller_of(app)
