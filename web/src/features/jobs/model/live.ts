import type { InfiniteData, QueryClient } from "@tanstack/react-query";

import { type Fact, type LiveMessage, listenLive, type Tick } from "@/lib/live";

import type { Job, JobSummary } from "./job";
import { jobKeys, type JobPage } from "./queries";
import { keepTick, summaryWithTicks, withTicks } from "./ticks";

/** Facts come in bursts, at each hand-over between stages. */
const GATHER_MS = 80;
/** How soon lists follow a fact. */
const LISTS_MS = 250;
/** The same while items of a stage move, of which lists know only the sum. */
const ITEMS_MS = 1_000;

/** Keeps every picture of a job that the page holds as true as the stream. Gives what ends it. */
export function followJobs(queries: QueryClient): () => void {
  const changed = new Set<string>();
  let gathering: ReturnType<typeof setTimeout> | null = null;
  let listsDue: ReturnType<typeof setTimeout> | null = null;

  function reloadChanged(): void {
    gathering = null;
    for (const jobId of changed) {
      void queries.invalidateQueries({ queryKey: jobKeys.one(jobId) });
      void queries.invalidateQueries({ queryKey: jobKeys.logs(jobId) });
      void queries.invalidateQueries({ queryKey: jobKeys.attempts(jobId) });
    }
    changed.clear();
    void queries.invalidateQueries({ queryKey: jobKeys.counts });
    reloadLists(LISTS_MS);
  }

  function reloadLists(withinMs: number): void {
    listsDue ??= setTimeout(() => {
      listsDue = null;
      void queries.invalidateQueries({ queryKey: jobKeys.lists });
    }, withinMs);
  }

  function hear(message: LiveMessage): void {
    if (message.type === "tick") {
      showTick(queries, message.tick);
      if (message.tick.item !== null) reloadLists(ITEMS_MS);
      return;
    }
    if (message.type === "reload") {
      void queries.invalidateQueries({ queryKey: jobKeys.all });
      return;
    }
    changed.add(message.fact.job);
    gathering ??= setTimeout(reloadChanged, GATHER_MS);
  }

  const stop = listenLive(hear);
  return () => {
    stop();
    if (gathering !== null) clearTimeout(gathering);
    if (listsDue !== null) clearTimeout(listsDue);
  };
}

function showTick(queries: QueryClient, tick: Tick): void {
  keepTick(tick);
  queries.setQueryData<Job>(jobKeys.one(tick.job), (job) => job && withTicks(job));
  const shown = (jobs: JobSummary[]) => jobs.map((job) => (job.id === tick.job ? summaryWithTicks(job) : job));
  queries.setQueriesData<JobPage | InfiniteData<JobPage>>({ queryKey: jobKeys.lists }, (lists) => {
    if (lists === undefined) return lists;
    if ("pages" in lists) return { ...lists, pages: lists.pages.map((page) => ({ ...page, jobs: shown(page.jobs) })) };
    return { ...lists, jobs: shown(lists.jobs) };
  });
}

/** Facts that a person wants to hear of though they look elsewhere. */
export function isNews(fact: Fact): boolean {
  return ["job.succeeded", "job.failed", "job.waiting"].includes(fact.kind);
}
