"""The small picture and the waveform of an asset."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from soundstage.core.errors import UnknownPipeline
from soundstage.media.frames import FrameWriter
from soundstage.pipelines.asset_preview import PEAKS_FILE, THUMBNAIL_FILE, PreviewParameters, asset_preview
from soundstage.pipelines.registry import OWN_CHORES, PipelineRegistry
from soundstage.testing.context import FakeStore, run_pipeline


def preview_of(store: FakeStore, path: Path) -> dict[str, Path]:
    params = PreviewParameters(source=store.add_file(path))
    return dict(run_pipeline(asset_preview, params, store)["PREVIEW"][0].files)


def test_a_picture_gets_a_thumbnail(store: FakeStore, tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("RGB", (2_000, 1_000), "red").save(path)
    made = preview_of(store, path)
    assert list(made) == [THUMBNAIL_FILE]
    with Image.open(made[THUMBNAIL_FILE]) as thumbnail:
        assert thumbnail.format == "JPEG"
        assert 0.9 * 512 * 512 < thumbnail.width * thumbnail.height <= 512 * 512
        assert thumbnail.width == pytest.approx(2 * thumbnail.height, abs=2)


def test_a_video_gets_a_frame_of_it(store: FakeStore, tmp_path: Path) -> None:
    path = tmp_path / "short.mp4"
    with FrameWriter(path, 64, 48, 10) as clip:
        for _ in range(10):
            clip.write(bytes(64 * 48 * 3))
    made = preview_of(store, path)
    with Image.open(made[THUMBNAIL_FILE]) as thumbnail:
        assert thumbnail.size == (64, 48)


def test_a_sound_gets_its_lowest_and_highest_samples(
    store: FakeStore, make_wav: Callable[[float, float], Path]
) -> None:
    made = preview_of(store, make_wav(10.0, 0.5))
    assert list(made) == [PEAKS_FILE]
    peaks = json.loads(made[PEAKS_FILE].read_text())
    assert (peaks["sample_rate"], peaks["samples_per_pixel"], peaks["length"]) == (8_000, 40, 2_000)
    assert len(peaks["data"]) == 4_000
    assert min(peaks["data"]) == pytest.approx(-63, abs=2)
    assert max(peaks["data"]) == pytest.approx(62, abs=2)
    assert all(low <= high for low, high in zip(peaks["data"][::2], peaks["data"][1::2], strict=True))


def test_what_soundstage_orders_for_itself_is_no_product() -> None:
    registry = PipelineRegistry((), unlisted=OWN_CHORES)
    assert registry.get("asset_preview") is asset_preview
    assert (registry.kinds(), registry.installed(), registry.broken()) == ([], [], {})
    with pytest.raises(UnknownPipeline):
        PipelineRegistry(()).get("asset_preview")
