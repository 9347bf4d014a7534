import type { components } from "@/generated/schema";

type Worker = components["schemas"]["WorkerOut"];
type Queue = components["schemas"]["QueueOut"];
type AuditEntry = components["schemas"]["AuditEntryOut"];

const AT = "2026-05-01T10:00:00Z";

export function makeWorker(change: Partial<Worker> = {}): Worker {
  return {
    id: "worker_1",
    host: "studio",
    pid: 1,
    queues: ["cpu", "gpu"],
    state: "idle",
    started_at: AT,
    beat_at: AT,
    work: null,
    ...change,
  };
}

export function makeQueue(change: Partial<Queue> = {}): Queue {
  return {
    name: "gpu",
    state: "open",
    ready_parts: 0,
    ready_by_priority: { low: 0, normal: 0, high: 0, urgent: 0 },
    active_parts: 0,
    retrying_parts: 0,
    oldest_seconds: 0,
    workers: 1,
    pause: null,
    ...change,
  };
}

/** ann changed ben. */
export function makeEntry(change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: 1,
    at: AT,
    actor: "user_1",
    actor_name: "ann",
    action: "user.changed",
    target: "user_2",
    target_name: "ben",
    address: "192.0.2.1",
    data: {},
    ...change,
  };
}
