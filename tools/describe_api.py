"""Prints the OpenAPI description of the API, without a server. The page's types are made from it."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from soundstage.api.app import create_app
from soundstage.bootstrap.serving import api_services
from soundstage.bootstrap.studio import Studio
from soundstage.runtime.live import EventHub
from soundstage.settings import Settings
from soundstage.store.follow import FollowStore


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Settings(home=Path(folder) / "home", workers=0))
        hub = EventHub(FollowStore(studio.parts.store.database))
        described = create_app(api_services(studio, hub, {})).openapi()
        studio.close()
    json.dump(described, sys.stdout, indent=2, sort_keys=True)


if __name__ == "__main__":
    main()
