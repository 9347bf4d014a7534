"""Socket.IO: the same streams, subscribed to by message. Outermost of the application, behind a door of its own.

Messages from the client: `subscribe {job_id, after}`, `subscribe_all {after}`, `unsubscribe {job_id}`,
`unsubscribe_all`, and the story-video document's `subscribe_video_updates {videoId}` and `unsubscribe_video_updates`.
Each is answered by an acknowledgement, `{ok: true}` or `{ok: false, code, detail}`. There are no rooms.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import socketio
from anyio.to_thread import run_sync
from socketio.exceptions import ConnectionRefusedError as Refused
from starlette.types import ASGIApp, Receive, Scope, Send

from soundstage.api.access import well_formed_job_id
from soundstage.api.door import Door
from soundstage.api.live.packets import Engine
from soundstage.api.live.pictures import facts, start_name, start_text, ticks
from soundstage.api.live.socket_bodies import SmallBodies
from soundstage.api.live.sse import TellsLater
from soundstage.api.live.streams import Bye, Item, Stream, portions, seq_of
from soundstage.api.live.videos import Film, video_event
from soundstage.api.services import Services
from soundstage.core.errors import BadInput, LimitReached, NotSignedIn, SoundstageError
from soundstage.core.events import Start, Tick
from soundstage.studio.access import Caller

PATH = "/socket.io/"
MOST_MESSAGE_BYTES = 16_384
MOST_SUBSCRIPTIONS = 100
PING_SECONDS = 20
SIGN_IN_SECONDS = 10.0
"""A connection on which nobody has signed in for so long is closed."""
PROTOCOL_EVENTS = ("connect", "disconnect")
ALL_JOBS = "*"
VIDEO = "video "
"""Keys of subscriptions: a job's id, to all jobs, or `VIDEO` and an id."""

_log = logging.getLogger("soundstage.socketio")
_log.setLevel(logging.CRITICAL + 1)  # what a client sends that is no packet is not worth a traceback in the log

Given = Mapping[str, Any]
PacketOf = Callable[[Item], str | None]


class TextPacket(socketio.packet.Packet):  # type: ignore[misc]
    """A packet without binary attachments: a client may announce millions, and each would be kept."""

    uses_binary_events = False

    def decode(self, encoded_packet: Any) -> Any:
        if not isinstance(encoded_packet, str) or encoded_packet[:1] not in set("01234"):
            raise ValueError("Only text packets are taken.")
        attachments = super().decode(encoded_packet)
        if self.packet_type == socketio.packet.EVENT and not _names_a_message(self.data):
            raise ValueError("An event is a list that begins with a name, which is not one of the protocol's own.")
        return attachments


def _names_a_message(data: object) -> bool:
    match data:
        case [str(name), *_]:
            return name not in PROTOCOL_EVENTS
    return False


class Server(socketio.AsyncServer):  # type: ignore[misc]
    """`opened` hears of each connection, on which nobody has signed in yet."""

    def __init__(self, opened: Callable[[str], None], **settings: Any) -> None:
        super().__init__(**settings)
        self._opened = opened

    async def _handle_eio_connect(self, eio_sid: str, environ: Given) -> None:
        await super()._handle_eio_connect(eio_sid, environ)
        self._opened(eio_sid)

    def _engineio_server_class(self) -> type[Engine]:
        return Engine


@dataclass(eq=False, slots=True)
class Client:
    """One that has signed in, and what it has subscribed to; a stream that is None is being opened."""

    caller: Caller
    socket_id: str
    engine_id: str
    streams: dict[str, Stream | None] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)


class LiveSockets:
    """Subscriptions of all clients of one server. `services` gives those of the running application."""

    def __init__(self, services: Callable[[], Services]) -> None:
        self._services = services
        self._clients: dict[str, Client] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self.server = Server(
            self._await_sign_in,
            async_mode="asgi",
            cors_allowed_origins=[],  # the door decides, and no other site is given a header that lets it read
            serializer=TextPacket,
            async_handlers=False,  # one message after the other: a client's flood waits in its own connection
            http_compression=False,
            max_http_buffer_size=MOST_MESSAGE_BYTES,
            ping_interval=PING_SECONDS,
            ping_timeout=PING_SECONDS,
            logger=_log,
            engineio_logger=_log,
        )
        self.server.on("connect", self._connect)
        self.server.on("disconnect", self._disconnect)
        for name, answer in self._answers().items():
            self.server.on(name, self._acknowledged(answer))

    def _answers(self) -> Mapping[str, Callable[[Client, Given], Awaitable[None]]]:
        return {
            "subscribe": self._subscribe,
            "subscribe_all": self._subscribe_all,
            "subscribe_video_updates": self._subscribe_video,
            "unsubscribe": lambda client, given: self._unsubscribe(client, given.get("job_id")),
            "unsubscribe_all": lambda client, given: self._unsubscribe(client, ALL_JOBS),
            "unsubscribe_video_updates": lambda client, given: self._unsubscribe(
                client, f"{VIDEO}{given.get('videoId')}"
            ),
        }

    async def _connect(self, socket_id: str, environ: Given, auth: object = None) -> None:
        try:
            caller = await run_sync(self._identify, environ, auth)
        except SoundstageError as error:
            raise Refused(error.message, {"code": error.code}) from None
        engine_id = self.server.manager.eio_sid_from_sid(socket_id, "/")
        self._clients[socket_id] = Client(caller, socket_id, engine_id)

    def _identify(self, environ: Given, auth: object) -> Caller:
        identities = self._services().identities
        match auth:
            case {"ticket": str(ticket)}:
                return identities.redeem_ticket(ticket)
            case {"token": str(token)}:
                return identities.identify(token)
        scheme, _, token = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
        return identities.identify(token if scheme.lower() == "bearer" and token else None)

    async def _disconnect(self, socket_id: str, _reason: str) -> None:
        client = self._clients.pop(socket_id, None)
        if client is not None:
            for task in client.tasks:
                task.cancel()
            self._await_sign_in(client.engine_id)

    def _await_sign_in(self, engine_id: str) -> None:
        asyncio.get_running_loop().call_later(SIGN_IN_SECONDS, self._close_unless_signed_in, engine_id)

    def _close_unless_signed_in(self, engine_id: str) -> None:
        if self.server.manager.sid_from_eio_sid(engine_id, "/") not in self._clients:
            task = asyncio.get_running_loop().create_task(self.server.eio.cut(engine_id))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _acknowledged(self, answer: Callable[[Client, Given], Awaitable[None]]) -> Callable[..., Awaitable[Given]]:
        async def acknowledge(socket_id: str, *given: object) -> Given:
            client = self._clients.get(socket_id)
            try:
                if client is None:
                    raise NotSignedIn
                await answer(client, _object_of(given))
            except SoundstageError as error:
                return {"ok": False, "code": error.code, "detail": error.message}
            return {"ok": True}

        return acknowledge

    async def _subscribe(self, client: Client, given: Given) -> None:
        job_id = await _job_id_of(given.get("job_id"))
        after = _after_of(given.get("after"))
        services = self._services()
        await self._follow(
            client, job_id, lambda: services.streams.of_job(services, client.caller, job_id, after), _packet_of(job_id)
        )

    async def _subscribe_all(self, client: Client, given: Given) -> None:
        cursor = given.get("after")
        if not isinstance(cursor, str | None):
            raise BadInput("`after` is a cursor that the stream has told.")
        services = self._services()
        await self._follow(
            client, ALL_JOBS, lambda: services.streams.of_all(services, client.caller, cursor), _packet_of(None)
        )

    async def _subscribe_video(self, client: Client, given: Given) -> None:
        job_id = await _job_id_of(given.get("videoId"))
        services = self._services()
        job = await run_sync(services.jobs.get, job_id, client.caller.sees)
        film = Film.of(services.pipelines.get(job.pipeline))
        await self._follow(
            client,
            VIDEO + job_id,
            lambda: services.streams.of_job(services, client.caller, job_id),
            _video_packet_of(film),
        )

    async def _follow(
        self, client: Client, key: str, opened: Callable[[], Awaitable[Stream]], packet_of: PacketOf
    ) -> None:
        if key in client.streams:
            raise BadInput("This socket is subscribed already.", hint="Unsubscribe first.")
        if len(client.streams) >= MOST_SUBSCRIPTIONS:
            raise LimitReached(f"A socket holds at most {MOST_SUBSCRIPTIONS} subscriptions.")
        client.streams[key] = None
        try:
            client.caller = await run_sync(self._services().identities.confirm, client.caller)
            stream = client.streams[key] = await opened()
        except BaseException:
            del client.streams[key]
            raise
        stream.count_in(self._services().operating.metrics, "socketio")
        task = asyncio.get_running_loop().create_task(self._tell(client, key, stream, packet_of))
        client.tasks.add(task)
        task.add_done_callback(client.tasks.discard)
        task.add_done_callback(lambda _: stream.close())
        if client.socket_id not in self._clients:  # it left meanwhile
            task.cancel()

    async def _tell(self, client: Client, key: str, stream: Stream, packet_of: PacketOf) -> None:
        try:
            async for batch in stream.batches():
                for portion in portions(batch):
                    await self._send(client, [packet for packet in map(packet_of, portion) if packet is not None])
                    await asyncio.sleep(0)  # sending alone lets nothing else run
        finally:
            if client.streams.get(key) is stream:
                del client.streams[key]
        if batch == [Bye("revoked")]:
            await self.server.disconnect(client.socket_id)

    async def _send(self, client: Client, packets: Sequence[str]) -> None:
        engine_socket = self.server.eio.sockets.get(client.engine_id)
        if engine_socket is not None:
            await engine_socket.queue.tell(packets)

    async def _unsubscribe(self, client: Client, key: object) -> None:
        stream = client.streams.pop(key, None) if isinstance(key, str) else None
        if stream is not None:
            stream.end("unsubscribed")


def with_sockets(app: ASGIApp, services: Callable[[], Services]) -> ASGIApp:
    """The application with Socket.IO beside it."""
    settings = services().settings
    sockets = socketio.ASGIApp(LiveSockets(services).server, socketio_path=PATH.strip("/"))
    bodies = SmallBodies(sockets, MOST_MESSAGE_BYTES, settings.stalled_body_seconds)
    guarded = Door(bodies, settings.host_names, settings.answers_to_addresses, safe_methods=frozenset())

    plain = TellsLater(app)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        is_socket = scope["type"] in ("http", "websocket") and scope["path"].startswith(PATH)
        await (guarded if is_socket else plain)(scope, receive, send)

    return serve


def _object_of(given: tuple[object, ...]) -> Given:
    match given:
        case ():
            return {}
        case (dict() as content,):
            return content
    raise BadInput("A message holds one object.")


async def _job_id_of(value: object) -> str:
    if not isinstance(value, str):
        raise BadInput("The id of a job is a text.")
    return await well_formed_job_id(value)


def _after_of(value: object) -> int:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return seq_of(None if value is None else str(value))
    raise BadInput("`after` is the number of an event.")


def _packet_of(job_id: str | None) -> PacketOf:
    """Of the Socket.IO protocol 5: `2` is an event, its name and arguments are a JSON list."""

    def packet_of(item: Item) -> str:
        if isinstance(item, Tick):
            return f'2["tick",{ticks.of(item)}]'
        if isinstance(item, Bye):
            return f'2["bye",{json.dumps({"job": job_id, "reason": item.reason})}]'
        if isinstance(item, Start):
            return f'2["{start_name(item)}",{json.dumps({"job": job_id})[:-1]},{start_text(item)[1:]}]'
        return f'2["fact",{{"cursor":"{item.cursor}",{facts.of(item.fact)[1:]}]'

    return packet_of


def _video_packet_of(film: Film) -> PacketOf:
    def packet_of(item: Item) -> str | None:
        if isinstance(item, Tick | Bye | Start):
            return None
        event = video_event(item.fact, film)
        return None if event is None else "2" + json.dumps(event)

    return packet_of
