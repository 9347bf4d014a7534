import type { Tick } from "@/lib/live";

import { type Job, type JobSummary, isFinal, type Part, type Stage, type StageSummary } from "./job";

type Ticks = ReadonlyMap<number, Tick>;

/** The newest tick of each part of each job that moves. They come faster than the database is told. */
const newest = new Map<string, Map<number, Tick>>();

export function keepTick(tick: Tick): void {
  const known = newest.get(tick.job) ?? new Map<number, Tick>();
  newest.set(tick.job, known.set(tick.part, tick));
}

export function forgetTicks(jobId: string): void {
  newest.delete(jobId);
}

/** A job as it was loaded, with what has been reported since. Its progress never goes back. */
export function withTicks(job: Job): Job {
  const ticks = newest.get(job.id);
  if (ticks === undefined || isFinal(job)) return job;
  const stages = job.stages.map((stage) => stageWithTicks(stage, ticks));
  return { ...job, stages, progress: Math.max(job.progress, progressOf(stages)) };
}

/** The same for a job in a list, which knows no parts: only a stage that is one part moves between two loads. */
export function summaryWithTicks(job: JobSummary): JobSummary {
  const ticks = newest.get(job.id);
  if (ticks === undefined || isFinal(job)) return job;
  const stages = job.stages.map((stage) => summaryStageWithTicks(stage, ticks));
  return { ...job, stages, progress: Math.max(job.progress, progressOf(stages)) };
}

/** Floor of the sum of weight and fraction: as the server counts. 100 comes with success alone. */
export function progressOf(stages: readonly StageSummary[]): number {
  const whole = stages.reduce((sum, stage) => sum + stage.weight, 0);
  const done = stages.reduce((sum, stage) => sum + (stage.weight * stage.progress) / 100, 0);
  return Math.min(99, Math.floor((100 * done) / whole));
}

function stageWithTicks(stage: Stage, ticks: Ticks): Stage {
  if (stage.state !== "active" && stage.state !== "ready") return stage;
  const parts = stage.parts.map((part) => partWithTick(part, ticks.get(part.id)));
  const mean = parts.reduce((sum, part) => sum + part.progress, 0) / Math.max(1, parts.length);
  return { ...stage, parts, progress: Math.max(stage.progress, mean) };
}

function partWithTick(part: Part, tick: Tick | undefined): Part {
  if (tick === undefined || part.state !== "active" || tick.attempt < part.attempt) return part;
  return { ...part, progress: Math.max(part.progress, tick.fraction * 100), message: tick.message ?? part.message };
}

function summaryStageWithTicks(stage: StageSummary, ticks: Ticks): StageSummary {
  if (stage.state !== "active") return stage;
  const fractions = [...ticks.values()]
    .filter((tick) => tick.stage === stage.key && tick.item === null)
    .map((tick) => tick.fraction);
  return { ...stage, progress: Math.max(stage.progress, ...fractions.map((fraction) => fraction * 100)) };
}
