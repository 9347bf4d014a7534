import { useMemo } from "react";
import { useSearchParams } from "react-router";

import { ASSET_KINDS, type AssetKind, type AssetSort } from "./asset";
import type { AssetFilter } from "./queries";

export const SORTS = ["-created", "created", "name", "-name", "-size", "size"] as const satisfies readonly AssetSort[];
export const LAYOUTS = ["grid", "list"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** What the page shows, as its address says it: it can be kept, shared, and gone back to. */
export interface LibraryView extends AssetFilter {
  layout: Layout;
  /** The asset that is looked at. */
  show: string | null;
}

export type ChangeView = (change: Partial<LibraryView>) => void;

export function useLibraryView(): [LibraryView, ChangeView] {
  const [search, setSearch] = useSearchParams();
  const view = useMemo(() => viewOf(search), [search]);
  const change: ChangeView = (changed) =>
    setSearch((now) => searchOf({ ...viewOf(now), ...changed }), {
      replace: changed.show === undefined,
      preventScrollReset: true,
    });
  return [view, change];
}

function viewOf(search: URLSearchParams): LibraryView {
  const [sort, layout] = [search.get("sort"), search.get("view")];
  return {
    kind: search.getAll("kind").filter(isKind),
    tag: [...new Set(search.getAll("tag"))].slice(0, 20),
    text: search.get("text")?.slice(0, 200) ?? "",
    sort: SORTS.find((known) => known === sort) ?? "-created",
    layout: LAYOUTS.find((known) => known === layout) ?? "grid",
    show: search.get("show"),
  };
}

function searchOf({ kind, tag, text, sort, layout, show }: LibraryView): URLSearchParams {
  const search = new URLSearchParams();
  for (const each of kind) search.append("kind", each);
  for (const each of tag) search.append("tag", each);
  if (text !== "") search.set("text", text);
  if (sort !== "-created") search.set("sort", sort);
  if (layout !== "grid") search.set("view", layout);
  if (show !== null) search.set("show", show);
  return search;
}

function isKind(text: string): text is AssetKind {
  return ASSET_KINDS.some((known) => known === text);
}

export function isFiltered({ kind, tag, text }: AssetFilter): boolean {
  return kind.length > 0 || tag.length > 0 || text !== "";
}
