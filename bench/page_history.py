"""Very many jobs in the history: scrolling through all of them, and choosing among them."""

from __future__ import annotations

import time
from collections.abc import Sequence

from playwright.sync_api import Page

from bench.page_visit import Visit

NOTE_LONG_TASKS = """
() => {
  globalThis.longTasks = [];
  new PerformanceObserver((tasks) => {
    longTasks.push(...tasks.getEntries().map(({ duration }) => duration));
  }).observe({ type: "longtask" });
}
"""
CHOOSE = """
([state, withinMs]) => new Promise((painted, failed) => {
  const first = () => document.querySelector("[role=grid] [role=row][aria-rowindex='2']")?.id;
  const before = first();
  const chip = [...document.querySelectorAll("button[aria-pressed]")].find((one) => one.textContent.includes(state));
  const begun = performance.now();
  const afterPaint = new MessageChannel();
  afterPaint.port1.onmessage = () => painted(performance.now() - begun);
  const changes = new MutationObserver(() => {
    if (first() === before) return;
    changes.disconnect();
    requestAnimationFrame(() => afterPaint.port2.postMessage(null));
  });
  changes.observe(document.body, { subtree: true, childList: true, attributes: true });
  setTimeout(() => failed(new Error(`The rows of "${state}" did not come in ${withinMs} ms.`)), withinMs);
  chip.click();
})
"""
IS_AT_END = """
() => {
  const grid = document.querySelector("[role=grid]");
  return grid.querySelector(`[aria-rowindex="${grid.getAttribute("aria-rowcount")}"]`) !== null;
}
"""
ROWS_WITHIN_MS = 30_000
SCREEN_PIXELS = 800
SCROLL_WITHIN_SECONDS = 300.0
LOOK_EVERY = 10
ROWS = "[role=grid] [role=row][aria-rowindex='2']"
CHOICES = (("/jobs", "Cancelled"), ("/jobs?state=cancelled", "Done"))
"""Where one is, and the state that is chosen there: the first row is another one then."""


def long_tasks_ms(visit: Visit) -> Sequence[float]:
    """Turns the wheel until the last of all jobs is there: the tasks over 50 ms, of the browser's own telling.

    Raises TimeoutError where the end does not come.
    """
    deadline = time.monotonic() + SCROLL_WITHIN_SECONDS
    with visit.page("/jobs") as page:
        page.wait_for_selector(ROWS)
        page.evaluate(NOTE_LONG_TASKS)
        page.mouse.move(700, 600)
        while not page.evaluate(IS_AT_END):
            if time.monotonic() > deadline:
                raise TimeoutError(f"The end of the history did not come in {SCROLL_WITHIN_SECONDS:.0f} s.")
            _turn_wheel(page)
        tasks: list[float] = page.evaluate("longTasks")
    return tasks


def filter_to_rows_ms(visit: Visit, rounds: int) -> list[float]:
    """From the click on a state until its rows are painted; each time on a page that has not seen them."""
    taken_ms: list[float] = []
    for path, state in CHOICES * rounds:
        with visit.page(path) as page:
            page.wait_for_selector(ROWS)
            taken_ms.append(float(page.evaluate(CHOOSE, [state, ROWS_WITHIN_MS])))
    return taken_ms


def _turn_wheel(page: Page) -> None:
    for _ in range(LOOK_EVERY):
        page.mouse.wheel(0, SCREEN_PIXELS)
