"""A cursor over all jobs of an owner that is safe against facts which become visible late.

Facts have numbers within their job and no order over jobs: a time alone would miss what a transaction that began before
it commits after it. So the cursor holds a time and, of the jobs with facts shortly before it, the newest number seen:

- of a job that it names, everything up to that number has been seen;
- of any other job, everything made up to OVERLAP_SECONDS before its time has been seen, and nothing after that.

It is right as long as no transaction takes longer than OVERLAP_SECONDS from its start to its commit, differences
between clocks included: a worker that holds one for so long is ended before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from soundstage.core.errors import BadInput
from soundstage.core.events import Event

OVERLAP_SECONDS = 30.0
MOST_NAMED = 250
"""A cursor goes out with every fact: one that would name more jobs cannot be resumed from."""

_KEY_CHARACTERS = 10
_TEXT = re.compile(r"([0-9]{1,15})(!|(?:~[0-9a-z_]{10}\.[0-9]{1,19}){0,250})")


@dataclass(slots=True)
class JobsCursor:
    """`at_ms` is a time of the database's clock; `_seen` has the number and the time of the newest fact of a job."""

    at_ms: int
    is_resumable: bool = True
    _seen: dict[str, tuple[int, float]] = field(default_factory=dict)

    @classmethod
    def at(cls, seconds: float, last_seqs: Mapping[str, int]) -> Self:
        """Everything has been seen that was committed by then. `last_seqs`: of the jobs with facts shortly before."""
        cursor = cls(int(seconds * 1000))
        cursor._seen = {_key_of(job_id): (seq, seconds) for job_id, seq in last_seqs.items()}
        return cursor

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BadInput for what `str` did not make."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise BadInput(f"{text[:40]!r} is no cursor of this stream.", hint="Use one that the stream has told.")
        at_ms, named = int(found[1]), found[2]
        if named == "!":
            return cls(at_ms, is_resumable=False)
        entries = (entry.split(".") for entry in named.split("~")[1:])
        return cls(at_ms, _seen={key: (int(seq), at_ms / 1000) for key, seq in entries})

    def __str__(self) -> str:
        if len(self._seen) > MOST_NAMED:
            return f"{self.at_ms}!"
        return "~".join([str(self.at_ms), *(f"{key}.{seq}" for key, (seq, _) in self._seen.items())])

    @property
    def boundary(self) -> float:
        """Of a job that is not named, what was made up to this time has been seen."""
        return self.at_ms / 1000 - OVERLAP_SECONDS

    def seq_of(self, job_id: str) -> int | None:
        """The newest number seen of a named job."""
        seen = self._seen.get(_key_of(job_id))
        return None if seen is None else seen[0]

    def resume(self, seconds: float, last_seqs: Mapping[str, int]) -> None:
        """Name only those of the jobs with facts since the boundary, which were found at this time.

        The text does not say when their facts were made: at the latest now.
        """
        recent = {_key_of(job_id) for job_id in last_seqs}
        self._seen = {key: (seq, seconds) for key, (seq, _) in self._seen.items() if key in recent}

    def see(self, fact: Event) -> None:
        self._seen[_key_of(fact.job_id)] = (fact.seq, fact.at)

    def advance(self, seconds: float) -> None:
        """Everything that was committed by then has been seen."""
        at_ms = int(seconds * 1000)
        if at_ms > self.at_ms:
            self.at_ms = at_ms
            self._seen = {key: seen for key, seen in self._seen.items() if seen[1] > self.boundary}


def _key_of(job_id: str) -> str:
    """The random end of the id: two jobs of one minute share it once in 10^15 pairs."""
    return job_id[-_KEY_CHARACTERS:].rjust(_KEY_CHARACTERS, "_")
