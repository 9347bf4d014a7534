import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";

import { answered, api } from "@/lib/api";

import { isFinal, type Job, type JobState, type Priority } from "./job";
import { jobKeys } from "./queries";
import { forgetTicks, withTicks } from "./ticks";

/** What a state allows its owner to do with a job. */
export function allowedIn(job: { state: JobState }) {
  const isOver = isFinal(job);
  return {
    pause: !isOver && job.state !== "paused",
    resume: job.state === "paused",
    cancel: !isOver,
    retry: job.state === "failed" || job.state === "cancelled",
    share: job.state === "succeeded",
    changePriority: !isOver,
  };
}

const STEERS = {
  pause: "/api/jobs/{job_id}/pause",
  resume: "/api/jobs/{job_id}/resume",
  cancel: "/api/jobs/{job_id}/cancel",
} as const;
export type Steer = keyof typeof STEERS;

/** Pause, resume and cancel, shown at once and taken back where the server refuses. */
export function useSteering(jobId: string) {
  return useJobChange<Steer>(jobId, {
    send: (steer) => answered(api.POST(STEERS[steer], pathOf(jobId))),
    expect: (job, steer) => ({ ...job, state: stateAfter(job, steer) }),
  });
}

export interface JobChange {
  description?: string;
  priority?: Priority;
}

export function useChangeJob(jobId: string) {
  return useJobChange<JobChange>(jobId, {
    send: (body) => answered(api.PATCH("/api/jobs/{job_id}", { ...pathOf(jobId), body })),
    expect: (job, change) => ({ ...job, ...change }),
  });
}

export interface RetryWish {
  from?: string;
  params?: Record<string, unknown>;
}

export function useRetry(jobId: string) {
  return useJobChange<RetryWish>(jobId, {
    send: ({ from, params = {} }) =>
      answered(
        api.POST("/api/jobs/{job_id}/retry", {
          ...pathOf(jobId),
          body: { params, ...(from !== undefined && { from }) },
        }),
      ),
  });
}

export interface StageReply {
  stage: string;
  action: string;
  item: number | null;
}

export function useAnswer(jobId: string) {
  return useJobChange<StageReply>(jobId, {
    send: ({ stage, action, item }) =>
      answered(
        api.POST("/api/jobs/{job_id}/stages/{stage}/answer", {
          params: { path: { job_id: jobId, stage } },
          body: { action, data: {}, ...(item !== null && { item }) },
        }),
      ),
  });
}

/** Removes the job; one that has not ended is cancelled first. */
export function useDeleteJob(jobId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answered(api.DELETE("/api/jobs/{job_id}", { params: { path: { job_id: jobId }, query: { cancel: true } } })),
    onSuccess: () => {
      forgetTicks(jobId);
      reloadLists(queries);
    },
  });
}

interface Change<T> {
  send: (wish: T) => Promise<Job>;
  /** How the job looks if the server agrees; without it the page waits for the answer. */
  expect?: (job: Job, wish: T) => Job;
}

function useJobChange<T>(jobId: string, { send, expect }: Change<T>) {
  const queries = useQueryClient();
  const key = jobKeys.one(jobId);
  return useMutation({
    scope: { id: jobId },
    mutationFn: send,
    onMutate: async (wish: T) => {
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData<Job>(key);
      if (expect !== undefined) queries.setQueryData<Job>(key, (job) => job && expect(job, wish));
      return { before };
    },
    onSuccess: (answer) => queries.setQueryData<Job>(key, (job) => newer(job, answer)),
    onError: (_failure, _wish, context) => {
      if (expect !== undefined) queries.setQueryData<Job>(key, context?.before);
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: key });
      reloadLists(queries);
    },
  });
}

/** An answer may come after the picture that a later fact brought. */
function newer(job: Job | undefined, answer: Job): Job {
  return job !== undefined && job.last_seq > answer.last_seq ? job : withTicks(answer);
}

function reloadLists(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: jobKeys.lists });
  void queries.invalidateQueries({ queryKey: jobKeys.counts });
}

function stateAfter(job: Job, steer: Steer): JobState {
  if (steer === "pause") return "paused";
  if (steer === "cancel") return "cancelled";
  return job.started_at === null ? "queued" : "running";
}

function pathOf(jobId: string) {
  return { params: { path: { job_id: jobId } } };
}
