"""Parameters as they are typed, by the schema of the pipeline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel

from soundstage.cli.parameters import ParameterReader, split_options, split_pairs
from soundstage.core.errors import BadParameters
from soundstage.core.files import FileInput
from soundstage.core.outcome import Done
from soundstage.core.pipeline import Pipeline, Stage

STORED = "sha256:" + "0" * 64


class Nested(BaseModel):
    x: float


class Params(BaseModel):
    text: str = ""
    maybe: str | None = None
    mode: Literal["1", "2"] = "1"
    count: int = 0
    ratio: float = 0.0
    loud: bool = False
    spot: Nested | None = None
    words: list[str] = []
    portrait: Annotated[str, FileInput(accept=("image",))] | None = None


PIPELINE = Pipeline("trial", Params, [Stage("ONLY", lambda ctx: Done(), 100)])


@pytest.fixture
def stored() -> list[Path]:
    """The files that were put into the store."""
    return []


@pytest.fixture
def reader(stored: list[Path]) -> ParameterReader:
    def store_path(path: Path) -> str:
        path.open("rb").close()
        stored.append(path)
        return STORED

    return ParameterReader(PIPELINE.kind, PIPELINE.params.model_json_schema(), store_path, max_file_bytes=100)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("text=hello", "hello"),
        ("text=5", "5"),
        ("text=a=b", "a=b"),
        ("text=", ""),
        ("maybe=true", "true"),
        ("mode=2", "2"),
        ("count=12", 12),
        ("ratio=1.5", 1.5),
        ("loud=true", True),
        ("loud=yes", "yes"),
        ('spot={"x": 0.5}', {"x": 0.5}),
        ("spot=null", None),
        ('words=["a", "b"]', ["a", "b"]),
    ],
)
def test_a_word_becomes_what_the_schema_says(word: str, value: Any, reader: ParameterReader) -> None:
    assert reader.read(split_pairs([word])) == {word.partition("=")[0]: value}


def test_a_text_is_read_from_the_file_that_is_named_with_an_at_sign(tmp_path: Path, reader: ParameterReader) -> None:
    (tmp_path / "script.txt").write_text("Selamat pagi — dunia", encoding="utf-8")
    assert reader.read([("text", f"@{tmp_path}/script.txt")]) == {"text": "Selamat pagi — dunia"}


def test_a_file_is_stored_and_its_reference_is_the_value(
    tmp_path: Path, reader: ParameterReader, stored: list[Path]
) -> None:
    face = tmp_path / "face.jpg"
    face.write_bytes(b"picture")
    assert reader.read([("portrait", str(face))]) == {"portrait": STORED}
    assert stored == [face]


def test_a_reference_to_a_stored_file_is_taken_as_it_is(reader: ParameterReader, stored: list[Path]) -> None:
    assert reader.read([("portrait", STORED)]) == {"portrait": STORED}
    assert stored == []


def test_words_stand_above_the_parameters_of_a_file(
    tmp_path: Path, reader: ParameterReader, stored: list[Path]
) -> None:
    (tmp_path / "face.jpg").write_bytes(b"picture")
    params_file = tmp_path / "params.json"
    params_file.write_text(json.dumps({"count": 1, "text": "@home", "portrait": "face.jpg"}), encoding="utf-8")
    assert reader.read([("count", "2")], params_file) == {"count": 2, "text": "@home", "portrait": STORED}
    assert stored == [tmp_path / "face.jpg"]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        (("txt", "x"), "txt: pipeline trial has no such parameter"),
        (("portrait", "nowhere.jpg"), "portrait: there is no file nowhere.jpg"),
        (("portrait", "."), "portrait: there is no file"),
        (("text", "@nowhere.txt"), "text: nowhere.txt cannot be read"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_parameter_named(
    word: tuple[str, str], told: str, reader: ParameterReader
) -> None:
    with pytest.raises(BadParameters) as refused:
        reader.read([word])
    assert told in refused.value.message


def test_a_mistyped_name_is_met_with_the_one_that_is_near(reader: ParameterReader) -> None:
    with pytest.raises(BadParameters) as refused:
        reader.read([("cuont", "1")])
    assert refused.value.hint == "Did you mean count?"


def test_a_file_above_the_limit_is_refused_before_it_is_copied(
    tmp_path: Path, reader: ParameterReader, stored: list[Path]
) -> None:
    (tmp_path / "big.jpg").write_bytes(b"x" * 101)
    with pytest.raises(BadParameters, match="larger than 100 bytes"):
        reader.read([("portrait", str(tmp_path / "big.jpg"))])
    assert stored == []


def test_a_text_file_that_is_not_text_is_refused(tmp_path: Path, reader: ParameterReader) -> None:
    (tmp_path / "noise").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(BadParameters, match="not text in UTF-8"):
        reader.read([("text", f"@{tmp_path / 'noise'}")])


@pytest.mark.parametrize("content", ["[1]", "{", '"text"'])
def test_a_parameter_file_holds_one_json_object(content: str, tmp_path: Path, reader: ParameterReader) -> None:
    (tmp_path / "params.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadParameters, match="JSON"):
        reader.read([], tmp_path / "params.json")


def test_options_are_short_for_parameters() -> None:
    words = ["--portrait", "face.jpg", "--frame-rate=30", "--text", "--not-an-option"]
    assert split_options(words) == [("portrait", "face.jpg"), ("frame_rate", "30"), ("text", "--not-an-option")]


@pytest.mark.parametrize("words", [["face.jpg"], ["--portrait"], ["-p", "x"]])
def test_words_that_belong_to_no_parameter_are_refused(words: list[str]) -> None:
    with pytest.raises(BadParameters):
        split_options(words)


@pytest.mark.parametrize("pair", ["word", "=value"])
def test_a_pair_needs_a_name_and_an_equals_sign(pair: str) -> None:
    with pytest.raises(BadParameters, match="name=value"):
        split_pairs([pair])
