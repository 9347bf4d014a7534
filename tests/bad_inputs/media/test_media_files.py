"""The corpus M01-M24: hostile sound and video. Each is refused as bad media, or read without harm."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from soundstage.core.errors import BadMedia
from soundstage.media.assemble import thumbnail
from soundstage.media.audio import read_wav, to_wav
from soundstage.media.ffmpeg import Input, Output, run_ffmpeg
from soundstage.media.probe import ProbeLimits, probe
from soundstage.media.sniff import sniff

Trap = Any
Build = Callable[[Trap], Path]

TONE = ("-f", "lavfi", "-i", "sine=d=1")
HUGE_TITLE = "\n\x1b[31mX" * 10_000
PICTURE = ("-f", "lavfi", "-i", "testsrc=d=1:s=64x48")


def playlist(trap: Trap, *urls: str) -> Path:
    lines = "".join(f"#EXTINF:10.0,\n{url}\n" for url in urls)
    text = f"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n{lines}#EXT-X-ENDLIST\n"
    return Path(trap.file("x.mp4", text))


def manifest(trap: Trap) -> Path:
    url = f"http://127.0.0.1:{trap.port}/x.mp4"
    head = '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" profiles="isoff-main">'
    body = f'<Period><AdaptationSet><Representation id="1"><BaseURL>{url}</BaseURL></Representation></AdaptationSet>'
    return Path(trap.file("x.mp4", f"{head}{body}</Period></MPD>"))


def session(trap: Trap) -> Path:
    lines = ["v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=x", "c=IN IP4 127.0.0.1", "t=0 0", f"m=audio {trap.port} RTP/AVP 0"]
    return Path(trap.file("x.wav", "\r\n".join(lines)))


def composition(trap: Trap) -> Path:
    namespace = "http://www.smpte-ra.org/schemas/2067-3/2016"
    return Path(trap.file("x.mov", f'<?xml version="1.0"?><CompositionPlaylist xmlns="{namespace}"/>'))


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def avi_with_playlist(trap: Trap) -> Path:
    text = f"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:{trap.port}/x\n".encode()
    head = b"GAB2\0\2\0" + struct.pack("<I", 4) + b"x\0\0\0" + struct.pack("<HI", 4, len(text))
    subtitle = chunk(b"01tx", head + text)
    stream = chunk(b"LIST", b"strl" + chunk(b"strh", b"txts" + bytes(44)) + chunk(b"strf", bytes(40)))
    heads = chunk(b"LIST", b"hdrl" + chunk(b"avih", struct.pack("<14I", 40_000, *[0] * 5, 1, *[0] * 7)) + stream)
    return Path(trap.file("x.mp4", chunk(b"RIFF", b"AVI " + heads + chunk(b"LIST", b"movi" + subtitle))))


def mkv_with_attachment(trap: Trap) -> Path:
    font = trap.file("font.ttf", b"\0\1\0\0" + bytes(100))
    attachment = ("-attach", str(font), "-metadata:s:t", "mimetype=application/x-truetype-font")
    return Path(trap.render("x.mkv", *PICTURE, *TONE, *attachment))


def outside_data(path: Path) -> bytes:
    # QuickTime alias record with the absolute path (tag 2) that libavformat would follow.
    name = str(path).encode()
    tail = struct.pack(">hh", 2, len(name)) + name + bytes(len(name) % 2) + struct.pack(">hh", -1, 0)
    record = bytes(10) + b"\4disk" + bytes(23) + bytes(12) + b"\4data" + bytes(59) + bytes(16)
    record += struct.pack(">HH", 1, 1) + bytes(16) + tail
    return struct.pack(">I4sI", len(record) + 12, b"alis", 0) + record


def mov_with_outside_data(trap: Trap) -> Path:
    content = trap.render("own.mov", *TONE, "-c:a", "pcm_s16le").read_bytes()
    at = content.index(b"dref") - 4
    entry = outside_data(trap.canary)
    old = int.from_bytes(content[at : at + 4], "big")
    box = struct.pack(">I4sII", 16 + len(entry), b"dref", 0, 1) + entry
    changed = bytearray(content[:at] + box + content[at + old :])
    for name in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
        start = content.rindex(name, 0, at) - 4
        struct.pack_into(">I", changed, start, int.from_bytes(content[start : start + 4], "big") + len(box) - old)
    return Path(trap.file("x.mov", bytes(changed)))


def truncated(trap: Trap) -> Path:
    content = trap.render("whole.mp4", *PICTURE, *TONE).read_bytes()
    return Path(trap.file("x.mp4", content[: len(content) // 2]))


def mkv_lasting(value: float) -> Build:
    def build(trap: Trap) -> Path:
        content = trap.render("own.mkv", *TONE, "-c:a", "flac").read_bytes()
        at = content.index(b"\x44\x89\x88") + 3
        return Path(trap.file("x.mkv", content[:at] + struct.pack(">d", value) + content[at + 8 :]))

    return build


def wav(trap: Trap, rate_hz: int = 8000, channels: int = 1, data_bytes: int | None = None) -> Path:
    data = bytes(16_000)
    form = struct.pack("<HHIIHH", 1, channels, rate_hz, rate_hz * channels * 2 % 2**32, channels * 2, 16)
    claimed = len(data) if data_bytes is None else data_bytes
    body = b"WAVE" + chunk(b"fmt ", form) + b"data" + struct.pack("<I", claimed) + data
    return Path(trap.file("x.wav", b"RIFF" + struct.pack("<I", (36 + claimed) % 2**32) + body))


def rf64(trap: Trap) -> Path:
    content = bytearray(wav(trap).read_bytes())
    content[:8] = b"RF64\xff\xff\xff\xff"
    return Path(trap.file("x.wav", bytes(content)))


def element(identity: str, content: bytes) -> bytes:
    return bytes.fromhex(identity) + struct.pack(">Q", len(content) | 1 << 56) + content


def mkv_of_many_streams(trap: Trap) -> Path:
    form = element("1a45dfa3", element("4282", b"matroska") + element("4287", b"\4") + element("4285", b"\2"))
    codec = element("86", b"A_PCM/INT/LIT") + element("e1", element("9f", b"\1") + element("6264", b"\x10"))
    numbers = [struct.pack(">H", number) for number in range(1, 10_001)]
    tracks = [element("ae", element("d7", n) + element("73c5", n) + element("83", b"\2") + codec) for n in numbers]
    info = element("1549a966", element("2ad7b1", b"\x0f\x42\x40") + element("4489", struct.pack(">d", 1000.0)))
    return Path(trap.file("x.mkv", form + element("18538067", info + element("1654ae6b", b"".join(tracks)))))


def ogg_checksum(page: bytes) -> int:
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value >> 31 else 0)) & 0xFFFFFFFF
    return value


def thirty_hours_of_silence(trap: Trap) -> Path:
    silence = ("-f", "lavfi", "-i", "anullsrc=d=1:r=48000", "-c:a", "libopus", "-b:a", "6k")
    content = bytearray(trap.render("own.opus", *silence).read_bytes())
    last = content.rindex(b"OggS")
    struct.pack_into("<q", content, last + 6, 30 * 3600 * 48_000)
    struct.pack_into("<I", content, last + 22, 0)
    struct.pack_into("<I", content, last + 22, ogg_checksum(bytes(content[last:])))
    return Path(trap.file("x.opus", bytes(content)))


def song_with_a_huge_cover(trap: Trap) -> Path:
    song = trap.render("own.mp3", *TONE, "-id3v2_version", "0").read_bytes()
    size = 200 << 20
    frame = b"APIC" + struct.pack(">I", size - 10) + b"\0\0" + b"\0image/png\0\3\0"
    digits = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    path = trap.folder / "x.mp3"
    with path.open("wb") as file:
        file.write(b"ID3\3\0\0" + digits + frame)
        file.seek(10 + size)
        file.write(song)
    return Path(path)


def changing_size(trap: Trap) -> Path:
    raw = ("-c:v", "libx264", "-f", "h264")
    parts = [trap.render(f"{side}.h264", "-f", "lavfi", "-i", f"testsrc=d=1:s={side}x48", *raw) for side in (64, 320)]
    both = trap.file("both.h264", b"".join(part.read_bytes() for part in parts))
    return Path(trap.render("x.mp4", "-f", "h264", "-i", str(both), "-c", "copy"))


def plain_picture(trap: Trap, size: str) -> Path:
    raw = ("-f", "rawvideo", "-pix_fmt", "yuvj444p", "-s", size, "-r", "1", "-i", "/dev/zero", "-frames:v", "2")
    return Path(trap.render("x.mkv", *raw, "-c:v", "mjpeg"))


def mp4_and_zip(trap: Trap) -> Path:
    video = trap.render("own.mp4", *PICTURE, *TONE).read_bytes()
    return Path(trap.file("x.mp4", video + b"PK\3\4" + bytes(40) + b"PK\5\6" + bytes(18)))


def of_unknown_codec(trap: Trap) -> Path:
    video = trap.render("own.mp4", *PICTURE, "-c:v", "libx264").read_bytes()
    return Path(trap.file("x.mp4", video.replace(b"avc1", b"zzz9").replace(b"avcC", b"zzzC")))


REFUSED: dict[str, Build] = {
    "M01-playlist-that-dials": lambda trap: playlist(trap, f"http://127.0.0.1:{trap.port}/x.ts"),
    "M02-playlist-of-concat": lambda trap: playlist(trap, f"concat:{trap.canary}|{trap.canary}"),
    "M02-playlist-of-subfile": lambda trap: playlist(trap, f"subfile,,start,0,end,40,,:{trap.canary}"),
    "M02-playlist-of-file": lambda trap: playlist(trap, f"file://{trap.canary}"),
    "M03-list-of-files": lambda trap: trap.file("x.mp4", f"ffconcat version 1.0\nfile '{trap.canary.name}'\n"),
    "M04-dash-manifest": manifest,
    "M05-sdp": session,
    "M05-rtsp": lambda trap: trap.file("x.mp4", f"[playlist]\nFile1=rtsp://127.0.0.1:{trap.port}/x\n"),
    "M05-imf": composition,
    "M05-ffmetadata": lambda trap: trap.file("x.mp4", ";FFMETADATA1\ntitle=x\n"),
    "M06-avi-with-playlist-subtitle": avi_with_playlist,
    "M09-playlist-of-itself": lambda trap: playlist(trap, "x.mp4"),
    "M10-no-bytes": lambda trap: trap.file("x.mp4", b""),
    "M10-one-byte": lambda trap: trap.file("x.mp4", b"\xff"),
    "M10-mp4-head-alone": lambda trap: trap.file("x.mp4", struct.pack(">I4s4sI4s", 20, b"ftyp", b"isom", 0, b"isom")),
    "M10-wav-head-alone": lambda trap: trap.file("x.wav", wav(trap).read_bytes()[:44]),
    "M10-mp3-head-alone": lambda trap: trap.file("x.mp3", b"\xff\xfb\x90\x00"),
    "M11-truncated": truncated,
    "M12-lasts-under-0": mkv_lasting(-1000.0),
    "M13-one-pixel": lambda trap: plain_picture(trap, "1x1"),
    "M13-65500-pixels": lambda trap: plain_picture(trap, "65500x16"),
    "M13-a-million-frames-a-second": lambda trap: trap.render(
        "x.mp4", "-f", "lavfi", "-i", "testsrc=d=0.0001:s=64x48:r=1000000", "-c:v", "mpeg4", "-r", "60000"
    ),
    "M14-10000-streams": mkv_of_many_streams,
    "M15-30-hours-of-silence": thirty_hours_of_silence,
    "M16-255-channels": lambda trap: wav(trap, channels=255),
    "M16-1-hertz": lambda trap: wav(trap, rate_hz=1),
    "M16-6-megahertz": lambda trap: wav(trap, rate_hz=6_000_000),
    "M17-rf64": rf64,
    "M24-magicyuv": lambda trap: trap.render("x.mkv", *PICTURE, "-c:v", "magicyuv"),
    "M24-unknown-codec": of_unknown_codec,
}
HARMLESS: dict[str, Build] = {
    "M07-mkv-with-attachment": mkv_with_attachment,
    "M12-lasts-2-to-the-63": mkv_lasting(2.0**63),
    "M12-lasts-nan": mkv_lasting(math.nan),
    "M12-lasts-0": mkv_lasting(0.0),
    "M13-one-frame-a-second": lambda trap: trap.render("x.mp4", "-f", "lavfi", "-i", "testsrc=d=3:s=64x48:r=1", *TONE),
    "M17-lying-size": lambda trap: wav(trap, data_bytes=2**32 - 1),
    "M18-song-with-a-huge-cover": song_with_a_huge_cover,
    "M19-huge-title": lambda trap: trap.render("x.mp4", *PICTURE, *TONE, "-metadata", f"title={HUGE_TITLE}"),
    "M20-changing-size": changing_size,
    "M21-mp4-and-zip": mp4_and_zip,
}


@pytest.mark.parametrize("case", REFUSED)
def test_hostile_media_is_refused(trap: Trap, case: str) -> None:
    path = REFUSED[case](trap)
    for use in (probe, lambda p: to_wav(p, trap.folder / "out.wav", 16000)):
        with pytest.raises(BadMedia):
            use(path)
    assert not (trap.folder / "out.wav").exists()
    assert not trap.leaked()


@pytest.mark.parametrize("case", [case for case in REFUSED if case < "M10"])
@pytest.mark.parametrize("demuxer", ["matroska", "mov", "mp3", "wav"])
def test_the_wrapper_alone_reads_no_neighbour_and_dials_nobody(trap: Trap, case: str, demuxer: str) -> None:
    path = REFUSED[case](trap)
    with pytest.raises(BadMedia):
        run_ffmpeg([Input(path, demuxer)], [Output(trap.folder / "out.mkv", "matroska")])
    assert not (trap.folder / "out.mkv").exists()
    assert not trap.leaked()


@pytest.mark.parametrize("case", HARMLESS)
def test_odd_media_is_read_without_harm(trap: Trap, case: str) -> None:
    path = HARMLESS[case](trap)
    info = probe(path)
    assert 0 < info.duration_seconds < ProbeLimits().duration_seconds
    if info.audio is not None:
        to_wav(path, trap.folder / "out.wav", 16000)
        assert len(read_wav(trap.folder / "out.wav")[0]) < 5 * 16_000
        assert b"\x1b" not in (trap.folder / "out.wav").read_bytes()[:100]
    if info.kind == "video":
        thumbnail(path, trap.folder / "out.jpg", 0.5)
    assert not trap.leaked()


def test_m08_sound_that_lies_in_another_file_is_not_fetched(trap: Trap) -> None:
    path = mov_with_outside_data(trap)
    with pytest.raises(BadMedia, match="no sound that can be decoded"):
        to_wav(path, trap.folder / "out.wav", 16000)
    assert not (trap.folder / "out.wav").exists()
    assert not trap.leaked()


def test_m22_a_file_that_is_replaced_after_the_probe_is_refused(trap: Trap) -> None:
    path = trap.render("x.mp4", *PICTURE, *TONE)
    info = probe(path)
    trap.file("x.mp4", f"ffconcat version 1.0\nfile '{trap.canary.name}'\n")
    with pytest.raises(BadMedia):
        run_ffmpeg([Input(path, info.container)], [Output(trap.folder / "out.mp4", "mp4")])
    assert not (trap.folder / "out.mp4").exists()


def test_m23_subtitles_with_drawing_commands_are_only_text(trap: Trap) -> None:
    path = trap.file("x.srt", "1\n00:00:00,000 --> 00:00:01,000\n{\\an8}{\\p1}m 0 0 l 100 0{\\p0}\n")
    assert sniff(path) == "text"
    with pytest.raises(BadMedia):
        to_wav(path, trap.folder / "out.wav", 16000)
