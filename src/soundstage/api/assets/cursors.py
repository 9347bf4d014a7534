"""The place where a page of assets ends, as text that goes to the client and comes back."""

from __future__ import annotations

import base64
import binascii
import json

from soundstage.core.assets import Asset
from soundstage.core.errors import BadInput
from soundstage.studio.assets.library import AssetSort, name_key

LONGEST_CURSOR = 2_000
LARGEST_SIZE = 2**63 - 1
BY_SIZE = (AssetSort.SIZE, AssetSort.SIZE_DOWN)
Place = tuple[str | int, str]


def cursor_of(asset: Asset, sort: AssetSort) -> str:
    text = json.dumps([sort.value, *_place(asset, sort)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place_of(cursor: str, sort: AssetSort) -> Place:
    """Raises BadInput for what is no cursor, or one of another sort."""
    try:
        read = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        read = None
    match read:
        case [str(sorted_by), (str() | int()) as value, str(asset_id)] if sorted_by == sort:
            if _is_place(value, asset_id, by_size=sort in BY_SIZE):
                return value, asset_id
    raise BadInput("The cursor is not one of this list.", hint="Take `next` from the page before, with the same sort.")


def _is_place(value: str | int, asset_id: str, *, by_size: bool) -> bool:
    if isinstance(value, int):
        return by_size and 0 <= value <= LARGEST_SIZE and _is_storable(asset_id)
    return not by_size and _is_storable(value) and _is_storable(asset_id)


def _is_storable(text: str) -> bool:
    """No NUL and no half of a surrogate pair, which databases refuse."""
    return not any(character == "\x00" or "\ud800" <= character <= "\udfff" for character in text)


def _place(asset: Asset, sort: AssetSort) -> Place:
    if sort in BY_SIZE:
        return asset.size_bytes, asset.id
    return ("" if sort in (AssetSort.OLDEST, AssetSort.NEWEST) else name_key(asset.name)), asset.id
