"""From a report of progress in a worker to the pixels of the job's page."""

from __future__ import annotations

import json
from contextlib import closing

from bench.page_visit import Visit

NOTE_WHAT_IS_PAINTED = """
() => {
  const painted = (globalThis.painted = []);
  const seen = new Set();
  const notePaint = (told) => requestAnimationFrame(() => {
    const afterPaint = new MessageChannel();
    afterPaint.port1.onmessage = () => painted.push(performance.timeOrigin + performance.now() - told * 1000);
    afterPaint.port2.postMessage(null);
  });
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      for (const { textContent } of [target, ...addedNodes]) {
        const told = /told at ([0-9.]+)/.exec(textContent)?.[1];
        if (told === undefined || seen.has(told)) continue;
        seen.add(told);
        notePaint(Number(told));
      }
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}
"""
"""Both clocks are the machine's. What comes after a frame's callbacks and its paint is the next message."""
PIPELINE = "bench_ticking"


def tick_to_pixels_ms(visit: Visit, ticks: int) -> list[float]:
    """Orders a job, opens its page, and deletes it when so many ticks were painted."""
    wish = {"pipeline": PIPELINE, "params": {"bell": ""}}
    job_id = json.loads(_send(visit, "POST", "/api/jobs", json.dumps(wish).encode()))["id"]
    with visit.page(f"/jobs/{job_id}") as page:
        page.get_by_text("told at").first.wait_for()
        page.evaluate(NOTE_WHAT_IS_PAINTED)
        page.wait_for_function("most => painted.length >= most", arg=ticks, timeout=ticks * 2_000)
        latencies_ms: list[float] = page.evaluate("painted")
    _send(visit, "DELETE", f"/api/jobs/{job_id}?cancel=true")
    return latencies_ms[:ticks]


def _send(visit: Visit, method: str, path: str, body: bytes | None = None) -> bytes:
    with closing(visit.client()) as client:
        return client.send(method, path, body, {"Content-Type": "application/json"})
