import type { InfiniteData, QueryClient } from "@tanstack/react-query";

import { type LiveMessage, listenLive, type Tick } from "@/lib/live";

import type { Job } from "./job";
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
  queries.setQueriesData<JobPage>({ queryKey: jobKeys.lists }, (page) => page && pageWithTick(page, tick));
  queries.setQueriesData<InfiniteData<JobPage>>({ queryKey: jobKeys.pages }, (all) => {
    const pages = all?.pages.map((page) => pageWithTick(page, tick));
    return pages?.some((page, index) => page !== all?.pages[index]) === true && all ? { ...all, pages } : all;
  });
}

/** The same page where the tick is of none of its jobs, so that nothing is drawn again. */
function pageWithTick(page: JobPage, tick: Tick): JobPage {
  const jobs = page.jobs.map((job) => (job.id === tick.job ? summaryWithTicks(job) : job));
  return jobs.some((job, index) => job !== page.jobs[index]) ? { ...page, jobs } : page;
}
