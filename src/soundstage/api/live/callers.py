"""Who opens a stream: by a token in the header, or by a one-time ticket where a browser can send no header."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Security
from fastapi.security import SecurityScopes

from soundstage.api.access import BearerToken
from soundstage.api.services import ServicesNeeded
from soundstage.core.log_context import note
from soundstage.studio.access import Caller, Scope, check

MOST_TICKET_CHARACTERS = 200


def stream_caller(
    needed: SecurityScopes,
    services: ServicesNeeded,
    bearer: BearerToken,
    ticket: Annotated[
        str | None,
        Query(
            max_length=MOST_TICKET_CHARACTERS,
            description="From POST /api/auth/tickets, instead of the header: opens one stream, once",
        ),
    ] = None,
) -> Caller:
    identities = services.identities
    caller = identities.identify(bearer) if ticket is None else identities.redeem_ticket(ticket)
    check(caller, needed.scopes)
    note(user_id=caller.user_id)
    return caller


StreamReader = Annotated[Caller, Security(stream_caller, scopes=[Scope.JOBS_READ])]
