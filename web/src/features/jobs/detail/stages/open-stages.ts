import { useState } from "react";

import type { Job } from "../../model/job";

export interface OpenStages {
  open: ReadonlySet<string>;
  selected: string | null;
  toggle: (stage: string) => void;
  /** Opens a stage and brings it into view. */
  show: (stage: string) => void;
}

/** Which stages are open: the one that counts, until somebody chooses. */
export function useOpenStages(job: Job): OpenStages {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const counting = job.state === "succeeded" ? null : (countingStage(job)?.key ?? null);
  const open = chosen ?? new Set(counting === null ? [] : [counting]);
  return {
    open,
    selected: selected ?? counting,
    toggle(stage) {
      const next = new Set(open);
      if (!next.delete(stage)) next.add(stage);
      setChosen(next);
      setSelected(stage);
    },
    show(stage) {
      setChosen(new Set([...open, stage]));
      setSelected(stage);
      requestAnimationFrame(() => document.getElementById(stageElementId(stage))?.scrollIntoView({ block: "nearest" }));
    },
  };
}

/** The stage that the eye would look at: it failed, it waits, it works, or it is next. */
export function countingStage(job: Job): Job["stages"][number] | undefined {
  const order = ["failed", "waiting", "active", "ready", "cancelled"] as const;
  return order.flatMap((state) => job.stages.filter((stage) => stage.state === state))[0];
}

export function stageElementId(stage: string): string {
  return `stage-${stage}`;
}
