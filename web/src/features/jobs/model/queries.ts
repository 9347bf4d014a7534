import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { operations } from "@/generated/schema";
import { answered, api } from "@/lib/api";

import { isFinal, type Job, type JobSummary } from "./job";
import { forgetTicks, summaryWithTicks, withTicks } from "./ticks";

export type JobFilter = Omit<
  NonNullable<operations["list_jobs"]["parameters"]["query"]>,
  "cursor" | "limit" | "detail" | "lang"
>;

/** What is kept of jobs, from the widest key to the narrowest. */
export const jobKeys = {
  all: ["jobs"] as const,
  lists: ["jobs", "list"] as const,
  /** Long lists: too long to be loaded anew at each fact. */
  pages: ["jobs", "pages"] as const,
  counts: ["jobs", "counts"] as const,
  one: (jobId: string) => ["jobs", "one", jobId] as const,
  logs: (jobId: string) => ["jobs", "logs", jobId] as const,
  attempts: (jobId: string) => ["jobs", "attempts", jobId] as const,
};

export function jobQuery(jobId: string) {
  return queryOptions({
    queryKey: jobKeys.one(jobId),
    queryFn: async ({ signal }): Promise<Job> => {
      const job = await answered(api.GET("/api/jobs/{job_id}", { params: { path: { job_id: jobId } }, signal }));
      if (isFinal(job)) forgetTicks(jobId);
      return withTicks(job);
    },
  });
}

export interface JobPage {
  jobs: JobSummary[];
  next: string | null;
}

async function loadPage(
  filter: JobFilter,
  limit: number,
  cursor: string | null,
  signal: AbortSignal,
): Promise<JobPage> {
  const query = { ...filter, limit, ...(cursor !== null && { cursor }) };
  const page = await answered(api.GET("/api/jobs", { params: { query }, signal }));
  return { jobs: page.jobs.map(summaryWithTicks), next: page.next };
}

/** The first jobs of a filter, for a board that shows a few. */
export function jobsQuery(filter: JobFilter, limit: number) {
  return queryOptions({
    queryKey: [...jobKeys.lists, "few", filter, limit] as const,
    queryFn: ({ signal }) => loadPage(filter, limit, null, signal),
  });
}

function isDetailed(job: Job | JobSummary): job is Job {
  return "params" in job;
}

/** The same with everything that is known of each. */
export function detailedJobsQuery(filter: JobFilter, limit: number) {
  return queryOptions({
    queryKey: [...jobKeys.lists, "detailed", filter, limit] as const,
    queryFn: async ({ signal }): Promise<{ jobs: Job[]; next: string | null }> => {
      const query = { ...filter, limit, detail: "full" as const };
      const page = await answered(api.GET("/api/jobs", { params: { query }, signal }));
      const jobs: readonly (Job | JobSummary)[] = page.jobs;
      return { jobs: jobs.filter(isDetailed).map(withTicks), next: page.next };
    },
  });
}

/** All jobs of a filter, page by page. */
export function allJobsQuery(filter: JobFilter) {
  return infiniteQueryOptions({
    queryKey: [...jobKeys.pages, filter] as const,
    queryFn: ({ pageParam, signal }) => loadPage(filter, 100, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    structuralSharing: false,
  });
}

/** How jobs of the last days ended, by pipeline. */
export function statisticsQuery(days: number) {
  return queryOptions({
    queryKey: [...jobKeys.counts, "statistics", days] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/jobs/statistics", { params: { query: { days } }, signal })),
  });
}

export const countsQuery = queryOptions({
  queryKey: jobKeys.counts,
  queryFn: ({ signal }) => answered(api.GET("/api/jobs/counts", { signal })),
});

/** What can be made, with the words of its stages in the language of the page. */
export function pipelinesQuery(language: string) {
  return queryOptions({
    queryKey: ["pipelines", language] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/pipelines", { signal }))).pipelines,
    staleTime: Infinity,
  });
}
