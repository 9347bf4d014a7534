import { useState } from "react";

import { Problem } from "@/lib/problem";
import { useNow } from "@/lib/scope";

/** How many whole seconds are left of the rest that the server asked for; 0 where there is none. */
export function useRest(): { seconds: number; keep: (failure: Error) => void } {
  const now = useNow();
  const [until, setUntil] = useState(0);
  function keep(failure: Error): void {
    const rest = failure instanceof Problem && failure.status === 429 ? (failure.retryAfterSeconds ?? 0) : 0;
    setUntil(rest === 0 ? 0 : Date.now() + rest * 1000);
  }
  return { seconds: Math.max(0, Math.ceil((until - now) / 1000)), keep };
}
