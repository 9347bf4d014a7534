import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { formatDuration, formatTook } from "@/lib/format";
import { useNow } from "@/lib/scope";

import { JobRail } from "../components/JobRail";
import { isFinal, type Job } from "../model/job";

interface ProgressPanelProps {
  job: Job;
  selected: string | null;
  onSelect: (stage: string) => void;
}

/** The line of stages, how far the whole is, and its times. */
export function ProgressPanel({ job, selected, onSelect }: ProgressPanelProps) {
  const { t } = useTranslation("job");
  return (
    <section className="rounded-panel border border-line bg-panel p-4 sm:p-5">
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
        <p className="font-mono text-display tabular-nums leading-none">
          {job.progress}
          <span className="ml-1 text-lead text-ink-faint">%</span>
        </p>
        <dl className="flex gap-6 text-right">
          {job.started_at !== null && (
            <Figure name={isFinal(job) ? t("took") : t("elapsed")}>
              <Elapsed from={job.started_at} to={job.finished_at} />
            </Figure>
          )}
          {job.remaining_seconds !== null && !isFinal(job) && (
            <Figure name={t("remaining")}>
              {t("remainingAbout", { time: formatDuration(job.remaining_seconds) })}
            </Figure>
          )}
        </dl>
      </div>
      <JobRail job={job} size="large" selected={selected} onSelect={onSelect} />
    </section>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="strip">{name}</dt>
      <dd className="figures">{children}</dd>
    </div>
  );
}

/** How long something has been going on, or took. */
export function Elapsed({ from, to }: { from: string; to: string | null }) {
  return to === null ? <Running from={from} /> : <>{formatTook(secondsBetween(from, Date.parse(to)))}</>;
}

function Running({ from }: { from: string }) {
  return <>{formatDuration(secondsBetween(from, useNow()))}</>;
}

function secondsBetween(from: string, to: number): number {
  return (to - Date.parse(from)) / 1000;
}
