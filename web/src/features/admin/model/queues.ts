import { useMutation, useQueryClient } from "@tanstack/react-query";

import { answered, api } from "@/lib/api";

import { adminKeys, type Queue, queuesQuery } from "./queries";

export const MOST_REASON_CHARACTERS = 200;

/** Starts nothing of a queue any more; what runs goes on. */
export function usePauseQueue() {
  const show = useShowQueue();
  return useMutation({
    mutationFn: ({ queue, reason }: { queue: string; reason: string }) =>
      answered(api.POST("/api/admin/queues/{queue}/pause", { params: { path: { queue } }, body: { reason } })),
    onSuccess: show,
  });
}

export function useResumeQueue() {
  const show = useShowQueue();
  return useMutation({
    mutationFn: (queue: string) =>
      answered(api.POST("/api/admin/queues/{queue}/resume", { params: { path: { queue } } })),
    onSuccess: show,
  });
}

/** Puts what the server answered into the list, and leaves out a list that was asked for before. */
function useShowQueue() {
  const queries = useQueryClient();
  return async (changed: Queue) => {
    await queries.cancelQueries({ queryKey: adminKeys.queues });
    queries.setQueryData(queuesQuery.queryKey, (queues) =>
      queues?.map((queue) => (queue.name === changed.name ? changed : queue)),
    );
    void queries.invalidateQueries({ queryKey: adminKeys.audit });
  };
}
