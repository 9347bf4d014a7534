"""Very many jobs in the history: scrolling through all of them, and choosing among them."""

from __future__ import annotations

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
(state) => new Promise((painted) => {
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
  chip.click();
})
"""
SCREEN_PIXELS = 800
LOOK_EVERY = 10
ROWS = "[role=grid] [role=row][aria-rowindex='2']"
CHOICES = (("/jobs", "Cancelled"), ("/jobs?state=cancelled", "Succeeded"))
"""Where one is, and the state that is chosen there: the first row is another one then."""


def long_tasks_ms(visit: Visit, jobs: int) -> Sequence[float]:
    """Turns the wheel until the last of so many jobs is there: the tasks over 50 ms, of the browser's own telling."""
    with visit.page("/jobs") as page:
        page.wait_for_selector(ROWS)
        page.evaluate(NOTE_LONG_TASKS)
        page.mouse.move(700, 600)
        while page.locator(f"[aria-rowindex='{jobs + 1}']").count() == 0:
            _turn_wheel(page)
        tasks: list[float] = page.evaluate("longTasks")
    return tasks


def filter_to_rows_ms(visit: Visit, rounds: int) -> list[float]:
    """From the click on a state until its rows are painted; each time on a page that has not seen them."""
    taken_ms: list[float] = []
    for path, state in CHOICES * rounds:
        with visit.page(path) as page:
            page.wait_for_selector(ROWS)
            taken_ms.append(float(page.evaluate(CHOOSE, state)))
    return taken_ms


def _turn_wheel(page: Page) -> None:
    for _ in range(LOOK_EVERY):
        page.mouse.wheel(0, SCREEN_PIXELS)
