"""Parts that could start, were their queue not paused."""

from __future__ import annotations

from sqlalchemy import and_, select

from soundstage.core.states import PartState
from soundstage.store.tables import parts, paused_queues

IS_HELD = and_(parts.c.state == PartState.READY.value, parts.c.queue.in_(select(paused_queues.c.queue)))
