import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";

import { topOf, useMeasure, widthOf } from "@/lib/measure";
import { remPixels } from "@/lib/scrolling";

import type { Asset } from "../model/asset";
import type { Layout } from "../model/view";
import { addressOf, AssetCard, AssetRow } from "./AssetCard";

const GAP = 12;
const LEAST_CARD = 168;
const HEIGHTS_REM: Record<Layout, number> = { grid: 12.75, list: 3.75 };
const ROWS_AHEAD = 4;

interface AssetItemsProps {
  label: string;
  assets: readonly Asset[];
  layout: Layout;
  hasMore: boolean;
  onMore: () => void;
}

/** All assets that were found, however many: only those in view, and some around, are in the page. */
export function AssetItems({ label, assets, layout, hasMore, onMore }: AssetItemsProps) {
  const [search] = useSearchParams();
  const [playing, setPlaying] = useState<string | null>(null);
  const [box, setBox] = useState<HTMLUListElement | null>(null);
  const [width, top] = [useMeasure(box, widthOf), useMeasure(box, topOf)];
  const columns = layout === "list" ? 1 : Math.max(2, Math.floor((width + GAP) / (LEAST_CARD + GAP)));
  const [gap, height] = [layout === "list" ? 0 : GAP, remPixels(HEIGHTS_REM[layout])];
  const rows = useRows(Math.ceil(assets.length / columns), height + gap, top);
  useMore(rows.last >= Math.ceil(assets.length / columns) - ROWS_AHEAD, hasMore, onMore);
  const shown = assets.slice(rows.first * columns, (rows.last + 1) * columns);
  const Item = layout === "list" ? AssetRow : AssetCard;
  return (
    <ul
      ref={setBox}
      aria-label={label}
      className="grid content-start"
      style={{
        gap,
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridAutoRows: height,
        paddingTop: rows.above,
        paddingBottom: rows.below,
      }}
    >
      {shown.map((asset, place) => (
        <li
          key={asset.id}
          aria-posinset={rows.first * columns + place + 1}
          aria-setsize={hasMore ? -1 : assets.length}
          className="min-w-0"
        >
          <Item asset={asset} to={addressOf(asset.id, search)} isPlaying={playing === asset.id} onPlay={setPlaying} />
        </li>
      ))}
    </ul>
  );
}

/** The rows in view, and how much room those above and below take. */
function useRows(count: number, height: number, scrollMargin: number) {
  const window = useWindowVirtualizer({ count, estimateSize: () => height, overscan: ROWS_AHEAD, scrollMargin });
  const items = window.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1];
  return { first, last, above: first * height, below: Math.max(0, count - 1 - last) * height };
}

function useMore(isNear: boolean, hasMore: boolean, onMore: () => void): void {
  useEffect(() => {
    if (isNear && hasMore) onMore();
  }, [isNear, hasMore, onMore]);
}
