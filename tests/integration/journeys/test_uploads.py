"""Uploads that meet the end of a token, and the end of a page (S2)."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest
from playwright.sync_api import Request, expect
from tests.integration.conftest import ServerProcess, until
from tests.integration.journeys.conftest import Start, Visit
from tests.integration.journeys.visitor import WORK_MS, Visitor

MIB = 1024 * 1024
RATE_HZ = 48_000


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WAV file of 8 MiB: a minute and a half of silence."""
    path = tmp_path_factory.mktemp("recordings") / "rehearsal.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", "none"))
        file.writeframes(bytes(8 * MIB))
    return path


def throttle(visitor: Visitor, bytes_a_second: int) -> None:
    """-1 takes the limit off."""
    limits = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second}
    visitor.context.new_cdp_session(visitor.page).send("Network.emulateNetworkConditions", limits)


def begin_upload(visitor: Visitor, recording: Path) -> None:
    visitor.expect_heading("Assets")
    visitor.page.locator("main input[type=file]").first.set_input_files(recording)


def expect_in_library(visitor: Visitor) -> None:
    tray = visitor.page.get_by_role("region", name="Uploads")
    expect(tray.get_by_text("In the library")).to_be_visible(timeout=WORK_MS)


def test_an_upload_outlives_the_token_that_began_it(start: Start, visit: Visit, recording: Path) -> None:
    server = start(access_token_minutes="0.03")
    visitor = visit(server)
    renewals: list[Request] = []
    visitor.page.on("request", lambda request: renewals.append(request) if "auth/refresh" in request.url else None)
    visitor.enter(path="/assets")
    throttle(visitor, 2 * MIB)
    begin_upload(visitor, recording)
    expect_in_library(visitor)
    assert len(renewals) > 1


def test_after_a_reload_the_same_file_goes_on_from_where_it_was(
    studio: ServerProcess, visit: Visit, recording: Path
) -> None:
    visitor = visit(studio)
    visitor.enter(path="/assets")
    throttle(visitor, MIB)
    begin_upload(visitor, recording)
    bar = visitor.page.get_by_role("progressbar", name="Upload of rehearsal.wav")
    until(lambda: int(bar.get_attribute("aria-valuenow") or 0) > 25, "a quarter of the file is there")

    visitor.page.reload()
    throttle(visitor, -1)
    expect(visitor.page.get_by_text("did not come to its end")).to_be_visible()
    offsets: list[int] = []
    visitor.page.on("request", lambda asked: offsets.append(offset_of(asked)) if asked.method == "PATCH" else None)
    visitor.page.locator("label", has_text="Choose the file").locator("input").set_input_files(recording)
    expect_in_library(visitor)
    assert offsets[0] > 0
    expect(visitor.page.get_by_text("did not come to its end")).to_be_hidden()


def offset_of(request: Request) -> int:
    return int(request.headers["upload-offset"])
