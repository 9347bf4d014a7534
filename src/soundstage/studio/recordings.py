"""Recordings that shall be taken apart into stems: what they may be, and how they get into the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from soundstage.core.assets import Asset, AssetKind, FileRole
from soundstage.core.errors import BadMedia, BadRecording
from soundstage.media.sniff import sniff_format
from soundstage.studio.access import Caller
from soundstage.studio.assets.library import Library
from soundstage.studio.assets.uploads import Label, Uploads

CONTAINERS = ("mp3", "wav", "flac")


class Recordings:
    """The way in for recordings, with stricter rules than those of a library."""

    def __init__(self, uploads: Uploads, library: Library) -> None:
        self._uploads = uploads
        self._library = library

    def take(
        self, caller: Caller, chunks: Iterable[bytes], announced_bytes: int | None, name: Callable[[], str]
    ) -> Asset:
        """`name` is asked when all bytes are there.

        Raises BadRecording for all but MP3, WAV and FLAC, TooLarge, LimitReached; then nothing is left."""
        try:
            asset = self._uploads.take(caller, chunks, announced_bytes, lambda: Label(name(), AssetKind.AUDIO))
        except BadMedia as error:
            raise BadRecording(error.message, hint=error.hint) from error
        container = sniff_format(self._library.path(asset.files[FileRole.ORIGINAL])).container
        if container not in CONTAINERS:
            self._library.delete(asset.id, caller.user_id, force=True)
            raise BadRecording(f"The file is {container} by its content, whatever its name says.")
        return asset
