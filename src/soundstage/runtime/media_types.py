"""The media type of an artifact, by the name that our own stages gave it."""

import mimetypes

_EXTRA = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".opus": "audio/ogg",
    ".vtt": "text/vtt",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".webp": "image/webp",
}


def media_type_of(name: str) -> str:
    suffix = "." + name.rpartition(".")[2].lower()
    return _EXTRA.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
