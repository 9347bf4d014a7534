import type { TFunction } from "i18next";

import type { RailSegment, RailTick, Tone } from "@/components/ui/Rail";

import type { JobState, Part, PartState, StageSummary } from "./job";

const JOB_TONES: Record<JobState, Tone> = {
  queued: "idle",
  running: "active",
  waiting: "waiting",
  paused: "paused",
  succeeded: "done",
  failed: "failed",
  cancelled: "skipped",
};

const STAGE_TONES: Record<PartState, Tone> = {
  pending: "idle",
  ready: "idle",
  active: "active",
  waiting: "waiting",
  completed: "done",
  failed: "failed",
  skipped: "skipped",
  cancelled: "skipped",
};

export type JobsT = TFunction<"jobs">;

export function toneOfJob(state: JobState): Tone {
  return JOB_TONES[state];
}

export function toneOfPart(state: PartState): Tone {
  return STAGE_TONES[state];
}

export function jobStateWord(t: JobsT, state: JobState): string {
  const words: Record<JobState, string> = {
    queued: t("stateQueued"),
    running: t("stateRunning"),
    waiting: t("stateWaiting"),
    paused: t("statePaused"),
    succeeded: t("stateSucceeded"),
    failed: t("stateFailed"),
    cancelled: t("stateCancelled"),
  };
  return words[state];
}

export function partStateWord(t: JobsT, state: PartState, percent: number): string {
  const words: Record<PartState, string> = {
    pending: t("stagePending"),
    ready: t("stageReady"),
    active: t("stageActive", { percent: Math.floor(percent) }),
    waiting: t("stageWaiting"),
    completed: t("stageCompleted"),
    failed: t("stageFailed"),
    skipped: t("stageSkipped"),
    cancelled: t("stageCancelled"),
  };
  return words[state];
}

/** A job as the segments of a rail. Parts become ticks where a stage has several. */
export function segmentsOf(
  t: JobsT,
  stages: readonly (StageSummary & { parts?: readonly Part[] })[],
  state: JobState,
): RailSegment[] {
  return stages.map((stage) => {
    const ticks = (stage.parts ?? []).filter((part) => part.item !== null).map((part) => tickOf(t, part));
    const isHeld = state === "paused" && stage.state === "ready";
    return {
      key: stage.key,
      label: stage.label,
      weight: stage.weight,
      fraction: stage.progress / 100,
      tone: isHeld ? "paused" : toneOfPart(stage.state),
      spoken: isHeld ? t("stagePaused") : partStateWord(t, stage.state, stage.progress),
      ...(ticks.length > 0 && { ticks }),
    };
  });
}

function tickOf(t: JobsT, part: Part): RailTick {
  const word = partStateWord(t, part.state, part.progress);
  return {
    key: String(part.id),
    tone: toneOfPart(part.state),
    fraction: part.progress / 100,
    label: `${t("itemNumber", { number: (part.item ?? 0) + 1 })}: ${word}`,
  };
}
