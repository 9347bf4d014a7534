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

const JOB_WORDS = {
  queued: "stateQueued",
  running: "stateRunning",
  waiting: "stateWaiting",
  paused: "statePaused",
  succeeded: "stateSucceeded",
  failed: "stateFailed",
  cancelled: "stateCancelled",
} as const satisfies Record<JobState, string>;

const STAGE_WORDS = {
  pending: "stagePending",
  ready: "stageReady",
  active: "stageActive",
  waiting: "stageWaiting",
  completed: "stageCompleted",
  failed: "stageFailed",
  skipped: "stageSkipped",
  cancelled: "stageCancelled",
} as const satisfies Record<PartState, string>;

export function jobStateWord(t: JobsT, state: JobState): string {
  return t(JOB_WORDS[state]);
}

export function partStateWord(t: JobsT, state: PartState, percent: number): string {
  return t(STAGE_WORDS[state], { percent: Math.floor(percent) });
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
