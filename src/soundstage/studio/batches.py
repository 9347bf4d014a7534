"""Many orders, and one action on many jobs: each with a result of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from soundstage.core.errors import BatchRefused, SoundstageError
from soundstage.store.orders import NewJob
from soundstage.store.store import Store
from soundstage.studio.access import Caller, Plan
from soundstage.studio.jobs import Accepted, JobFilter, Jobs, Order

MOST_AT_ONCE = 1000
ORDERS_A_TRANSACTION = 50
"""Small, so that workers need not wait long for their turn to write."""
MOST_SHOWN = 5


class BulkAction(StrEnum):
    CANCEL = "cancel"
    RETRY = "retry"
    PAUSE = "pause"
    RESUME = "resume"
    DELETE = "delete"


_ACTS: Mapping[BulkAction, Callable[[Jobs, str, Plan], None]] = MappingProxyType(
    {
        BulkAction.CANCEL: lambda jobs, job_id, _: jobs.cancel(job_id),
        BulkAction.RETRY: lambda jobs, job_id, plan: jobs.retry(job_id, plan=plan),
        BulkAction.PAUSE: lambda jobs, job_id, _: jobs.pause(job_id),
        BulkAction.RESUME: lambda jobs, job_id, _: jobs.resume(job_id),
        BulkAction.DELETE: lambda jobs, job_id, _: jobs.delete(job_id),
    }
)


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What the action did to one job: nothing to tell, or why not."""

    job_id: str
    error: SoundstageError | None = None


class Batches:
    def __init__(self, jobs: Jobs, store: Store) -> None:
        self._jobs = jobs
        self._store = store

    def accept(self, orders: Sequence[Order | SoundstageError]) -> list[Accepted | SoundstageError]:
        """One result for each order, in their order. What could not even be read comes in as its error."""
        results: list[Accepted | SoundstageError] = []
        for start in range(0, len(orders), ORDERS_A_TRANSACTION):
            results += self._accept(orders[start : start + ORDERS_A_TRANSACTION], is_atomic=False)
        return results

    def accept_all_or_none(self, orders: Sequence[Order | SoundstageError]) -> list[Accepted]:
        """Raises BatchRefused, and makes no job, where one order is refused."""
        results = self._accept(orders, is_atomic=True)
        return [result for result in results if isinstance(result, Accepted)]

    def act(self, action: BulkAction, job_ids: Sequence[str], caller: Caller) -> list[BulkOutcome]:
        """One after the other, on jobs that the caller finds and within the limits of the caller's plan."""
        return [self._act(action, job_id, caller) for job_id in dict.fromkeys(job_ids)]

    def find(self, wanted: JobFilter) -> Sequence[str]:
        """The ids that a bulk action means by a filter: at most `wanted.limit`."""
        return self._jobs.find_ids(wanted).jobs

    def _accept(self, orders: Sequence[Order | SoundstageError], is_atomic: bool) -> list[Accepted | SoundstageError]:
        checked = [self._checked(order) for order in orders]
        refused = {line: result for line, result in enumerate(checked, 1) if isinstance(result, SoundstageError)}
        if is_atomic and refused:
            raise _refusal(refused)
        new = [order for order in checked if isinstance(order, NewJob)]
        stored = self._store.orders.accept_all(new, is_atomic)
        self._jobs.changed(result.job_id for result in stored if isinstance(result, Accepted))
        following = iter(stored)
        return [next(following) if isinstance(result, NewJob) else result for result in checked]

    def _checked(self, order: Order | SoundstageError) -> NewJob | Accepted | SoundstageError:
        if isinstance(order, SoundstageError):
            return order
        try:
            return self._jobs.find_earlier(order) or self._jobs.checked(order)
        except SoundstageError as error:
            return error

    def _act(self, action: BulkAction, job_id: str, caller: Caller) -> BulkOutcome:
        try:
            self._jobs.check_owner(job_id, caller.sees)
            _ACTS[action](self._jobs, job_id, caller.plan)
        except SoundstageError as error:
            return BulkOutcome(job_id, error)
        return BulkOutcome(job_id)


def _refusal(refused: Mapping[int, SoundstageError]) -> BatchRefused:
    shown = [f"line {line}: {error.message}" for line, error in list(refused.items())[:MOST_SHOWN]]
    return BatchRefused(f"No job was made, because {len(refused)} of the orders cannot be: {' '.join(shown)}")
