"""Whatever workers, people and faults do, in whatever order: the store keeps its promises."""

from __future__ import annotations

from collections.abc import Callable


def test_no_order_of_actions_and_faults_breaks_a_promise(run_machine: Callable[..., None]) -> None:
    run_machine(examples=60, steps=50)
