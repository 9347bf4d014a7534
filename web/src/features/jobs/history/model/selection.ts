import { useState } from "react";

import type { JobSummary } from "../../model/job";

export interface Selection {
  /** In the order of the list; those that are no longer in it count no more. */
  jobs: readonly JobSummary[];
  /** Every job that fits the filter, loaded or not. */
  isEverything: boolean;
  has: (jobId: string) => boolean;
  toggle: (jobId: string) => void;
  /** From the one that was chosen last to this one. */
  extendTo: (jobId: string) => void;
  chooseLoaded: () => void;
  chooseEverything: () => void;
  clear: () => void;
}

interface Chosen {
  ids: ReadonlySet<string>;
  last: string | null;
  isEverything: boolean;
}

const NOTHING: Chosen = { ids: new Set(), last: null, isEverything: false };

/** What is selected of a list, by id: it stays whatever the list does. `listKey` names the list; another begins empty. */
export function useSelection(jobs: readonly JobSummary[], listKey: string): Selection {
  const [kept, setKept] = useState({ listKey, chosen: NOTHING });
  const chosen = kept.listKey === listKey ? kept.chosen : NOTHING;
  const choose = (change: Partial<Chosen>) =>
    setKept({ listKey, chosen: { ...chosen, isEverything: false, ...change } });

  return {
    jobs: chosen.isEverything ? jobs : jobs.filter((job) => chosen.ids.has(job.id)),
    isEverything: chosen.isEverything,
    has: (jobId) => chosen.isEverything || chosen.ids.has(jobId),
    toggle: (jobId) => {
      const before = chosen.isEverything ? new Set(jobs.map((job) => job.id)) : chosen.ids;
      choose({ ids: before.has(jobId) ? without(before, jobId) : new Set(before).add(jobId), last: jobId });
    },
    extendTo: (jobId) => {
      const [from, to] = [indexOf(jobs, chosen.last ?? jobId), indexOf(jobs, jobId)];
      const between = jobs.slice(Math.min(from, to), Math.max(from, to) + 1);
      choose({ ids: new Set([...chosen.ids, ...between.map((job) => job.id)]), last: jobId });
    },
    chooseLoaded: () => choose({ ids: new Set(jobs.map((job) => job.id)) }),
    chooseEverything: () => choose({ isEverything: true }),
    clear: () => setKept({ listKey, chosen: NOTHING }),
  };
}

function indexOf(jobs: readonly JobSummary[], jobId: string): number {
  return Math.max(
    0,
    jobs.findIndex((job) => job.id === jobId),
  );
}

function without(ids: ReadonlySet<string>, jobId: string): Set<string> {
  return new Set([...ids].filter((id) => id !== jobId));
}
