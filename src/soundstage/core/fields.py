"""What is wrong with single fields of what was given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class FieldError(NamedTuple):
    """`path` leads to the field: `text`, or `face.mouth.x`; it is empty for what is wrong with all together."""

    path: str
    message: str


FieldErrors = Sequence[FieldError]
