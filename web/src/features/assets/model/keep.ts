import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import type { Asset } from "./asset";
import { assetKeys } from "./queries";

/** Takes what the server said of an asset into what the page knows. */
export function useKeepAsset(): (asset: Asset) => void {
  const queries = useQueryClient();
  return useCallback(
    (asset) => {
      queries.setQueryData(assetKeys.one(asset.id), asset);
      void queries.invalidateQueries({ queryKey: assetKeys.lists });
      void queries.invalidateQueries({ queryKey: assetKeys.usage });
    },
    [queries],
  );
}
