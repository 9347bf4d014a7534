import { queryOptions } from "@tanstack/react-query";

import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";

export type LoginSession = components["schemas"]["SessionOut"];

export const sessionsQuery = queryOptions({
  queryKey: ["account", "sessions"] as const,
  queryFn: async ({ signal }) => (await answered(api.GET("/api/auth/sessions", { signal }))).sessions,
});

export async function endOne(sessionId: string): Promise<void> {
  await answered(api.DELETE("/api/auth/sessions/{session_id}", { params: { path: { session_id: sessionId } } }));
}

export async function endEvery(): Promise<void> {
  await answered(api.POST("/api/auth/logout-all"));
}

const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;
const SYSTEMS = [
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Windows", "Windows"],
  ["Mac OS", "macOS"],
  ["Linux", "Linux"],
] as const;

/** What a user agent says of itself, as far as it is known; null for programs of other kinds. */
export function deviceOf(userAgent: string): { browser: string; system: string } | null {
  const browser = BROWSERS.find(([mark]) => userAgent.includes(mark))?.[1];
  const system = SYSTEMS.find(([mark]) => userAgent.includes(mark))?.[1];
  return browser === undefined || system === undefined ? null : { browser, system };
}
