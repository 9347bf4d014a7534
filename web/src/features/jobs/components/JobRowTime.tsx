import { formatDuration } from "@/lib/format";
import { useNow } from "@/lib/scope";

import { isFinal, type JobSummary } from "../model/job";

/** How long it took, or takes so far; a dash where it has not begun. */
export function JobRowTime({ job }: { job: JobSummary }) {
  if (job.started_at === null) return <span className="text-ink-faint">–</span>;
  const from = Date.parse(job.started_at);
  if (job.finished_at !== null) return <Took seconds={(Date.parse(job.finished_at) - from) / 1000} />;
  return isFinal(job) ? null : <TakesSoFar from={from} />;
}

function TakesSoFar({ from }: { from: number }) {
  return <Took seconds={(useNow() - from) / 1000} />;
}

function Took({ seconds }: { seconds: number }) {
  return <span className="figures whitespace-nowrap">{formatDuration(seconds)}</span>;
}
