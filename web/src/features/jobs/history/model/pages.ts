import type { InfiniteData, QueryClient } from "@tanstack/react-query";

import { answered, api } from "@/lib/api";
import { listenLive } from "@/lib/live";
import { Problem } from "@/lib/problem";

import type { JobSummary } from "../../model/job";
import { allJobsQuery, type JobFilter, type JobPage } from "../../model/queries";
import { summaryWithTicks } from "../../model/ticks";
import { fits, NEWEST_FIRST } from "./filter";

export type Pages = InfiniteData<JobPage>;

/** How soon the list follows a fact. */
const GATHER_MS = 250;
/** As many jobs are looked at one by one; of more the list is loaded anew. */
const MOST_AT_ONCE = 20;

/** Every job once: one that moved up between two pages is in both. */
export function jobsOf(pages: Pages | undefined): readonly JobSummary[] {
  const byId = new Map<string, JobSummary>();
  for (const page of pages?.pages ?? []) {
    for (const job of page.jobs) if (!byId.has(job.id)) byId.set(job.id, job);
  }
  return [...byId.values()];
}

/**
 * Keeps a long list true without loading it anew: only the jobs that facts tell of are asked for, and take their places.
 * Gives what ends it.
 */
export function followPages(queries: QueryClient, asked: JobFilter): () => void {
  const { queryKey } = allJobsQuery(asked);
  const changed = new Set<string>();
  let gathering: ReturnType<typeof setTimeout> | null = null;
  let isOver = false;

  function gather(): void {
    if (!isOver) gathering ??= setTimeout(() => void mend(), GATHER_MS);
  }

  function isLoading(): boolean {
    return queries.isFetching({ queryKey, exact: true }) > 0;
  }

  async function mend(): Promise<void> {
    gathering = null;
    if (isLoading()) {
      gather(); // what is being loaded would replace what is mended
      return;
    }
    const ids = [...changed];
    changed.clear();
    const found = ids.length > MOST_AT_ONCE ? null : await loadJobs(ids);
    if (found !== null && isLoading()) {
      for (const id of ids) changed.add(id);
      gather();
    } else if (found === null || needsLoading(queries.getQueryData(queryKey), asked, found)) {
      await queries.invalidateQueries({ queryKey, exact: true });
    } else {
      queries.setQueryData<Pages>(queryKey, (pages) => pages && mended(pages, asked, found));
    }
  }

  const stop = listenLive((message) => {
    if (message.type !== "fact") return;
    changed.add(message.fact.job);
    gather();
  });
  return () => {
    stop();
    isOver = true;
    if (gathering !== null) clearTimeout(gathering);
  };
}

/** A list that is not sorted by birth may have to show a job at another place: only the server knows where. */
function needsLoading(pages: Pages | undefined, asked: JobFilter, found: ReadonlyMap<string, JobSummary | null>) {
  if (pages === undefined || asked.sort === NEWEST_FIRST) return false;
  const known = new Map(jobsOf(pages).map((job) => [job.id, job]));
  return [...found.values()].some((job) => {
    if (job === null || !fits(asked, job)) return false;
    const before = known.get(job.id);
    return before?.finished_at !== job.finished_at || before.priority !== job.priority;
  });
}

/** Pages sorted by birth with what became of some jobs: in place, away where gone, new ones where they belong. */
export function mended(pages: Pages, asked: JobFilter, found: ReadonlyMap<string, JobSummary | null>): Pages {
  const known = new Set(jobsOf(pages).map((job) => job.id));
  const born = [...found.values()].filter((job) => job !== null && !known.has(job.id) && fits(asked, job));
  const kept = pages.pages.map((page) => withChanges(page, asked, found));
  return { ...pages, pages: born.reduce((all, job) => (job === null ? all : withBorn(all, job)), kept) };
}

function withChanges(page: JobPage, asked: JobFilter, found: ReadonlyMap<string, JobSummary | null>): JobPage {
  if (!page.jobs.some((job) => found.has(job.id))) return page;
  const jobs = page.jobs.flatMap((job) => {
    const now = found.get(job.id);
    if (now === undefined) return [job];
    return now === null || !fits(asked, now) ? [] : [summaryWithTicks(now)];
  });
  return { ...page, jobs };
}

function withBorn(pages: readonly JobPage[], job: JobSummary): JobPage[] {
  const place = pages.findIndex((page) => page.next === null || page.jobs.some((other) => isNewer(job, other)));
  return pages.map((page, index) => {
    if (index !== place) return page;
    const before = page.jobs.filter((other) => !isNewer(job, other));
    return { ...page, jobs: [...before, job, ...page.jobs.slice(before.length)] };
  });
}

function isNewer(job: JobSummary, other: JobSummary): boolean {
  return Date.parse(job.created_at) > Date.parse(other.created_at);
}

/** Null for a job that is gone; null for all where the server had no answer. */
async function loadJobs(ids: readonly string[]): Promise<ReadonlyMap<string, JobSummary | null> | null> {
  const jobs = await Promise.all(ids.map(loadJob)).catch(() => null);
  return jobs && new Map(ids.map((id, index) => [id, jobs[index] ?? null]));
}

async function loadJob(jobId: string): Promise<JobSummary | null> {
  try {
    return await answered(api.GET("/api/jobs/{job_id}", { params: { path: { job_id: jobId } } }));
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) return null;
    throw failure;
  }
}
