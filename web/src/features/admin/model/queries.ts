import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";

export type Worker = components["schemas"]["WorkerOut"];
export type Queue = components["schemas"]["QueueOut"];
export type Cause = components["schemas"]["CauseOut"];
export type Storage = components["schemas"]["StorageOut"];
export type StorageOwner = components["schemas"]["OwnerStorageOut"];
export type Engine = components["schemas"]["EngineOut"];
export type AuditEntry = components["schemas"]["AuditEntryOut"];

const WORKERS_EVERY_MS = 2_000;
const QUEUES_EVERY_MS = 3_000;
const FAILURES_EVERY_MS = 15_000;
const PAGE_SIZE = 50;

export const adminKeys = {
  queues: ["admin", "queues"] as const,
  users: ["admin", "users"] as const,
  audit: ["admin", "audit"] as const,
};

export const workersQuery = queryOptions({
  queryKey: ["admin", "workers"] as const,
  queryFn: async ({ signal }) => (await answered(api.GET("/api/admin/workers", { signal }))).workers,
  refetchInterval: WORKERS_EVERY_MS,
});

export const queuesQuery = queryOptions({
  queryKey: adminKeys.queues,
  queryFn: async ({ signal }) => (await answered(api.GET("/api/admin/queues", { signal }))).queues,
  refetchInterval: QUEUES_EVERY_MS,
});

export function failuresQuery(hours: number) {
  return queryOptions({
    queryKey: ["admin", "failures", hours] as const,
    queryFn: async ({ signal }) =>
      (await answered(api.GET("/api/admin/failures", { params: { query: { hours } }, signal }))).causes,
    refetchInterval: FAILURES_EVERY_MS,
  });
}

/** Goes through every file that the database knows: asked once, and when somebody wishes. */
export const storageQuery = queryOptions({
  queryKey: ["admin", "storage"] as const,
  queryFn: ({ signal }) => answered(api.GET("/api/admin/storage", { signal })),
});

export const enginesQuery = queryOptions({
  queryKey: ["admin", "engines"] as const,
  queryFn: async ({ signal }) => (await answered(api.GET("/api/engines", { signal }))).engines,
});

export interface AuditFilter {
  actor: string;
  action: string;
  target: string;
}

export function auditQuery({ actor, action, target }: AuditFilter) {
  const wanted = { ...(actor && { actor }), ...(action && { action }), ...(target && { target }) };
  return infiniteQueryOptions({
    queryKey: [...adminKeys.audit, wanted] as const,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...wanted, limit: PAGE_SIZE, ...(pageParam !== null && { before: pageParam }) };
      return answered(api.GET("/api/admin/audit", { params: { query }, signal }));
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}
