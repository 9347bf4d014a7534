import { useLayoutEffect, useRef, useState } from "react";

import type { JobSummary } from "../../model/job";
import { rowId } from "./JobTableRow";

/** The row that has, or would get, the focus: by its job, so that it stays with it whatever comes above. */
export function useActiveRow(jobs: readonly JobSummary[]) {
  const [activeId, setActiveId] = useState<string | null>(null);
  const [lastIndex, setLastIndex] = useState(0);
  const isWished = useRef(false);
  const found = jobs.findIndex((job) => job.id === activeId);
  const active = found >= 0 ? found : Math.min(lastIndex, jobs.length - 1);
  const job = jobs[active];
  if (found >= 0 && found !== lastIndex) setLastIndex(found);

  useLayoutEffect(() => {
    if (!isWished.current && (activeId === null || activeId === job?.id || document.activeElement !== document.body))
      return;
    isWished.current = false; // either a key moved it, or the job that had it is gone: its neighbour takes it
    if (job !== undefined) document.getElementById(rowId(job.id))?.focus({ preventScroll: true });
  }, [activeId, job]);

  function focus(index: number): void {
    isWished.current = true;
    setActiveId(jobs[index]?.id ?? null);
  }
  return { active, setActiveId, focus };
}
