"""WebSockets: the same streams as JSON text frames, `{"type": "fact" | "tick" | "ready" | "bye" | ..., ...}`."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Protocol

from anyio.to_thread import run_sync
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from soundstage.api.access import well_formed_job_id
from soundstage.api.corked import MORE
from soundstage.api.errors import problem_of, status_of
from soundstage.api.live.pictures import facts, start_name, start_text, ticks
from soundstage.api.live.streams import Bye, Item, Stream, portions, seq_of
from soundstage.api.services import Services
from soundstage.core.errors import BadInput, NotSignedIn, SoundstageError
from soundstage.core.events import Start, Tick
from soundstage.studio.access import Caller, Identities

MOST_MESSAGE_CHARACTERS = 4_096
FIRST_MESSAGE_SECONDS = 5.0
NORMAL, GOING_AWAY, VIOLATION, TRY_AGAIN = 1000, 1001, 1008, 1013
"""RFC 6455, section 7.4.1, and 1013 of IANA's registry. Errors close with 4000 plus their HTTP status."""
SPOKE = "unexpected_message"
CLOSE_CODES = {"ended": NORMAL, "gone": 4404, "revoked": 4401, "shutdown": GOING_AWAY, SPOKE: VIOLATION}

router = APIRouter(tags=["live"])


class Following(Protocol):
    """What is told over a socket; a Stream is one."""

    def batches(self) -> AsyncIterator[Sequence[Item]]: ...

    def end(self, reason: str) -> None: ...

    def close(self) -> None: ...


OpenStream = Callable[[Services, Caller], Awaitable[Following]]
TextOf = Callable[[Item], str]


@router.websocket("/ws/jobs/{job_id}")
async def follow_job_by_socket(socket: WebSocket, job_id: str) -> None:
    """The caller comes by `Authorization`, by `?ticket=`, or says `{"type": "auth", "token": ...}` first."""

    async def opened(services: Services, caller: Caller) -> Stream:
        after = seq_of(socket.query_params.get("after"))
        return await services.streams.of_job(services, caller, await well_formed_job_id(job_id), after)

    await tell_stream(socket, opened)


@router.websocket("/ws/events")
async def follow_all_by_socket(socket: WebSocket) -> None:
    async def opened(services: Services, caller: Caller) -> Stream:
        return await services.streams.of_all(services, caller, socket.query_params.get("after") or None)

    await tell_stream(socket, opened)


def frame_of(item: Item) -> str:
    if isinstance(item, Bye):
        return json.dumps({"type": "bye", "reason": item.reason})
    if isinstance(item, Tick):
        return '{"type":"tick",' + ticks.of(item)[1:]
    if isinstance(item, Start):
        return f'{{"type":"{start_name(item)}",' + start_text(item)[1:]
    return f'{{"type":"fact","cursor":"{item.cursor}",' + facts.of(item.fact)[1:]


async def tell_stream(socket: WebSocket, opened: OpenStream, text_of: TextOf = frame_of) -> None:
    """Serve one WebSocket from its handshake to its end; `text_of` may leave things out by an empty text."""
    services: Services = socket.app.state.services
    with contextlib.suppress(WebSocketDisconnect, RuntimeError, OSError):  # the client is gone: told in either way
        try:
            stream = await opened(services, await _caller(socket, services.identities))
        except SoundstageError as error:
            await _refuse(socket, error)
            return
        await _serve(socket, stream, text_of)


async def _serve(socket: WebSocket, stream: Following, text_of: TextOf) -> None:
    listening: asyncio.Task[None] | None = None
    try:
        if not _is_accepted(socket):
            await socket.accept()
        listening = asyncio.get_running_loop().create_task(_end_when_left(socket, stream))
        await _tell(socket, stream, text_of)
    finally:
        if listening is not None:
            listening.cancel()
        stream.close()


async def _tell(socket: WebSocket, stream: Following, text_of: TextOf) -> None:
    async for batch in stream.batches():
        for portion in portions(batch):
            await _send_together(socket, [text for text in map(text_of, portion) if text])
            await asyncio.sleep(0)  # sending alone lets nothing else run, nor learns that the client is gone
        for item in batch:
            if isinstance(item, Bye):
                await socket.close(CLOSE_CODES.get(item.reason, TRY_AGAIN), item.reason)


async def _send_together(socket: WebSocket, texts: Sequence[str]) -> None:
    for left, text in zip(reversed(range(len(texts))), texts, strict=True):
        await socket.send({"type": "websocket.send", "text": text, MORE: left > 0})


async def _end_when_left(socket: WebSocket, stream: Following) -> None:
    """Who follows has nothing to say."""
    message = await socket.receive()
    stream.end("left" if message["type"] == "websocket.disconnect" else SPOKE)


async def _caller(socket: WebSocket, identities: Identities) -> Caller:
    """Raises NotSignedIn, BadInput."""
    ticket, bearer = socket.query_params.get("ticket"), _bearer_of(socket.headers.get("authorization"))
    if ticket is not None:
        return await run_sync(identities.redeem_ticket, ticket[:MOST_MESSAGE_CHARACTERS])
    try:
        return await run_sync(identities.identify, bearer)
    except NotSignedIn:
        if bearer is not None:
            raise
    await socket.accept()
    return await run_sync(identities.identify, await _first_token(socket))


def _bearer_of(header: str | None) -> str | None:
    scheme, _, token = (header or "").partition(" ")
    return token if scheme.lower() == "bearer" and token else None


async def _first_token(socket: WebSocket) -> str:
    try:
        text = await asyncio.wait_for(socket.receive_text(), FIRST_MESSAGE_SECONDS)
    except TimeoutError:
        raise NotSignedIn(f"No token came within {FIRST_MESSAGE_SECONDS:.0f} s.") from None
    except KeyError:
        raise BadInput("The first message must be text.") from None
    match _parsed(text):
        case {"type": "auth", "token": str(token)}:
            return token
    raise BadInput('The first message must be {"type": "auth", "token": "..."}.')


def _parsed(text: str) -> object:
    with contextlib.suppress(ValueError, RecursionError):
        return json.loads(text) if len(text) <= MOST_MESSAGE_CHARACTERS else None
    return None


async def _refuse(socket: WebSocket, error: SoundstageError) -> None:
    """With an HTTP answer where the handshake has not ended."""
    if _is_accepted(socket):
        told = {"type": "error", "status": status_of(error), "code": error.code, "detail": error.message}
        await socket.send_json(told)
        await socket.close(4000 + status_of(error), error.code)
    else:
        await socket.send_denial_response(problem_of(error))


def _is_accepted(socket: WebSocket) -> bool:
    return socket.application_state.name == "CONNECTED"
