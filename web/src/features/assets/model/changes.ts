import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";

import { answered, api } from "@/lib/api";

import type { Asset } from "./asset";
import { assetKeys, type AssetPage } from "./queries";

export type AssetChange = Partial<Pick<Asset, "name" | "tags">>;

/** A new name or other tags: shown at once, taken back where the server refuses. */
export function useChangeAsset(asset: Asset) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: AssetChange) =>
      answered(api.PATCH("/api/assets/{asset_id}", { params: { path: { asset_id: asset.id } }, body })),
    onMutate: (change) => showAsset(queries, { ...asset, ...change }),
    onSuccess: (changed) => showAsset(queries, changed),
    onError: () => showAsset(queries, asset),
  });
}

/** By force also where unfinished jobs need it: they keep its bytes until they end. */
export function useDeleteAsset(asset: Asset) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (force: boolean) =>
      answered(api.DELETE("/api/assets/{asset_id}", { params: { path: { asset_id: asset.id }, query: { force } } })),
    onSuccess: async () => {
      queries.setQueriesData<InfiniteData<AssetPage>>({ queryKey: assetKeys.lists }, (known) =>
        inPages(known, (assets) => assets.filter(({ id }) => id !== asset.id)),
      );
      await queries.invalidateQueries({ queryKey: assetKeys.usage });
    },
    onError: () => void queries.invalidateQueries({ queryKey: assetKeys.jobs(asset.id) }),
  });
}

function showAsset(queries: QueryClient, asset: Asset): void {
  queries.setQueryData(assetKeys.one(asset.id), asset);
  queries.setQueriesData<InfiniteData<AssetPage>>({ queryKey: assetKeys.lists }, (known) =>
    inPages(known, (assets) => assets.map((each) => (each.id === asset.id ? asset : each))),
  );
}

function inPages(known: InfiniteData<AssetPage> | undefined, change: (assets: Asset[]) => Asset[]) {
  return known && { ...known, pages: known.pages.map((page) => ({ ...page, assets: change(page.assets) })) };
}
