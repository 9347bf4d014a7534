"""The application: every resource behind the same door."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware

from soundstage.api import health
from soundstage.api.door import Door
from soundstage.api.errors import install_error_answers
from soundstage.api.files import routes as files
from soundstage.api.jobs import artifacts, events, steering
from soundstage.api.jobs import routes as jobs
from soundstage.api.json_body import JsonBodies
from soundstage.api.openapi import install_openapi
from soundstage.api.pipelines import routes as pipelines
from soundstage.api.services import Services

DESCRIPTION = "Media jobs as pipelines of visible stages: order them, follow them live, steer them, fetch the results."


def create_app(services: Services) -> FastAPI:
    settings = services.settings
    app = FastAPI(
        title="Soundstage",
        version=version("soundstage"),
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,  # their pages load scripts from another site
        redoc_url=None,
        redirect_slashes=False,
        middleware=[
            Middleware(Door, settings.host_names),
            Middleware(JsonBodies, settings.max_json_bytes, settings.stalled_body_seconds, {files.FILES_PATH}),
        ],
    )
    app.state.services = services
    for resource in (health, pipelines, files, jobs, steering, artifacts, events):
        app.include_router(resource.router)
    install_error_answers(app)
    install_openapi(app)
    return app
