"""Parameters from the words of a command line and from JSON files, read by the pipeline's schema."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from soundstage.core.errors import BadParameters
from soundstage.core.files import FILE_FORMAT, ORDER_PATTERN

Word = tuple[str, str]


class ParameterReader:
    """Turns words into values of the parameters of a pipeline, which its JSON Schema describes.

    `store_path` keeps a copy of a file and returns its reference; a file of more than `max_file_bytes` is refused.
    """

    def __init__(
        self, kind: str, schema: Mapping[str, Any], store_path: Callable[[Path], str], max_file_bytes: int
    ) -> None:
        self._kind = kind
        self._schema = schema
        self._files = {name for name, field in schema.get("properties", {}).items() if _names_file(field)}
        self._store_path = store_path
        self._max_file_bytes = max_file_bytes

    def read(self, words: Sequence[Word], params_file: Path | None = None) -> dict[str, Any]:
        """The file's values, with those of the words on top. Raises BadParameters."""
        values: dict[str, Any] = {}
        if params_file is not None:
            for name, value in _loaded(params_file).items():
                values[self._known(name)] = self._from_json(name, value, params_file.parent)
        for name, text in words:
            values[self._known(name)] = self._from_text(name, text)
        return values

    def _known(self, name: str) -> str:
        known = self._schema.get("properties", {})
        if name in known or self._schema.get("additionalProperties"):
            return name
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {close[0]}?" if close else f"It has {', '.join(known) or 'none'}."
        raise BadParameters(f"{name}: pipeline {self._kind} has no such parameter.", hint=hint)

    def _from_json(self, name: str, value: Any, folder: Path) -> Any:
        if name in self._files and isinstance(value, str):
            return self._stored(name, folder, value)
        return value

    def _from_text(self, name: str, text: str) -> Any:
        if name in self._files:
            return self._stored(name, Path(), text)
        types = set(_types(self._schema["properties"].get(name, {}), self._schema.get("$defs", {})))
        if "string" in types:
            return _read_text(name, text) if text.startswith("@") else text
        try:
            return json.loads(text)
        except ValueError:
            return text  # words such as yes and no; the schema decides about what is left

    def _stored(self, name: str, folder: Path, text: str) -> str:
        if re.match(ORDER_PATTERN, text):
            return text
        path = folder / Path(text).expanduser()
        if not path.is_file():
            raise BadParameters(f"{name}: there is no file {path}.")
        try:
            if path.stat().st_size > self._max_file_bytes:
                raise BadParameters(
                    f"{name}: {path} is larger than {self._max_file_bytes} bytes.",
                    hint="SOUNDSTAGE_MAX_UPLOAD_BYTES sets the limit.",
                )
            return self._store_path(path)
        except OSError as error:
            raise BadParameters(f"{name}: {path} cannot be read: {error.strerror or error}.") from error


def split_pairs(pairs: Sequence[str]) -> list[Word]:
    """`name=value` words. Raises BadParameters."""
    return [_pair(pair) for pair in pairs]


def split_options(words: Sequence[str]) -> list[Word]:
    """`--name value` and `--name=value` words. Raises BadParameters."""
    found = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            raise BadParameters(f"{word!r} belongs to no parameter.", hint="Write --name value, or --param name=value.")
        name, equals, value = word[2:].partition("=")
        if not equals:
            if not rest:
                raise BadParameters(f"{word} has no value.", hint="Write --name value, or --param name=value.")
            value = rest.pop(0)
        found.append((name.replace("-", "_"), value))
    return found


def _pair(pair: str) -> Word:
    name, equals, value = pair.partition("=")
    if not equals or not name:
        raise BadParameters(f"{pair!r} is not of the form name=value.")
    return name.replace("-", "_"), value


def _loaded(path: Path) -> Mapping[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadParameters(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise BadParameters(f"{path} is not JSON: {error}.") from error
    if not isinstance(values, dict):
        raise BadParameters(f"{path} must hold one JSON object with a value for each parameter.")
    return values


def _names_file(field: Mapping[str, Any]) -> bool:
    return any(option.get("format") == FILE_FORMAT for option in (field, *field.get("anyOf", ())))


def _read_text(name: str, text: str) -> str:
    path = Path(text[1:]).expanduser()
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadParameters(
            f"{name}: {path} cannot be read: {error.strerror or error}.",
            hint="A value that begins with @ names a file; --params-file takes such a text as it is.",
        ) from error
    except UnicodeDecodeError as error:
        raise BadParameters(f"{name}: {path} is not text in UTF-8.") from error


def _types(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[str]:
    """The JSON types that the schema takes."""
    if "$ref" in schema:
        yield from _types(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    for option in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _types(option, definitions)
    if "type" in schema:
        yield schema["type"]
    if isinstance(schema.get("const"), str):
        yield "string"
