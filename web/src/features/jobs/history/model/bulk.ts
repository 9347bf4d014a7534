import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";
import { formatNumber } from "@/lib/format";
import { notify } from "@/lib/notices";

import { isFinal, type JobSummary } from "../../model/job";
import { type JobFilter, jobKeys } from "../../model/queries";
import { mended, type Pages } from "./pages";

export type BulkAction = components["schemas"]["BulkAction"];
type BulkResult = components["schemas"]["BulkResult"];

/** Some jobs, or all that a filter finds. */
export type Chosen = { ids: readonly string[] } | { filter: JobFilter };

export interface BulkWish {
  action: BulkAction;
  chosen: Chosen;
}

/** As many jobs the server takes in one request, and finds by a filter. */
export const MOST_AT_ONCE = 1_000;

export const BULK_ACTIONS = ["retry", "pause", "resume", "cancel", "delete"] as const satisfies readonly BulkAction[];

/** Whether an action can mean anything for a job; the server decides. */
export function canMean(action: BulkAction, job: JobSummary): boolean {
  if (action === "retry") return job.state === "failed" || job.state === "cancelled";
  if (action === "resume") return job.state === "paused";
  if (action === "delete") return isFinal(job);
  return !isFinal(job) && !(action === "pause" && job.state === "paused");
}

/** Acts on many jobs and tells what became of it: how many are done, how many were refused and why. */
export function useBulk(onDone: () => void) {
  const { t } = useTranslation("history");
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (result, { action }) => {
      notify(noticeOf(t, action, result));
      if (action === "delete") forgetDeleted(queries, result);
      void queries.invalidateQueries({ queryKey: jobKeys.lists });
      void queries.invalidateQueries({ queryKey: jobKeys.counts });
      onDone();
    },
  });
}

async function act({ action, chosen }: BulkWish): Promise<BulkResult> {
  if ("filter" in chosen) {
    return answered(api.POST("/api/jobs/bulk", { body: { action, filter: narrowing(chosen.filter) } }));
  }
  const whole: BulkResult = { done: 0, refused: 0, results: [] };
  for (let start = 0; start < chosen.ids.length; start += MOST_AT_ONCE) {
    const ids = chosen.ids.slice(start, start + MOST_AT_ONCE);
    const result = await answered(api.POST("/api/jobs/bulk", { body: { action, ids } }));
    whole.done += result.done;
    whole.refused += result.refused;
    whole.results.push(...result.results);
  }
  return whole;
}

/** Which jobs, whatever their order. */
function narrowing({ text = "", ...filter }: JobFilter) {
  delete filter.sort;
  return { ...filter, text };
}

/** No fact tells of a job that is gone. */
function forgetDeleted(queries: QueryClient, result: BulkResult): void {
  const gone = new Map(result.results.filter(({ problem }) => problem == null).map(({ id }) => [id, null] as const));
  queries.setQueriesData<Pages>({ queryKey: jobKeys.pages }, (pages) => pages && mended(pages, {}, gone));
}

function noticeOf(t: TFunction<"history">, action: BulkAction, { done, refused, results }: BulkResult) {
  const amount = { count: done, shown: formatNumber(done) };
  const text: Record<BulkAction, string> = {
    retry: t("didRetry", amount),
    pause: t("didPause", amount),
    resume: t("didResume", amount),
    cancel: t("didCancel", amount),
    delete: t("didDelete", amount),
  };
  if (refused === 0) return { tone: "done" as const, text: text[action] };
  const reason = results.flatMap(({ problem }) => problem?.detail ?? [])[0] ?? "";
  const detail = t("refused", { count: refused, shown: formatNumber(refused), reason });
  return { tone: "failed" as const, text: text[action], detail };
}
