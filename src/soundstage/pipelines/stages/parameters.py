"""Parameters that several pipelines share, with the limits and descriptions that forms and command help show."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from soundstage.core.files import FileInput
from soundstage.engines.contract import FacePoints, Point

LONGEST_TEXT_CHARACTERS = 50_000
SMALLEST_SIDE_PIXELS = 256
LARGEST_SIDE_PIXELS = 1920


class Parameters(BaseModel):
    """Frozen; a name that the pipeline does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Spot(Parameters):
    """A position in the portrait."""

    x: float = Field(ge=0, le=1, description="Distance from the left edge, as a fraction of the width")
    y: float = Field(ge=0, le=1, description="Distance from the upper edge, as a fraction of the height")

    def to_point(self) -> Point:
        return Point(self.x, self.y)


class Face(Parameters):
    """Where the face is in the portrait. Left and right as seen in the picture."""

    left_eye: Spot = Field(description="The middle of the eye on the left side of the picture")
    right_eye: Spot = Field(description="The middle of the eye on the right side of the picture")
    mouth: Spot = Field(description="The middle of the mouth")

    @model_validator(mode="after")
    def _is_upright(self) -> Face:
        if not self.left_eye.x < self.right_eye.x:
            raise ValueError("The left eye must lie to the left of the right eye, as seen in the picture.")
        if not self.mouth.y > max(self.left_eye.y, self.right_eye.y):
            raise ValueError("The mouth must lie below the eyes.")
        return self

    def to_points(self) -> FacePoints:
        return FacePoints(self.left_eye.to_point(), self.right_eye.to_point(), self.mouth.to_point())


Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT_CHARACTERS, description="What to say")]
Voice = Annotated[str, Field(min_length=1, max_length=100, description="A voice of the speech engine, or default")]
Rate = Annotated[float, Field(ge=0.25, le=4.0, description="Speed of the speech; 1 is the natural speed of the voice")]
SpeechEngineName = Annotated[
    str, Field(min_length=1, max_length=60, description="The engine that speaks, or auto for the best that is ready")
]
AvatarEngineName = Annotated[
    str, Field(min_length=1, max_length=60, description="The engine that animates, or auto for the best that is ready")
]
Portrait = Annotated[
    str,
    FileInput(accept=("image",)),
    Field(description="Picture of the person who speaks: JPEG, PNG or WebP, looking at the camera"),
]
Audio = Annotated[str, FileInput(accept=("audio",)), Field(description="Recording of what the person says")]
FacePosition = Annotated[
    Face | None, Field(description="Where the face is, for portraits in which it is not found by itself")
]
Width = Annotated[
    int,
    Field(
        ge=SMALLEST_SIDE_PIXELS,
        le=LARGEST_SIDE_PIXELS,
        multiple_of=2,
        description="Width of the video in pixels, an even number",
    ),
]
Height = Annotated[
    int,
    Field(
        ge=SMALLEST_SIDE_PIXELS,
        le=LARGEST_SIDE_PIXELS,
        multiple_of=2,
        description="Height of the video in pixels, an even number",
    ),
]
FramesPerSecond = Annotated[int, Field(ge=10, le=60, description="Frames a second")]
