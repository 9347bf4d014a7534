import { queryOptions } from "@tanstack/react-query";

import type { components } from "@/generated/schema";
import { answered, visitorApi } from "@/lib/api";

export type Shared = components["schemas"]["SharedOut"];
export type SharedFile = components["schemas"]["SharedFileOut"];

const MEDIA = ["video", "image", "audio"] as const;
type Medium = (typeof MEDIA)[number];

/** Links to the files are good for 15 minutes: they are replaced before, as long as the page is looked at. */
const LINKS_EVERY_MS = 10 * 60_000;

export function sharedQuery(token: string) {
  return queryOptions({
    queryKey: ["shared", token] as const,
    queryFn: ({ signal }) => answered(visitorApi.GET("/api/shared/{token}", { params: { path: { token } }, signal })),
    refetchInterval: LINKS_EVERY_MS,
    refetchOnWindowFocus: true,
  });
}

export function mediumOf(file: SharedFile): Medium | null {
  return MEDIA.find((medium) => file.media_type.startsWith(`${medium}/`)) ?? null;
}

/** What is shown in place: films, then pictures, then sound; beside a film its own sound is not shown again. */
export function shownOf(shared: Shared): SharedFile[] {
  const results = shared.files.filter((file) => file.role === "result");
  const [films, pictures, sounds] = MEDIA.map((medium) => results.filter((file) => mediumOf(file) === medium));
  return [...(films ?? []), ...(pictures ?? []), ...(films?.length === 0 ? (sounds ?? []) : [])];
}

export function fileOfRole(shared: Shared, role: SharedFile["role"]): SharedFile | undefined {
  return shared.files.find((file) => file.role === role);
}

/** What the maker called it, or what it is. */
export function titleOf(shared: Shared): string {
  return shared.description || shared.pipeline_title;
}
