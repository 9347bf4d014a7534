"""People at work: the built page in Debian's Chromium, before a real server with real workers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tests.integration.conftest import ServerProcess, servers
from tests.integration.journeys.visitor import Visitor

from soundstage.api.page.folder import built_page

HERE = Path(__file__).parent
PIPELINES = (HERE.parent / "gated_pipeline.py", HERE.parent / "paper_pipeline.py", HERE / "ledgers.py")

Start = Callable[..., ServerProcess]
Visit = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser beside a server and its workers takes its time on a busy machine."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(autouse=True)
def _patient() -> Iterator[None]:
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="session", autouse=True)
def _built() -> None:
    if built_page() is not None:
        return
    if os.environ.get("CI"):
        pytest.fail("The page was not built; here it must be. Type `tools/page.sh build`.")
    pytest.skip("the page was not built")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts servers that know the pipelines of the journeys."""
    with servers(tmp_path) as start_one:
        yield _with_pipelines(start_one)


@pytest.fixture(scope="package")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server for all journeys that leave it as it is; `ada` is its administrator."""
    with servers(tmp_path_factory.mktemp("studio")) as start_one:
        yield _with_pipelines(start_one)()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens a browser of somebody at a server; keywords are those of Playwright's contexts."""
    opened: list[Visitor] = []

    def open_one(server: ServerProcess, **options: Any) -> Visitor:
        opened.append(Visitor.of(browser, str(server.client.base_url), **options))
        return opened[-1]

    yield open_one
    for visitor in opened:
        visitor.context.close()
    assert [complaint for visitor in opened for complaint in visitor.complaints] == []


def _with_pipelines(start_one: Start) -> Start:
    files = os.pathsep.join(map(str, PIPELINES))
    return lambda *args, **settings: start_one(*args, **{"pipeline_files": files, **settings})
