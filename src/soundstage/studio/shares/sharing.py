"""Links to the result of a job: made, listed, revoked, and opened by whoever holds one."""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from soundstage.core.errors import Conflict, LinkEnded, NotFound
from soundstage.core.job import ArtifactView, JobView
from soundstage.core.states import JobState
from soundstage.store.shares import Share as Share
from soundstage.store.shares import ShareStore
from soundstage.store.views import ViewStore

MOST_SHARES = 20
SECONDS_A_DAY = 86_400.0
SEAL_BYTES = 16
"""128 bits: nobody guesses one."""
_TOKEN = re.compile(r"(shr_[0-9a-z]{26})\.([A-Za-z0-9_-]{22})")


@dataclass(frozen=True, slots=True)
class OpenedShare:
    """What a link shows: the job, and the files that are its result."""

    share: Share
    job: JobView
    results: Sequence[ArtifactView]


class Shares:
    """A token is derived from the id of its share and kept nowhere: it can be shown again, and no copy of the database
    tells one.
    """

    def __init__(self, store: ShareStore, views: ViewStore, key: bytes) -> None:
        self._store = store
        self._views = views
        self._key = key

    def make(self, job_id: str, days: int) -> Share:
        """Raises JobNotFound, IllegalTransition for a job that has not succeeded, LimitReached."""
        return self._store.add(job_id, days * SECONDS_A_DAY, MOST_SHARES)

    def list_of(self, job_id: str) -> Sequence[Share]:
        """Those that are good still, oldest first."""
        return self._store.list_of(job_id)

    def revoke(self, job_id: str, share_id: str) -> None:
        """Raises NotFound."""
        self._store.remove(job_id, share_id)

    def token(self, share: Share) -> str:
        """Whoever has it may open the share."""
        return f"{share.id}.{self._seal(share.id)}"

    def open(self, token: str) -> OpenedShare:
        """Raises NotFound for what is no link of ours, LinkEnded, Conflict while the result is made anew."""
        share = self._store.find(self._share_id(token))
        if share is None:
            raise LinkEnded("This link is over: its time has passed, or it was revoked.")
        job = self._views.get_job(share.job_id)
        if job.state is not JobState.SUCCEEDED:
            raise Conflict(
                "The result is being made again, and is not there at the moment.",
                hint="Come back later, or ask the one who gave you the link.",
            )
        return OpenedShare(share, job, results_of(job))

    def _share_id(self, token: str) -> str:
        found = _TOKEN.fullmatch(token)
        if found is None or not hmac.compare_digest(self._seal(found[1]), found[2]):
            raise NotFound("This link leads nowhere.", hint="Is it whole? Copy it again from where you have it.")
        return found[1]

    def _seal(self, share_id: str) -> str:
        digest = hmac.digest(self._key, share_id.encode(), "sha256")[:SEAL_BYTES]
        return urlsafe_b64encode(digest).decode().rstrip("=")


def results_of(job: JobView) -> Sequence[ArtifactView]:
    """The files of the last stage that left some."""
    return next((stage.artifacts for stage in reversed(job.stages) if stage.artifacts), ())
