"""Queues of the home of this computer, and of a server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from soundstage.cli.desk.contract import QueueDesk, QueueRow
from soundstage.cli.place import chosen_place

if TYPE_CHECKING:
    from soundstage import client
    from soundstage.bootstrap.studio import Studio
    from soundstage.store.administration.queues import QueueView


class LocalQueues:
    """Steered by whoever may use the home folder."""

    def __init__(self, studio: Studio) -> None:
        self._queues = studio.administration.queues

    def list_queues(self) -> Sequence[QueueRow]:
        return [_local_row(queue) for queue in self._queues.list()]

    def pause_queue(self, name: str, reason: str) -> QueueRow:
        from soundstage.studio.access import LOCAL_OWNER
        from soundstage.studio.accounts.visits import COMMAND_LINE

        return _local_row(self._queues.pause(name, reason, LOCAL_OWNER, COMMAND_LINE))

    def resume_queue(self, name: str) -> QueueRow:
        from soundstage.studio.access import LOCAL_OWNER
        from soundstage.studio.accounts.visits import COMMAND_LINE

        return _local_row(self._queues.resume(name, LOCAL_OWNER, COMMAND_LINE))


class RemoteQueues:
    """Steered by an administrator of the server."""

    def __init__(self, studio: client.Soundstage) -> None:
        self._queues = studio.queues

    def list_queues(self) -> Sequence[QueueRow]:
        return [_remote_row(queue) for queue in self._queues.list()]

    def pause_queue(self, name: str, reason: str) -> QueueRow:
        return _remote_row(self._queues.pause(name, reason))

    def resume_queue(self, name: str) -> QueueRow:
        return _remote_row(self._queues.resume(name))


@contextmanager
def open_queues() -> Iterator[QueueDesk]:
    """Where the command line was told to work. Raises what `open_desk` raises."""
    place = chosen_place()
    if place.server is None:
        from soundstage.cli.session import open_studio

        with open_studio() as studio:
            yield LocalQueues(studio)
        return
    from soundstage.cli.desk.opening import open_server

    with open_server(place) as server:
        yield server.queues


def _local_row(queue: QueueView) -> QueueRow:
    pause = queue.pause
    return QueueRow(
        name=queue.name,
        state=str(queue.state),
        ready_parts=queue.ready_parts,
        active_parts=queue.active_parts,
        retrying_parts=queue.retrying_parts,
        oldest_seconds=queue.oldest_seconds,
        workers=queue.workers,
        paused_by="" if pause is None else pause.by_name or pause.by,
        reason="" if pause is None else pause.reason,
    )


def _remote_row(queue: client.Queue) -> QueueRow:
    pause = queue.pause
    return QueueRow(
        name=queue.name,
        state=queue.state,
        ready_parts=queue.ready_parts,
        active_parts=queue.active_parts,
        retrying_parts=queue.retrying_parts,
        oldest_seconds=queue.oldest_seconds,
        workers=queue.workers,
        paused_by="" if pause is None else pause.by_name or pause.by,
        reason="" if pause is None else pause.reason,
    )
