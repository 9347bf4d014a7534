import { useInfiniteQuery } from "@tanstack/react-query";
import { Library, SearchX } from "lucide-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Empty, Loading } from "@/components/ui/Empty";
import { PageHead } from "@/components/ui/Panel";
import { useFilesAnywhere } from "@/lib/dropped-files";
import { useTitle } from "@/lib/scope";

import { FileInput } from "./components/FileInput";
import type { Asset } from "./model/asset";
import { useKeepAsset } from "./model/keep";
import { assetsQuery } from "./model/queries";
import { sendToLibrary } from "./model/tray";
import { type ChangeView, isFiltered, type LibraryView, useLibraryView } from "./model/view";
import { AssetItems } from "./page/AssetItems";
import { AssetPanel } from "./page/AssetPanel";
import { LeftUploads } from "./page/LeftUploads";
import { StorageMeter } from "./page/StorageMeter";
import { Toolbar } from "./page/Toolbar";

/** The library: what is there, found again, looked at, named, tagged, and what comes in. */
export function AssetsPage() {
  const { t } = useTranslation("assets");
  useTitle(t("title"));
  const [view, change] = useLibraryView();
  const keep = useKeepAsset();
  const upload = (files: File[]) => sendToLibrary(files, view.kind.length === 1 ? (view.kind[0] ?? null) : null, keep);
  const isOver = useFilesAnywhere(upload);
  return (
    <>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <FileInput isMany isPrimary onFiles={upload}>
            {t("uploadFiles")}
          </FileInput>
        }
      />
      <StorageMeter />
      <LeftUploads />
      <Found view={view} onChange={change} onFiles={upload} />
      {view.show !== null && <AssetPanel key={view.show} assetId={view.show} onChange={change} />}
      {isOver && <DropVeil />}
    </>
  );
}

function Found({
  view,
  onChange,
  onFiles,
}: {
  view: LibraryView;
  onChange: ChangeView;
  onFiles: (files: File[]) => void;
}) {
  const { t } = useTranslation("assets");
  const { kind, tag, text, sort } = view;
  const found = useInfiniteQuery(assetsQuery({ kind, tag, text, sort }));
  const assets = found.data?.pages.flatMap((page) => page.assets) ?? [];
  const { fetchNextPage, isFetchingNextPage } = found;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const isNothing = found.isSuccess && assets.length === 0;
  return (
    <>
      {!(isNothing && !isFiltered(view)) && <Toolbar view={view} onChange={onChange} tags={tagsOf(assets)} />}
      {found.isPending && <Loading rows={5} label={t("loadingAssets")} />}
      {found.isError && <Failure failure={found.error} onRetry={() => void found.refetch()} />}
      {isNothing && (isFiltered(view) ? <NoMatch onChange={onChange} /> : <NothingYet onFiles={onFiles} />)}
      {assets.length > 0 && (
        <AssetItems
          label={t("title")}
          assets={assets}
          layout={view.layout}
          hasMore={found.hasNextPage && !found.isFetchNextPageError}
          onMore={more}
        />
      )}
    </>
  );
}

function tagsOf(assets: readonly Asset[]): string[] {
  return [...new Set(assets.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b));
}

function NothingYet({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation("assets");
  return (
    <div className="rounded-panel border border-dashed border-line-strong/70">
      <Empty
        icon={<Library aria-hidden className="size-8" />}
        title={t("nothingYet")}
        actions={
          <FileInput isMany onFiles={onFiles}>
            {t("uploadFiles")}
          </FileInput>
        }
      >
        {t("nothingYetHint")}
      </Empty>
    </div>
  );
}

function NoMatch({ onChange }: { onChange: ChangeView }) {
  const { t } = useTranslation("assets");
  return (
    <Empty
      icon={<SearchX aria-hidden className="size-8" />}
      title={t("noMatch")}
      actions={<Button onClick={() => onChange({ kind: [], tag: [], text: "" })}>{t("showAll")}</Button>}
    />
  );
}

function DropVeil() {
  const { t } = useTranslation("assets");
  return (
    <div className="pointer-events-none fixed inset-2 z-40 grid place-items-center rounded-panel border-2 border-dashed border-signal-strong bg-veil">
      <p className="rounded-small bg-raised px-5 py-3 font-medium shadow-over">{t("dropAnywhere")}</p>
    </div>
  );
}
