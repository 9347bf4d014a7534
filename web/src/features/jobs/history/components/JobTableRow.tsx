import { RotateCw } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago } from "@/components/ui/Ago";
import { paths } from "@/config/paths";
import { classes } from "@/lib/classes";

import { JobLamp } from "../../components/JobLamp";
import { JobRail } from "../../components/JobRail";
import { JobRowTime } from "../../components/JobRowTime";
import { type JobSummary, nameOf } from "../../model/job";

interface JobTableRowProps {
  job: JobSummary;
  title: string;
  /** From 0. */
  index: number;
  /** From the top of the list, and as high as the list counts with, in pixels. */
  top: number;
  height: number;
  isActive: boolean;
  isSelected: boolean;
  onFocus: (jobId: string) => void;
  onToggle: (jobId: string) => void;
  onExtend: (jobId: string) => void;
}

export const COLUMNS =
  "grid items-center gap-x-3 xl:gap-x-4 grid-cols-[2.25rem_auto_minmax(0,1fr)_auto_2.5rem] lg:grid-cols-[2.25rem_minmax(0,1fr)_6.5rem_6rem_6.5rem_2.25rem] xl:grid-cols-[2.5rem_minmax(0,1fr)_7.5rem_12rem_4rem_8rem_2.5rem]";

export function rowId(jobId: string): string {
  return `row-${jobId}`;
}

/** A job in the table: one line where there is room, two on a phone. Only the row that has the focus is a stop of the Tab key. */
export const JobTableRow = memo(function JobTableRow({ job, title, index, top, height, ...row }: JobTableRowProps) {
  const { t } = useTranslation("history");
  const name = nameOf(job);
  const tabIndex = row.isActive ? 0 : -1;
  return (
    <div
      role="row"
      id={rowId(job.id)}
      aria-rowindex={index + 2}
      aria-selected={row.isSelected}
      tabIndex={tabIndex}
      onFocus={() => row.onFocus(job.id)}
      style={{ transform: `translateY(${top}px)`, height }}
      className={classes(
        COLUMNS,
        "absolute inset-x-0 top-0 border-b border-line px-2 -outline-offset-2 sm:px-3",
        row.isSelected ? "bg-signal/12" : "hover:bg-hover",
      )}
    >
      <div role="gridcell" className="z-10 row-span-2 lg:row-span-1">
        <label className="grid size-9 cursor-pointer place-items-center">
          <input
            type="checkbox"
            aria-label={t("select", { name })}
            checked={row.isSelected}
            tabIndex={tabIndex}
            onChange={({ nativeEvent }) =>
              (nativeEvent instanceof MouseEvent && nativeEvent.shiftKey ? row.onExtend : row.onToggle)(job.id)
            }
            className="size-4.5 accent-signal-strong"
          />
        </label>
      </div>
      <div role="gridcell" className="col-span-3 min-w-0 self-end lg:col-span-1 lg:self-center">
        <Link
          to={paths.job(job.id)}
          dir="auto"
          title={name}
          tabIndex={tabIndex}
          className="block truncate text-left font-medium after:absolute after:inset-0 hover:underline"
        >
          {name}
        </Link>
        <p className="hidden truncate text-small text-ink-faint lg:block" title={job.error?.message}>
          {title}
          {job.error !== null && <span className="text-failed-ink"> · {job.error.message}</span>}
        </p>
      </div>
      <div role="gridcell" className="col-start-2 row-start-2 lg:col-start-3 lg:row-start-1">
        <JobLamp state={job.state} />
      </div>
      <div role="gridcell" className="col-start-3 row-start-2 lg:col-start-4 lg:row-start-1">
        <JobRail job={job} />
      </div>
      <div
        role="gridcell"
        className="hidden text-right text-small text-ink-soft xl:col-start-5 xl:row-start-1 xl:block"
      >
        <JobRowTime job={job} />
      </div>
      <div
        role="gridcell"
        className="col-start-4 row-start-2 text-right text-small text-ink-soft lg:col-start-5 lg:row-start-1 xl:col-start-6"
      >
        <Ago moment={job.created_at} />
      </div>
      <div
        role="gridcell"
        className="z-10 col-start-5 row-span-2 row-start-1 lg:col-start-6 lg:row-span-1 xl:col-start-7"
      >
        <Link
          to={paths.again(job.pipeline, job.id)}
          aria-label={t("again", { name })}
          title={t("again", { name })}
          tabIndex={tabIndex}
          className="grid size-9 place-items-center rounded-small text-ink-soft hover:bg-raised hover:text-ink"
        >
          <RotateCw aria-hidden className="size-4" />
        </Link>
      </div>
    </div>
  );
});
