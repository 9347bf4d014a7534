"""The application: every resource behind the same door."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware

from soundstage.api import health
from soundstage.api.accounts import administration as account_administration
from soundstage.api.accounts import own as own_account
from soundstage.api.accounts import routes as auth
from soundstage.api.admin import routes as admin
from soundstage.api.assets import downloads, tus, uploads
from soundstage.api.assets import routes as assets
from soundstage.api.compat import facades
from soundstage.api.door import Door
from soundstage.api.engines import routes as engines
from soundstage.api.engines import samples as voice_samples
from soundstage.api.errors import install_error_answers
from soundstage.api.files import routes as files
from soundstage.api.jobs import artifacts, batches, executors, figures, links, lists, steering
from soundstage.api.jobs import routes as jobs
from soundstage.api.json_body import JsonBodies
from soundstage.api.live import sse, websocket
from soundstage.api.openai import catalog as openai_catalog
from soundstage.api.openai import speech as openai_speech
from soundstage.api.openai.errors import OpenAIErrors
from soundstage.api.openapi import install_openapi
from soundstage.api.operating import routes as operating
from soundstage.api.operating.requests import Requests
from soundstage.api.page.route import PageRoute
from soundstage.api.pipelines import routes as pipelines
from soundstage.api.services import Services
from soundstage.api.shares import routes as shares
from soundstage.api.webhooks import deliveries as webhook_deliveries
from soundstage.api.webhooks import routes as webhooks

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
            Middleware(Requests, services.operating.metrics, services.operating.tracer),
            Middleware(OpenAIErrors),
            Middleware(Door, settings.host_names, settings.answers_to_addresses),
            Middleware(
                JsonBodies,
                settings.max_json_bytes,
                settings.stalled_body_seconds,
                {
                    files.FILES_PATH,
                    batches.BATCH_PATH,
                    assets.ASSETS_PATH,
                    tus.TUS_PATH,
                    tus.TUS_PATH + "/",
                    uploads.PLACES_PATH + "/",
                },
                facades.FORM_PATHS,
            ),
        ],
    )
    app.state.services = services
    for resource in (auth, own_account, account_administration, admin):
        app.include_router(resource.router)
    for resource in (
        health,
        operating,
        pipelines,
        engines,
        voice_samples,
        files,
        artifacts,
        openai_catalog,
        openai_speech,
    ):
        app.include_router(resource.router)
    for resource in (lists, figures, batches, executors, jobs, steering):  # in this order: `counts` is no id
        app.include_router(resource.router)
    for resource in (sse, websocket):  # before the facades, whose WebSockets have wider paths
        app.include_router(resource.router)
    for resource in (webhook_deliveries, webhooks):  # in this order: `dead-letters` is no id
        app.include_router(resource.router)
    for resource in (tus, uploads, assets, downloads, links, shares):
        app.include_router(resource.router)
    for router in facades.ROUTERS:
        app.include_router(router)
    app.routes.append(PageRoute(settings.page_folder, settings.links_origin))  # takes what no other route takes
    install_error_answers(app)
    install_openapi(app)
    return app
