"""Checking the parameters of a job at the door."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from soundstage.core.errors import AssetNotReady, BadMedia, BadParameters, BlobNotFound, NotFound
from soundstage.core.fields import FieldError
from soundstage.core.files import ASSET_PATTERN, FILE_FORMAT, REFERENCE_PATTERN, reference_of
from soundstage.core.pipeline import Pipeline
from soundstage.media.sniff import sniff

NO_FILE = "Name a file: `asset:` and the id of an asset, or the `sha256:` reference of a file that was stored before"
MAX_SHOWN_PROBLEMS = 5
MAX_FIELD_ERRORS = 100

Resolve = Callable[[str], tuple[str, str | None]]
"""From a reference of the orderer's to the sha256 of its bytes, and to their content where that is known."""


def check_parameters(pipeline: Pipeline, given: Mapping[str, Any]) -> BaseModel:
    """The parameters as the pipeline's model. Raises BadParameters that names each field and what is wrong."""
    try:
        params: BaseModel = pipeline.params.model_validate(dict(given))
    except ValidationError as error:
        errors = [_field_error(dict(found)) for found in error.errors(include_url=False)]
        shown = "; ".join(f"{path or 'the parameters'}: {message}" for path, message in errors[:MAX_SHOWN_PROBLEMS])
        raise BadParameters(
            f"Pipeline {pipeline.kind} cannot start: {shown}.",
            hint=f"`soundstage pipelines {pipeline.kind}` lists its parameters.",
            errors=errors[:MAX_FIELD_ERRORS],
        ) from error
    return params


def file_fields(pipeline: Pipeline) -> dict[str, tuple[str, ...]]:
    """Parameter name to the kinds of files that it accepts, for those that name a file."""
    return _file_fields(cast("Hashable", pipeline.params))


def name_by_hash(pipeline: Pipeline, given: Mapping[str, Any], resolve: Resolve) -> dict[str, Any]:
    """The parameters with `sha256:...` where an asset was named. Raises BadParameters for one that cannot be used."""
    named = dict(given)
    for name in file_fields(pipeline):
        reference = given.get(name)
        if isinstance(reference, str) and re.fullmatch(ASSET_PATTERN, reference):
            named[name] = reference_of(_resolved(name, reference, resolve)[0])
    return named


def check_files(pipeline: Pipeline, params: BaseModel, resolve: Resolve, path_of: Callable[[str], Path]) -> list[str]:
    """The sha256 of each file that the parameters name. Raises BadParameters for a missing or unfit one.

    `resolve` says which are the orderer's own; another's is missing.
    """
    hashes = []
    for name, accept in file_fields(pipeline).items():
        reference = getattr(params, name, None)
        if reference is None:
            continue
        sha256, content = _resolved(name, reference, resolve)
        _check_content(name, accept, content or _sniffed(name, sha256, path_of))
        hashes.append(sha256)
    return hashes


def request_key(pipeline: Pipeline, params: BaseModel) -> str:
    """The same for equal orders."""
    text = json.dumps([pipeline.kind, params.model_dump(mode="json")], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@cache
def _file_fields(model: Any) -> dict[str, tuple[str, ...]]:
    properties = model.model_json_schema().get("properties", {})
    return {name: accept for name, schema in properties.items() for accept in _file_schemas(schema)}


def _resolved(name: str, reference: str, resolve: Resolve) -> tuple[str, str | None]:
    try:
        return resolve(reference)
    except (BadParameters, NotFound, AssetNotReady) as error:
        raise _unfit(name, error.message, error.hint) from error


def _sniffed(name: str, sha256: str, path_of: Callable[[str], Path]) -> str:
    try:
        return sniff(path_of(sha256))
    except BlobNotFound as error:
        raise _unfit(name, f"the file {sha256[:12]} was not stored before; store it first.") from error
    except BadMedia as error:
        raise _unfit(name, error.message, error.hint) from error


def _check_content(name: str, accept: tuple[str, ...], content: str) -> None:
    if accept and content not in accept:
        wanted = " or ".join(accept)
        raise _unfit(name, f"the file is {content} by its content, but {wanted} is needed.")


def _unfit(name: str, message: str, hint: str = "") -> BadParameters:
    return BadParameters(f"{name}: {message}", hint=hint, errors=[FieldError(name, message)])


def _file_schemas(schema: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for option in (schema, *schema.get("anyOf", ())):
        if option.get("format") == FILE_FORMAT:
            yield tuple(option.get("accept", ()))


def _field_error(found: Mapping[str, Any]) -> FieldError:
    is_no_file = found.get("ctx", {}).get("pattern") == REFERENCE_PATTERN
    return FieldError(".".join(str(part) for part in found["loc"]), NO_FILE if is_no_file else found["msg"])
