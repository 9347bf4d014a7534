import { QueryClient } from "@tanstack/react-query";

import { Problem } from "@/lib/problem";

/** Answers that a repetition may change: the server was away, busy, or had no time. */
function isPassing(failure: Error): boolean {
  return !(failure instanceof Problem) || failure.status >= 500 || failure.status === 429;
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, failure) => failures < 3 && isPassing(failure),
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 8_000),
        refetchOnWindowFocus: false,
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}

export const queryClient = makeQueryClient();
