import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";

import type { components } from "@/generated/schema";
import { useScrolledPast } from "@/lib/scrolling";

import { allJobsQuery, countsQuery } from "../../model/queries";
import { askedOf, type HistoryFilter, readFilter, writeFilter } from "./filter";
import { followPages, jobsOf } from "./pages";

/** Further down than this one reads, and nothing may move. */
const READING_PIXELS = 120;

/** The jobs that a filter finds, as far as they are loaded. Those that come while one reads further down are held back. */
export function useFoundJobs(filter: HistoryFilter) {
  const listKey = writeFilter(filter).toString();
  useFollowing(listKey);
  const { data: counts } = useQuery(countsQuery);
  const query = useInfiniteQuery({
    ...allJobsQuery(askedOf(filter)),
    placeholderData: keepPreviousData,
    refetchOnMount: "always",
  });
  const { data, error, fetchNextPage, hasNextPage, isFetching, isFetchNextPageError, isPlaceholderData } = query;
  const all = useMemo(() => jobsOf(data), [data]);
  const [fresh, showFresh] = useHeldBack(
    all.map((job) => job.id),
    listKey,
  );
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);

  return {
    isLoading: data === undefined && error === null,
    jobs: fresh === 0 ? all : all.slice(fresh),
    /** How many there are, loaded or not; -1 where nobody knows. */
    total: hasNextPage ? totalOf(filter, counts) : all.length,
    /** What is shown belongs to the filter before. */
    isOld: isPlaceholderData,
    fresh,
    showFresh,
    loadMore,
    failure: data === undefined ? error : null,
    moreFailure: isFetchNextPageError ? error : null,
    retry: () => void query.refetch(),
  };
}

function useFollowing(listKey: string): void {
  const queries = useQueryClient();
  useEffect(() => followPages(queries, askedOf(readFilter(new URLSearchParams(listKey)))), [queries, listKey]);
}

/** How many of these came on top since one began to read further down, and what takes one up to them. */
function useHeldBack(ids: readonly string[], listKey: string): readonly [number, () => void] {
  const isReading = useScrolledPast(READING_PIXELS);
  const [held, hold] = useState<{ listKey: string; topId: string } | null>(null);
  const topId = ids[0];
  if (isReading && topId !== undefined && held?.listKey !== listKey) hold({ listKey, topId });
  if (!isReading && held !== null) hold(null);
  const fresh = held === null ? 0 : Math.max(0, ids.indexOf(held.topId));
  return [fresh, () => window.scrollTo({ top: 0 })];
}

/** As the server counts, by state and by pipeline, but not by both. */
function totalOf(filter: HistoryFilter, counts: components["schemas"]["JobCounts"] | undefined): number {
  const isUncounted = filter.text !== "" || filter.priority !== "" || filter.from !== "" || filter.until !== "";
  if (counts === undefined || isUncounted || (filter.pipeline !== "" && filter.states.length > 0)) return -1;
  if (filter.pipeline !== "") return counts.by_pipeline[filter.pipeline] ?? 0;
  if (filter.states.length === 0) return counts.total;
  return filter.states.reduce((sum, state) => sum + (counts.by_state[state] ?? 0), 0);
}
