"""All that deals with the libraries of users in one process."""

from __future__ import annotations

from dataclasses import dataclass

from soundstage.studio.assets.checking import Checking
from soundstage.studio.assets.library import Library
from soundstage.studio.assets.previews import Previews
from soundstage.studio.assets.resumable import ResumableUploads
from soundstage.studio.assets.sweeping import Sweeping
from soundstage.studio.assets.uploads import Uploads
from soundstage.studio.links import Links


@dataclass(frozen=True, slots=True)
class AssetServices:
    """Made by bootstrap; `close` ends the checks that are under way."""

    library: Library
    uploads: Uploads
    resumable: ResumableUploads
    sweeping: Sweeping
    previews: Previews
    checking: Checking
    links: Links

    def close(self) -> None:
        self.checking.close()
