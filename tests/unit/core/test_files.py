"""A parameter that names a file is a reference to stored bytes, never a path."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError

from soundstage.core.files import FILE_FORMAT, ORDER_PATTERN, FileInput, reference_of, sha256_of

HASH = "0123456789abcdef" * 4


class Params(BaseModel):
    portrait: Annotated[str, FileInput(accept=("image",))]
    music: Annotated[str, FileInput()] | None = None


def test_a_reference_is_accepted() -> None:
    assert Params(portrait=reference_of(HASH)).portrait == f"sha256:{HASH}"
    assert sha256_of(reference_of(HASH)) == HASH


@pytest.mark.parametrize(
    "value", ["", "/etc/passwd", HASH, f"sha256:{HASH}0", f"sha256:{HASH.upper()}", "sha256:", f"sha256:{HASH}\n"]
)
def test_anything_else_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match="portrait"):
        Params(portrait=value)


def test_the_schema_says_what_a_form_needs() -> None:
    described = Params.model_json_schema()["properties"]["portrait"]
    assert described["format"] == FILE_FORMAT
    assert described["pattern"] == ORDER_PATTERN
    assert described["accept"] == ["image"]
