import { useInfiniteQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Empty, Loading } from "@/components/ui/Empty";
import { TextField } from "@/components/ui/Field";

import { kindWord, measuresOf } from "../components/describe";
import { Preview } from "../components/Preview";
import { type Asset, type AssetKind, kindsLike } from "../model/asset";
import { assetsQuery } from "../model/queries";
import { focusFirst, moveFocus } from "./grid-keys";

interface AssetPickerProps {
  kind: AssetKind;
  label: string;
  onChoose: (asset: Asset) => void;
  onClose: () => void;
}

/** The files of the library that fit, to choose one; arrow keys go through them. */
export function AssetPicker({ kind, label, onChoose, onClose }: AssetPickerProps) {
  const { t } = useTranslation("assets");
  const [text, setText] = useState("");
  const kinds = kindsLike(kind);
  const filter = { kind: kinds, state: ["ready" as const], tag: [], text, sort: "-created" as const };
  const found = useInfiniteQuery(assetsQuery(filter));
  const assets = found.data?.pages.flatMap((page) => page.assets) ?? [];
  function intoList(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "ArrowDown") focusFirst(event.currentTarget.closest("dialog"));
  }
  return (
    <Dialog isOpen isWide title={t("pickFor", { label })} onClose={onClose}>
      <div className="grid gap-4">
        <TextField
          type="search"
          label={t("searchNames")}
          value={text}
          autoFocus
          onChange={(event) => setText(event.target.value)}
          onKeyDown={intoList}
        />
        {found.isError && <Failure failure={found.error} onRetry={() => void found.refetch()} />}
        {found.isPending && <Loading label={t("loadingAssets")} />}
        {found.isSuccess && assets.length === 0 && (
          <Empty title={text === "" ? t("nothingFits", { kind: kindWord(t, kind) }) : t("nothingFound")} />
        )}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the buttons in it */}
        <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 md:grid-cols-4" onKeyDown={moveFocus}>
          {assets.map((asset) => (
            <li key={asset.id} className="min-w-0">
              <Offer asset={asset} onChoose={onChoose} />
            </li>
          ))}
        </ul>
        {found.hasNextPage && (
          <Button isBusy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t("showMore")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function Offer({ asset, onChoose }: { asset: Asset; onChoose: (asset: Asset) => void }) {
  const { t } = useTranslation("assets");
  return (
    <button
      type="button"
      onClick={() => onChoose(asset)}
      className="grid w-full overflow-hidden rounded-small border border-line bg-raised text-left hover:border-line-strong"
    >
      <Preview asset={asset} className="h-28" />
      <span className="grid gap-0.5 p-2">
        <span dir="auto" className="truncate text-small font-medium" title={asset.name}>
          {asset.name}
        </span>
        <span className="strip truncate">
          {kindWord(t, asset.kind)} · {measuresOf(t, asset)}
        </span>
      </span>
    </button>
  );
}
