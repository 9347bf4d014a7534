"""OpenAI's requests and answers of speech, with its limits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

LONGEST_INPUT_CHARACTERS = 4_096


class VoiceId(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1, max_length=100)


class SpeechWish(BaseModel):
    """What to say. `instructions` are taken and not followed: no engine here can."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"model": "tts-1", "input": "Good morning.", "voice": "alloy"}]},
    )

    model: str = Field(min_length=1, max_length=60)
    input: str = Field(min_length=1, max_length=LONGEST_INPUT_CHARACTERS)
    voice: Annotated[str, Field(min_length=1, max_length=100)] | VoiceId = Field(
        description="A voice of OpenAI, or one of an engine by its own name"
    )
    response_format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] = "mp3"
    speed: float = Field(1.0, ge=0.25, le=4.0)
    instructions: str | None = Field(None, max_length=LONGEST_INPUT_CHARACTERS)
    stream_format: Literal["audio"] = "audio"

    @property
    def voice_name(self) -> str:
        return self.voice.id if isinstance(self.voice, VoiceId) else self.voice


class ModelOut(BaseModel):
    """`created` is not known and 0."""

    id: str = Field(examples=["tts-1"])
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "soundstage"


class ModelList(BaseModel):
    object: Literal["list"] = "list"
    data: list[ModelOut]


class NamedVoiceOut(BaseModel):
    id: str = Field(examples=["alloy"])
    name: str


class NamedVoiceList(BaseModel):
    voices: list[NamedVoiceOut]
