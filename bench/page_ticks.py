"""From a report of progress in a worker to the pixels of the job's page."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

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
    """Orders a job, opens its page, and cancels it when so many ticks were painted."""
    client = visit.client()
    with tempfile.NamedTemporaryFile() as nobody:
        wish = {"pipeline": PIPELINE, "params": {"bell": str(Path(nobody.name))}}
        job = client.send("POST", "/api/jobs", json.dumps(wish).encode(), {"Content-Type": "application/json"})
    path = f"/api/jobs/{json.loads(job)['id']}"
    with visit.page(path.removeprefix("/api")) as page:
        page.get_by_text("told at").first.wait_for()
        page.evaluate(NOTE_WHAT_IS_PAINTED)
        page.wait_for_function("most => painted.length >= most", arg=ticks, timeout=ticks * 2_000)
        latencies_ms: list[float] = page.evaluate("painted")
        client.send("POST", f"{path}/cancel")
    client.close()
    return latencies_ms[:ticks]
