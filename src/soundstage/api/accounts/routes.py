"""Coming in and staying in: set-up, registering, login, refresh, logout, tickets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from soundstage.api.access import AccountHolder, BearerToken, JobReader
from soundstage.api.accounts.asking import AccountsNeeded, Visiting, in_turn
from soundstage.api.accounts.cookies import clear_cookie, give_cookie, take_cookie
from soundstage.api.accounts.pictures import session_out, signed_in_out, user_out
from soundstage.api.accounts.schemas import (
    FirstAccount,
    Login,
    NewAccount,
    Refresh,
    SessionList,
    SignedInOut,
    TicketOut,
    UserOut,
)
from soundstage.api.services import ServicesNeeded
from soundstage.core.errors import NotFound, NotSignedIn
from soundstage.studio.accounts.identities import TICKET_SECONDS
from soundstage.studio.accounts.registration import Applicant

AUTH_PATH = "/api/auth"

router = APIRouter(prefix=AUTH_PATH, tags=["auth"])


@router.post("/setup", status_code=201, summary="Make the first administrator", operation_id="set_up")
async def set_up(account: FirstAccount, accounts: AccountsNeeded, visit: Visiting) -> SignedInOut:
    """Once, with the token of the link that the first start printed."""
    user = await in_turn(accounts.registration.set_up, account.token, applicant_of(account), visit)
    signed_in = await in_turn(accounts.sessions.begin, user, False, visit)
    return signed_in_out(signed_in, shows_refresh_token=True)


@router.post("/register", status_code=201, summary="Make an account", operation_id="register")
async def register(account: NewAccount, accounts: AccountsNeeded, visit: Visiting) -> UserOut:
    return user_out(await in_turn(accounts.registration.register, applicant_of(account), visit))


@router.post("/login", summary="Sign in by password", operation_id="log_in")
async def log_in(
    login: Login,
    accounts: AccountsNeeded,
    visit: Visiting,
    services: ServicesNeeded,
    request: Request,
    response: Response,
) -> SignedInOut:
    signed_in = await in_turn(accounts.sessions.log_in, login.login, login.password, login.remember, visit)
    if login.cookie:
        give_cookie(request, services, response, signed_in)
    return signed_in_out(signed_in, shows_refresh_token=not login.cookie)


@router.post("/refresh", summary="New tokens for old", operation_id="refresh_tokens")
def refresh(
    accounts: AccountsNeeded,
    visit: Visiting,
    services: ServicesNeeded,
    request: Request,
    response: Response,
    given: Annotated[Refresh | None, Body()] = None,
) -> SignedInOut:
    """The refresh token is used up, apart from repetitions within 20 seconds. Used later, it ends its session."""
    in_body = given.refresh_token if given is not None else None
    token = in_body or take_cookie(request, services)
    if token is None:
        raise NotSignedIn("There is no refresh token, neither in the body nor in a cookie.")
    signed_in = accounts.sessions.refresh(token, visit)
    if in_body is None:
        give_cookie(request, services, response, signed_in)
    return signed_in_out(signed_in, shows_refresh_token=in_body is not None)


@router.post("/logout", status_code=204, summary="End this session", operation_id="log_out")
def log_out(
    accounts: AccountsNeeded,
    bearer: BearerToken,
    services: ServicesNeeded,
    request: Request,
    response: Response,
    given: Annotated[Refresh | None, Body()] = None,
) -> None:
    """That of the refresh token in the body or the cookie, or else that of the access token."""
    in_body = given.refresh_token if given is not None else None
    token = in_body or take_cookie(request, services)
    clear_cookie(request, services, response)
    if token is not None:
        accounts.sessions.log_out(token)
        return
    caller = services.identities.identify(bearer)
    if caller.session_id is None:
        raise NotSignedIn("An API key has no session that could end.")
    accounts.sessions.end(caller.session_id, caller.user_id)


@router.post("/logout-all", status_code=204, summary="End all own sessions", operation_id="log_out_everywhere")
def log_out_everywhere(accounts: AccountsNeeded, caller: AccountHolder) -> None:
    accounts.sessions.end_all(caller.user_id)


@router.get("/sessions", summary="Own sessions, newest first", operation_id="list_sessions")
def list_sessions(accounts: AccountsNeeded, caller: AccountHolder) -> SessionList:
    found = accounts.sessions.list_live(caller.user_id)
    return SessionList(sessions=[session_out(session, caller.session_id) for session in found])


@router.delete("/sessions/{session_id}", status_code=204, summary="End one own session", operation_id="end_session")
def end_session(session_id: str, accounts: AccountsNeeded, caller: AccountHolder) -> None:
    if "\x00" in session_id:
        raise NotFound("There is no session of this id.")
    accounts.sessions.end(session_id, caller.user_id)


@router.post("/tickets", status_code=201, summary="A ticket for one stream", operation_id="make_ticket")
def make_ticket(accounts: AccountsNeeded, caller: JobReader) -> TicketOut:
    """For a browser's EventSource or WebSocket, which cannot send an access token, and must not have it in the URL."""
    ticket = accounts.identities.issue_ticket(caller)
    return TicketOut(ticket=ticket, expires_in=int(TICKET_SECONDS))


def applicant_of(account: NewAccount) -> Applicant:
    return Applicant(account.email, account.username, account.password, account.display_name, account.language)
