import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago } from "@/components/ui/Ago";
import { Lamp } from "@/components/ui/Lamp";
import { paths } from "@/config/paths";

import { kindWord, measuresOf } from "../components/describe";
import { PlayButton } from "../components/PlayButton";
import { Preview } from "../components/Preview";
import { type Asset, contentOf } from "../model/asset";
import { useFollowed } from "../model/follow";

export interface AssetItemProps {
  asset: Asset;
  /** The address that shows it, with what else the page shows. */
  to: string;
  isPlaying: boolean;
  onPlay: (assetId: string | null) => void;
}

/** An asset as a card of fixed height. */
export function AssetCard({ asset: known, to, isPlaying, onPlay }: AssetItemProps) {
  const { t } = useTranslation("assets");
  const asset = useFollowed(known);
  return (
    <article className="relative h-full overflow-hidden rounded-panel border border-line bg-panel hover:border-line-strong">
      <Link to={to} preventScrollReset className="block h-full rounded-panel -outline-offset-2">
        <Preview asset={asset} className="h-36 w-full" />
        <span className="grid gap-0.5 px-3 py-2">
          <span dir="auto" className="truncate text-small font-medium" title={asset.name}>
            {asset.name}
          </span>
          <AssetStateOr asset={asset}>
            <span className="strip truncate">
              {kindWord(t, asset.kind)} · {measuresOf(t, asset)}
            </span>
          </AssetStateOr>
        </span>
      </Link>
      {contentOf(asset.kind) === "audio" && asset.state === "ready" && (
        <PlayButton asset={asset} isPlaying={isPlaying} onPlay={onPlay} className="absolute top-2 right-2 bg-panel" />
      )}
    </article>
  );
}

/** An asset as a row of fixed height. */
export function AssetRow({ asset: known, to, isPlaying, onPlay }: AssetItemProps) {
  const { t } = useTranslation("assets");
  const asset = useFollowed(known);
  const isSound = contentOf(asset.kind) === "audio" && asset.state === "ready";
  return (
    <article className="flex h-full items-center gap-3 border-b border-line pr-2 hover:bg-hover">
      <Link to={to} preventScrollReset className="flex h-full min-w-0 grow items-center gap-3 -outline-offset-2">
        <Preview asset={asset} className="size-11 shrink-0 rounded-small" />
        <span className="grid min-w-0 grow items-center gap-x-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,14rem)] lg:grid-cols-[minmax(0,1fr)_minmax(0,17rem)_8rem]">
          <span dir="auto" className="truncate text-small font-medium" title={asset.name}>
            {asset.name}
          </span>
          <AssetStateOr asset={asset}>
            <span className="strip truncate">
              {kindWord(t, asset.kind)} · {measuresOf(t, asset)}
            </span>
          </AssetStateOr>
          <span className="hidden text-small text-ink-faint lg:block">
            <Ago moment={asset.created_at} />
          </span>
        </span>
      </Link>
      <span className="size-9 shrink-0">
        {isSound && <PlayButton asset={asset} isPlaying={isPlaying} onPlay={onPlay} />}
      </span>
    </article>
  );
}

/** What is to be known of one that is not ready; else what it measures. */
function AssetStateOr({ asset, children }: { asset: Asset; children: ReactNode }) {
  const { t } = useTranslation("assets");
  if (asset.state === "failed") return <Lamp tone="failed">{t("stateFailed")}</Lamp>;
  if (asset.state === "pending") return <Lamp tone="idle">{t("statePending")}</Lamp>;
  if (asset.state === "processing") return <Lamp tone="active">{t("stateProcessing")}</Lamp>;
  return children;
}

/** Keeps the filter in the address of one asset. */
export function addressOf(assetId: string, search: URLSearchParams): string {
  const next = new URLSearchParams(search);
  next.set("show", assetId);
  return `${paths.assets}?${next.toString()}`;
}
