import { type QueryClient, queryOptions } from "@tanstack/react-query";

import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";

import type { Artifact } from "../model/job";
import { jobKeys } from "../model/queries";

export type Attempt = components["schemas"]["AttemptOut"];
export type LogLine = components["schemas"]["LogLineOut"];
export type Share = components["schemas"]["ShareOut"];

/** So many lines are asked for at first; there may be earlier ones. */
export const FIRST_LINES = 200;
const MOST_LINES_A_PAGE = 1_000;
export const MOST_LINES = 5_000;
const RENEW_BEFORE_MS = 120_000;
const LONGEST_LIFE_MS = 3_600_000;
const SHOWN_BYTES = 64_000;

export function attemptsQuery(jobId: string) {
  return queryOptions({
    queryKey: jobKeys.attempts(jobId),
    queryFn: ({ signal }): Promise<Attempt[]> =>
      answered(api.GET("/api/jobs/{job_id}/attempts", { params: { path: { job_id: jobId } }, signal })),
  });
}

/** The end of the log of a stage; each time it is asked only for what has been written since. */
export function logQuery(queries: QueryClient, jobId: string, stage: string) {
  const queryKey = [...jobKeys.logs(jobId), stage] as const;
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<LogLine[]> => {
      const known = queries.getQueryData<LogLine[]>(queryKey);
      const last = known?.at(-1);
      if (known === undefined || last === undefined) return loadLines(jobId, { stage, limit: FIRST_LINES }, signal);
      return [...known, ...(await linesAfter(jobId, stage, last.id, null, signal))].slice(-MOST_LINES);
    },
    staleTime: 0,
  });
}

/** The lines before those that are known, as far as a page holds them. */
export async function loadEarlierLines(queries: QueryClient, jobId: string, stage: string): Promise<void> {
  const { queryKey } = logQuery(queries, jobId, stage);
  const [first] = queries.getQueryData(queryKey) ?? [];
  if (first === undefined) return;
  const earlier = await linesAfter(jobId, stage, 0, first.id);
  queries.setQueryData<LogLine[]>(queryKey, (lines = []) => [...earlier, ...lines].slice(-MOST_LINES));
}

async function linesAfter(
  jobId: string,
  stage: string,
  after: number,
  before: number | null,
  signal?: AbortSignal,
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (let from = after; ;) {
    const page = await loadLines(jobId, { stage, after: from, limit: MOST_LINES_A_PAGE }, signal);
    lines.push(...page.filter(({ id }) => before === null || id < before));
    const last = page.at(-1);
    if (last === undefined || page.length < MOST_LINES_A_PAGE || (before !== null && last.id >= before)) return lines;
    from = last.id;
  }
}

function loadLines(
  jobId: string,
  query: { stage: string; after?: number; limit: number },
  signal?: AbortSignal,
): Promise<LogLine[]> {
  return answered(
    api.GET("/api/jobs/{job_id}/logs", {
      params: { path: { job_id: jobId }, query },
      ...(signal !== undefined && { signal }),
    }),
  );
}

/** A link under which the browser itself shows or keeps a file. It ends after a while and is made anew before. */
export function fileLinkQuery(jobId: string, { name, sha256 }: Artifact, disposition: "inline" | "attachment") {
  return queryOptions({
    queryKey: ["file-link", jobId, sha256, name, disposition] as const,
    queryFn: ({ signal }) => makeLink(jobId, { name, sha256 }, disposition, signal),
    staleTime: ({ state }) => lifeMs(state.data?.expires_at),
    refetchInterval: ({ state }) => (state.data === undefined ? false : lifeMs(state.data.expires_at) + 5_000),
    refetchIntervalInBackground: true,
  });
}

export function makeLink(
  jobId: string,
  { name, sha256 }: Pick<Artifact, "name" | "sha256">,
  disposition: "inline" | "attachment",
  signal?: AbortSignal,
) {
  return answered(
    api.GET("/api/jobs/{job_id}/artifacts/{name}/link", {
      params: { path: { job_id: jobId, name }, query: { sha256, disposition } },
      ...(signal !== undefined && { signal }),
    }),
  );
}

function lifeMs(expiresAt: string | undefined): number {
  if (expiresAt === undefined) return 0;
  return Math.min(Math.max(0, Date.parse(expiresAt) - Date.now() - RENEW_BEFORE_MS), LONGEST_LIFE_MS);
}

/** The beginning of a text file. */
export function textQuery(jobId: string, { name, sha256, size_bytes }: Artifact) {
  return queryOptions({
    queryKey: ["file-text", jobId, sha256, name] as const,
    queryFn: async ({ signal }) => {
      const isCut = size_bytes > SHOWN_BYTES;
      const text: unknown = await answered(
        api.GET("/api/jobs/{job_id}/artifacts/{name}", {
          params: { path: { job_id: jobId, name }, query: { sha256 } },
          ...(isCut && { headers: { Range: `bytes=0-${SHOWN_BYTES - 1}` } }),
          parseAs: "text",
          signal,
        }),
      );
      return { text: String(text), isCut };
    },
    staleTime: Infinity,
  });
}

export const sharesKey = (jobId: string) => ["shares", jobId] as const;

export function sharesQuery(jobId: string) {
  return queryOptions({
    queryKey: sharesKey(jobId),
    queryFn: async ({ signal }): Promise<Share[]> =>
      (await answered(api.GET("/api/jobs/{job_id}/shares", { params: { path: { job_id: jobId } }, signal }))).shares,
  });
}
