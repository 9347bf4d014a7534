"""Where the built page lies, and which of its files are served: those that are there when the server starts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

ASSETS_PREFIX = "/assets/"
"""The build names what lies below it by its content, so that a browser may keep it for ever."""
INDEX = "index.html"
SUFFIX_OF_ENCODING: Mapping[str, str] = MappingProxyType({"br": ".br", "gzip": ".gz"})
"""In the order of preference. The build leaves `name.br` and `name.gz` beside `name` where they are smaller."""

_PACKAGE = Path(__file__).parents[2]
_PLACES = (_PACKAGE / "_page", _PACKAGE.parents[1] / "web" / "dist")
"""In an installed wheel, and in a checkout."""
_MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".avif": "image/avif",
        ".css": "text/css",
        ".gif": "image/gif",
        ".ico": "image/x-icon",
        ".jpeg": "image/jpeg",
        ".jpg": "image/jpeg",
        ".js": "text/javascript",
        ".json": "application/json",
        ".m4a": "audio/mp4",
        ".mjs": "text/javascript",
        ".mp3": "audio/mpeg",
        ".mp4": "video/mp4",
        ".ogg": "audio/ogg",
        ".opus": "audio/ogg",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain",
        ".vtt": "text/vtt",
        ".wasm": "application/wasm",
        ".wav": "audio/wav",
        ".webm": "video/webm",
        ".webmanifest": "application/manifest+json",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
    }
)


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file of the page. `encoded` has its compressed forms by the name of the encoding."""

    path: Path
    media_type: str
    etag: str
    encoded: Mapping[str, Path]


def built_page(places: tuple[Path, ...] = _PLACES) -> Path | None:
    """The folder of the built page; None where it was not built."""
    return next((place for place in places if (place / INDEX).is_file()), None)


def files_of(folder: Path) -> Mapping[str, PageFile]:
    """By the path of their address, such as `/assets/main-4f1c.js`; without the index, hidden files and links out."""
    paths = {_address(path, folder): path for path in _visible(folder)}
    compressed = {
        address + suffix for address in paths for suffix in SUFFIX_OF_ENCODING.values() if address + suffix in paths
    }
    return {
        address: _page_file(path, address, paths)
        for address, path in paths.items()
        if address not in compressed and address != f"/{INDEX}"
    }


def _visible(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not is_hidden and path.is_file() and path.resolve().is_relative_to(root):
            yield path


def _address(path: Path, folder: Path) -> str:
    return f"/{PurePosixPath(path.relative_to(folder))}"


def _page_file(path: Path, address: str, paths: Mapping[str, Path]) -> PageFile:
    return PageFile(
        path=path,
        media_type=_MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream"),
        etag=hashlib.sha256(path.read_bytes()).hexdigest()[:32],
        encoded={
            name: paths[address + suffix] for name, suffix in SUFFIX_OF_ENCODING.items() if address + suffix in paths
        },
    )
