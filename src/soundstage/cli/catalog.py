"""`soundstage pipelines` and `soundstage engines`: what is installed, and what it takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.text import Text

from soundstage.cli.desk.contract import PipelineForm
from soundstage.cli.output import add_row, console, print_json, say, table
from soundstage.cli.session import open_catalog
from soundstage.core.files import FILE_FORMAT

LIMIT_WORDS = {
    "minimum": "{} at least",
    "exclusiveMinimum": "above {}",
    "maximum": "{} at most",
    "exclusiveMaximum": "below {}",
    "multipleOf": "in steps of {}",
    "minLength": "{} characters at least",
    "maxLength": "{} characters at most",
    "minItems": "{} items at least",
    "maxItems": "{} items at most",
}

TYPE_WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "yes or no",
    "array": "JSON list",
    "object": "JSON object",
}


def show_pipelines(kind: str | None, files: list[Path], as_json: bool) -> None:
    """All pipelines, or the stages and parameters of one. Raises UnknownPipeline."""
    with open_catalog(files) as catalog:
        forms = catalog.pipelines() if kind is None else [catalog.pipeline(kind)]
        broken = catalog.broken_pipelines()
    if as_json:
        for form in forms:
            print_json(form.fields)
    elif kind is None:
        _print_pipelines(forms, broken)
    else:
        _print_pipeline(forms[0])


def show_engines(as_json: bool) -> None:
    """Each engine: what it is, and whether it is ready or what is missing and what to type."""
    with open_catalog() as catalog:
        described = catalog.engines()
    if as_json:
        for spec, readiness in described:
            print_json({**asdict(spec), **asdict(readiness)})
        return
    rows = table("", "engine", "capability", "quality", "licence", "state")
    for spec, readiness in described:
        sign = Text("✓", "green") if readiness.ready else Text("✗", "red")
        state = "ready" if readiness.ready else f"{readiness.reason} {_to_type(readiness.remedy)}".strip()
        add_row(rows, [sign, spec.kind, spec.capability, str(spec.quality), spec.licence, state])
    console().print(rows)


def show_voices(engine: str, language: str | None, as_json: bool) -> None:
    """The voices of the named engine, or of all that are ready. Raises UnknownEngine, EngineNotReady."""
    with open_catalog() as catalog:
        found = catalog.voices(engine, language)
    rows = table("voice", "language", "engine", "title")
    for kind, voice in found:
        if as_json:
            print_json({**asdict(voice), "engine": kind})
        else:
            add_row(rows, [voice.name, voice.language, kind, voice.title])
    if not as_json:
        console().print(rows if found else f"There is no voice for {language}.")


def parameter_rows(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Name, kind and limits, default, description of each parameter of a JSON Schema."""
    required = set(schema.get("required", ()))
    for name, field in schema.get("properties", {}).items():
        given = field.get("default")
        default = "none" if given is None else json.dumps(given, ensure_ascii=False)
        kind = _kind_text(field, schema.get("$defs", {}))
        yield name, kind, "required" if name in required else default, field.get("description", "")


def _print_pipelines(pipelines: Sequence[PipelineForm], broken: Mapping[str, str]) -> None:
    rows = table("pipeline", "title", "stages", "what it does")
    for pipeline in pipelines:
        add_row(rows, [pipeline.kind, pipeline.title, str(len(pipeline.stages)), pipeline.description])
    for kind, reason in broken.items():
        add_row(rows, [kind, Text("cannot be loaded", "red"), "", reason])
    console().print(rows)
    say("\n`soundstage pipelines KIND` shows stages and parameters, `soundstage run KIND` starts one.")


def _print_pipeline(pipeline: PipelineForm) -> None:
    say(Text.assemble((pipeline.title, "bold"), f"  {pipeline.kind}, version {pipeline.version}"))
    if pipeline.description:
        say(pipeline.description)
    stages = table("stage", "weight", "queue", "kind", "what it does")
    for stage in pipeline.stages:
        add_row(stages, [stage.key, f"{stage.weight} %", stage.queue, stage.kind, stage.label])
    parameters = table("parameter", "takes", "default", "meaning")
    for row in parameter_rows(pipeline.params):
        add_row(parameters, row)
    console().print("", stages, "", parameters)


def _kind_text(field: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    if "$ref" in field:
        return _kind_text(definitions[field["$ref"].rpartition("/")[2]], definitions)
    options = field.get("anyOf") or field.get("oneOf")
    if options:
        return " or ".join(_kind_text(option, definitions) for option in options if option.get("type") != "null")
    if field.get("format") == FILE_FORMAT:
        return f"a file: {' or '.join(field['accept'])}" if field.get("accept") else "a file"
    if "enum" in field:
        return ", ".join(str(choice) for choice in field["enum"])
    if "const" in field:
        return str(field["const"])
    limits = [words.format(field[key]) for key, words in LIMIT_WORDS.items() if key in field]
    return ", ".join([TYPE_WORDS.get(field.get("type", ""), "JSON"), *limits])


def _to_type(remedy: str) -> str:
    return f"Type: {remedy}" if remedy else ""
