import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Loading } from "@/components/ui/Empty";

import { Player } from "../components/Player";
import { Preview } from "../components/Preview";
import { kindWord, measuresOf } from "../components/describe";
import { contentOf } from "../model/asset";
import { assetQuery } from "../model/queries";

/** The file that the field holds. */
export function ChosenAsset({
  assetId,
  onReplace,
  onRemove,
}: {
  assetId: string;
  onReplace: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation("assets");
  const asset = useQuery(assetQuery(assetId));
  const actions = (
    <div className="flex flex-wrap gap-2">
      <Button size="small" onClick={onReplace}>
        {t("replace")}
      </Button>
      <Button size="small" look="quiet" onClick={onRemove}>
        {t("removeFromField")}
      </Button>
    </div>
  );
  if (asset.isPending) return <Loading rows={1} label={t("loadingAsset")} />;
  if (asset.isError)
    return (
      <div className="grid gap-2">
        <Failure failure={asset.error} onRetry={() => void asset.refetch()} />
        {actions}
      </div>
    );
  const isSound = contentOf(asset.data.kind) === "audio";
  return (
    <div className="grid gap-3 rounded-small border border-line bg-panel p-3 sm:grid-cols-[auto_minmax(0,1fr)] sm:items-center">
      {isSound ? (
        <div className="sm:col-span-2">
          <Player asset={asset.data} />
        </div>
      ) : (
        <Preview asset={asset.data} className="size-24 rounded-small" />
      )}
      <div className={isSound ? "min-w-0 sm:col-span-2" : "min-w-0"}>
        <p dir="auto" className="truncate font-medium" title={asset.data.name}>
          {asset.data.name}
        </p>
        <p className="mb-2 text-small text-ink-soft">
          {kindWord(t, asset.data.kind)} · <span className="figures">{measuresOf(t, asset.data)}</span>
        </p>
        {actions}
      </div>
    </div>
  );
}
