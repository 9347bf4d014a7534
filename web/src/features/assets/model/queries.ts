import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answered, api, fetchAsUser } from "@/lib/api";
import { problemOf } from "@/lib/problem";
import { rest } from "@/lib/rest";

import { type Asset, type AssetKind, type AssetSort, type AssetState, isBecoming } from "./asset";

export interface AssetFilter {
  kind: AssetKind[];
  state?: AssetState[];
  tag: string[];
  text: string;
  sort: AssetSort;
}

export interface AssetPage {
  assets: Asset[];
  next: string | null;
}

/** What is kept of the library, from the widest key to the narrowest. */
export const assetKeys = {
  all: ["assets"] as const,
  lists: ["assets", "list"] as const,
  usage: ["assets", "usage"] as const,
  one: (assetId: string) => ["assets", "one", assetId] as const,
  jobs: (assetId: string) => ["assets", "jobs", assetId] as const,
};

const PAGE = 60;
/** Who types is not asked for each letter. */
const TYPING_MS = 200;
const BECOMING_MS = 1_500;
const LONGEST_LOOK_BYTES = 20_000;
/** A link is good for 15 minutes. */
const LINK_STALE_MS = 10 * 60_000;

/** Every asset of a filter, page by page. */
export function assetsQuery(filter: AssetFilter) {
  return infiniteQueryOptions({
    queryKey: [...assetKeys.lists, filter] as const,
    queryFn: async ({ pageParam, signal }): Promise<AssetPage> => {
      if (filter.text !== "") await rest(TYPING_MS, signal);
      const query = { ...filter, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) };
      return answered(api.GET("/api/assets", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function assetQuery(assetId: string) {
  return queryOptions({
    queryKey: assetKeys.one(assetId),
    queryFn: ({ signal }): Promise<Asset> =>
      answered(api.GET("/api/assets/{asset_id}", { params: { path: { asset_id: assetId } }, signal })),
    refetchInterval: ({ state }) => (state.data !== undefined && isBecoming(state.data) ? BECOMING_MS : false),
  });
}

export function jobsUsingQuery(assetId: string) {
  return queryOptions({
    queryKey: assetKeys.jobs(assetId),
    queryFn: ({ signal }) =>
      answered(api.GET("/api/assets/{asset_id}/jobs", { params: { path: { asset_id: assetId } }, signal })),
    staleTime: 5_000,
  });
}

export const usageQuery = queryOptions({
  queryKey: assetKeys.usage,
  queryFn: ({ signal }) => answered(api.GET("/api/assets/usage", { signal })),
});

/** The small picture, as a data: address, so that it goes with what is kept of the query. */
export function thumbnailQuery({ id, sha256 }: Asset) {
  return queryOptions({
    queryKey: ["asset-thumbnail", sha256 ?? id] as const,
    queryFn: async ({ signal }) => dataAddress(await fileOf(`/api/assets/${id}/thumbnail`, signal)),
    staleTime: Infinity,
    retry: false,
  });
}

/** The shape of the sound: the loudest moment of each piece of it, 0..1. */
export function peaksQuery({ id, sha256 }: Asset) {
  return queryOptions({
    queryKey: ["asset-peaks", sha256 ?? id] as const,
    queryFn: async ({ signal }) => loudness(JSON.parse(await (await fileOf(`/api/assets/${id}/peaks`, signal)).text())),
    staleTime: Infinity,
    retry: false,
  });
}

/** An address that a picture, a player or a download of the browser can open. */
export function linkQuery(assetId: string, disposition: "inline" | "attachment") {
  return queryOptions({
    queryKey: ["asset-link", assetId, disposition] as const,
    queryFn: async () => (await linkTo(assetId, disposition)).url,
    staleTime: LINK_STALE_MS,
    gcTime: LINK_STALE_MS,
    refetchInterval: disposition === "attachment" ? LINK_STALE_MS : false, // a player would begin anew
  });
}

export function linkTo(assetId: string, disposition: "inline" | "attachment") {
  const body = { role: "original", disposition, seconds: 900 } as const;
  return answered(api.POST("/api/assets/{asset_id}/link", { params: { path: { asset_id: assetId } }, body }));
}

/** The beginning of a script, for a look at it. */
export function scriptQuery({ id, sha256 }: Asset) {
  return queryOptions({
    queryKey: ["asset-script", sha256 ?? id] as const,
    queryFn: async ({ signal }) => {
      const { url } = await linkTo(id, "attachment");
      const response = await fetch(url, { signal, headers: { Range: `bytes=0-${LONGEST_LOOK_BYTES}` } });
      if (!response.ok) throw await problemOf(response);
      return response.text();
    },
    staleTime: Infinity,
  });
}

async function fileOf(path: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetchAsUser(new Request(new URL(path, globalThis.location.origin), { signal }));
  if (!response.ok) throw await problemOf(response);
  return response.blob();
}

async function dataAddress(picture: Blob): Promise<string> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return `data:${picture.type};base64,${btoa(text)}`;
}

/** As audiowaveform writes it, version 2: pairs of the lowest and the highest value of each piece. */
function loudness(file: unknown): number[] {
  const { data, bits } = file as { data: number[]; bits: number };
  const full = 2 ** (bits - 1);
  return Array.from({ length: Math.floor(data.length / 2) }, (_, piece) =>
    Math.min(1, Math.max(Math.abs(data[piece * 2] ?? 0), Math.abs(data[piece * 2 + 1] ?? 0)) / full),
  );
}
