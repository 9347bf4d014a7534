import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Failure } from "@/components/errors/Failure";
import { Loading } from "@/components/ui/Empty";
import { Panel } from "@/components/ui/Panel";
import { paths } from "@/config/paths";
import { formatDuration, formatNumber } from "@/lib/format";

import { JobLamp } from "../../components/JobLamp";
import { JobRail } from "../../components/JobRail";
import { JobRow } from "../../components/JobRow";
import type { JobSummary } from "../../model/job";
import { usePipelineTitles } from "../../model/titles";
import { inLineQuery, isTurn, runningQuery, waitingQuery } from "../model/board";

const ALL_UNDER_WAY = `${paths.history}?state=queued&state=running&state=waiting&state=paused`;

/** What works, what waits without needing anybody, and the first in line. `underWay` counts all that have not ended. */
export function WhatRuns({ underWay }: { underWay: number }) {
  const { t } = useTranslation("dashboard");
  const running = useQuery(runningQuery);
  const waiting = useQuery(waitingQuery);
  const inLine = useQuery(inLineQuery);
  if (running.data === undefined || waiting.data === undefined || inLine.data === undefined) {
    const failure = running.error ?? waiting.error ?? inLine.error;
    return failure === null ? <Loading label={t("loading")} /> : <Failure failure={failure} />;
  }
  const turns = waiting.data.jobs.filter(isTurn);
  const others = waiting.data.jobs.filter((job) => !isTurn(job));
  const jobs = [...running.data.jobs, ...others, ...inLine.data.jobs];
  const more = underWay - jobs.length - turns.length;
  if (jobs.length === 0) return null;
  return (
    <Panel
      title={t("runs")}
      actions={
        more > 0 && (
          <Link to={ALL_UNDER_WAY} className="text-small text-ink-soft hover:underline">
            {t("moreRuns", { count: more, shown: formatNumber(more) })}
          </Link>
        )
      }
    >
      <ul className="divide-y divide-line">
        {jobs.map((job) => (
          <RunningJob key={job.id} job={job} />
        ))}
      </ul>
    </Panel>
  );
}

function RunningJob({ job }: { job: JobSummary }) {
  const titleOf = usePipelineTitles();
  const stage = job.stages.find(({ key }) => key === job.current_stage)?.label;
  return (
    <JobRow job={job} about={[titleOf(job.pipeline), stage].filter(Boolean).join(" · ")}>
      <div className="grid grow basis-64 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1">
        <JobRail job={job} />
        <span className="figures text-right">{job.progress} %</span>
        <JobLamp state={job.state} />
        <Left job={job} />
      </div>
    </JobRow>
  );
}

function Left({ job }: { job: JobSummary }) {
  const { t } = useTranslation("dashboard");
  if (job.remaining_seconds === null || job.state !== "running") return null;
  return (
    <span className="text-right text-small text-ink-faint">
      {t("left", { time: formatDuration(job.remaining_seconds) })}
    </span>
  );
}
