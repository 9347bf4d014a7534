import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { components, operations } from "@/generated/schema";
import { answered, api } from "@/lib/api";

import { type Params, type Pipeline } from "./schema";
import { sentParams } from "./order";
import { findSample, loadSample } from "./start";

export type Engine = components["schemas"]["EngineOut"];
export type Voice = operations["list_voices"]["responses"][200]["content"]["application/json"]["voices"][number];

export function pipelinesQuery(language: string) {
  return queryOptions({
    queryKey: ["pipelines", language] as const,
    queryFn: async ({ signal }): Promise<Pipeline[]> =>
      (await answered(api.GET("/api/pipelines", { signal }))).pipelines,
    staleTime: Infinity,
  });
}

export const enginesQuery = queryOptions({
  queryKey: ["engines"] as const,
  queryFn: async ({ signal }): Promise<Engine[]> => (await answered(api.GET("/api/engines", { signal }))).engines,
});

export const voicesQuery = queryOptions({
  queryKey: ["voices"] as const,
  queryFn: async ({ signal }): Promise<Voice[]> => (await answered(api.GET("/api/voices", { signal }))).voices,
  staleTime: 300_000,
});

/** An earlier job, as what a new one begins with. */
export function sourceJobQuery(jobId: string) {
  return queryOptions({
    queryKey: ["create", "source", jobId] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/jobs/{job_id}", { params: { path: { job_id: jobId } }, signal })),
    staleTime: Infinity,
  });
}

/** What the sample is filled with: the bundled script, and the portrait where it is in the library already. */
export const sampleQuery = queryOptions({
  queryKey: ["create", "sample"] as const,
  queryFn: async (): Promise<{ script: string; assetId: string | null }> => {
    const [script, assetId] = await Promise.all([loadSample("script.txt"), findSample()]);
    return { script: (await script.text()).trim(), assetId };
  },
  staleTime: 0,
  gcTime: 0,
});

/** What the job would take. Raises Problem where it could not be ordered. */
export function estimateQuery(pipeline: string, params: Params) {
  return queryOptions({
    queryKey: ["create", "estimate", pipeline, params] as const,
    queryFn: ({ signal }) =>
      answered(api.POST("/api/jobs/estimate", { body: { pipeline, params: sentParams(params) }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });
}
