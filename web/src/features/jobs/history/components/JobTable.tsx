import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useId, useLayoutEffect, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { paths } from "@/config/paths";
import { useMedia } from "@/lib/scope";
import { remPixels, useOffsetTop } from "@/lib/scrolling";

import type { JobSummary } from "../../model/job";
import { usePipelineTitles } from "../../model/titles";
import { stepOf } from "../model/keys";
import type { Selection } from "../model/selection";
import { useActiveRow } from "./active-row";
import { JobTableHead } from "./JobTableHead";
import { JobTableRow, rowId } from "./JobTableRow";

/** More rows are asked for when the last one is as near as this. */
const ROWS_AHEAD = 40;
const ROW_REM = { wide: 3.75, narrow: 4.5 };

interface JobTableProps {
  jobs: readonly JobSummary[];
  /** How many there are, loaded or not; -1 where nobody knows. */
  total: number;
  selection: Selection;
  onNearEnd: () => void;
}

/**
 * Any number of jobs, of which the page holds only those in sight and the one that has the focus. To those who listen it is a
 * table of all of them; the keyboard moves through it as through a list of files.
 */
export function JobTable({ jobs, total, selection, onNearEnd }: JobTableProps) {
  const { t } = useTranslation("history");
  const titleOf = usePipelineTitles();
  const navigate = useNavigate();
  const keysId = useId();
  const [top, measureTop] = useOffsetTop();
  const height = remPixels(useMedia("(min-width: 64rem)") ? ROW_REM.wide : ROW_REM.narrow);
  const { active, setActiveId, focus } = useActiveRow(jobs);
  const idAt = useCallback((index: number) => jobs[index]?.id ?? index, [jobs]); // a new one makes it measure every row
  const rows = useWindowVirtualizer<HTMLDivElement>({
    count: jobs.length,
    estimateSize: () => height,
    getItemKey: idAt,
    overscan: 4,
    scrollMargin: top,
    scrollPaddingStart: height,
    scrollPaddingEnd: height,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), active])].sort((a, b) => a - b),
  });
  useLayoutEffect(() => rows.measure(), [rows, height]);

  const items = rows.getVirtualItems().filter(({ index }) => index < jobs.length);
  const lastInSight = items.findLast(({ index }) => index !== active)?.index ?? 0;
  const isNearEnd = lastInSight >= jobs.length - ROWS_AHEAD;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, jobs.length, onNearEnd]);

  function moveTo(index: number): void {
    rows.scrollToIndex(index, { align: "auto" });
    focus(index);
  }

  function hear(event: KeyboardEvent): void {
    const job = jobs[active];
    if (job === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOnRow = event.target instanceof HTMLElement && event.target.id === rowId(job.id);
    const screen = Math.max(1, Math.floor(window.innerHeight / height) - 2);
    const next = stepOf(event.key, { at: active, last: jobs.length - 1, screen });
    if (next !== null) moveTo(next);
    else if (event.key === "Escape") selection.clear();
    else if (isOnRow && event.key === " ") (event.shiftKey ? selection.extendTo : selection.toggle)(job.id);
    else if (isOnRow && event.key === "Enter") void navigate(paths.job(job.id));
    else return;
    event.preventDefault();
  }

  return (
    <div
      role="grid"
      tabIndex={-1}
      aria-label={t("table")}
      aria-describedby={keysId}
      aria-rowcount={total < 0 ? -1 : total + 1}
      aria-multiselectable
      onKeyDown={hear}
      className="rounded-panel border border-line bg-panel outline-none"
    >
      <p id={keysId} hidden>
        {t("tableKeys")}
      </p>
      <JobTableHead jobs={jobs} selection={selection} />
      <div role="rowgroup" ref={measureTop} className="relative" style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const job = jobs[index];
          return (
            job !== undefined && (
              <JobTableRow
                key={job.id}
                job={job}
                title={titleOf(job.pipeline)}
                index={index}
                top={start - top}
                height={height}
                isActive={index === active}
                isSelected={selection.has(job.id)}
                onFocus={setActiveId}
                onToggle={selection.toggle}
                onExtend={selection.extendTo}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
