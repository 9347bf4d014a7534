"""A parameter that names a file: a reference to stored bytes, never a path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FILE_FORMAT = "soundstage-file"
REFERENCE_PATTERN = r"^sha256:[0-9a-f]{64}$"
ASSET_PATTERN = r"^asset:asset_[0-9a-z]{26}$"
ORDER_PATTERN = r"^(sha256:[0-9a-f]{64}|asset:asset_[0-9a-z]{26})$"
"""What an order may name; a job keeps the hash."""


@dataclass(frozen=True, slots=True)
class FileInput:
    """Use as `portrait: Annotated[str, FileInput(accept=("image",))]` in a params model.

    The value is `sha256:` and the hash of bytes that were stored before; the command line and the page store a file
    and put its reference here. An order may name an asset instead, as `asset:` and its id, and the job gets the hash of
    its bytes. `accept` lists the contents that fit: "image", "audio", "video", "text", "zip".
    """

    accept: Sequence[str] = ()

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        described: dict[str, Any] = handler(schema)
        described.update({"format": FILE_FORMAT, "pattern": ORDER_PATTERN, "accept": list(self.accept)})
        return described

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.str_schema(pattern=REFERENCE_PATTERN)


def reference_of(sha256: str) -> str:
    return f"sha256:{sha256}"


def sha256_of(reference: str) -> str:
    return reference.removeprefix("sha256:")
