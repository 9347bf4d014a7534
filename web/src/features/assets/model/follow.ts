import { useQuery } from "@tanstack/react-query";

import { type Asset, isBecoming } from "./asset";
import { assetQuery } from "./queries";

/** The asset as it is by now: while it is checked, or its picture is made, it is asked for again. */
export function useFollowed(asset: Asset): Asset {
  const isOpen = isBecoming(asset);
  const fresh = useQuery({ ...assetQuery(asset.id), enabled: isOpen });
  return isOpen && fresh.data !== undefined ? fresh.data : asset;
}
