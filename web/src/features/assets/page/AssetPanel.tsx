import { useQuery } from "@tanstack/react-query";
import { Download, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Ago } from "@/components/ui/Ago";
import { Button, FileButton } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Loading } from "@/components/ui/Empty";
import { Facts } from "@/components/ui/Panel";

import { kindWord, measuresOf } from "../components/describe";
import type { Asset } from "../model/asset";
import { assetQuery, linkQuery } from "../model/queries";
import type { ChangeView } from "../model/view";
import { DeleteDialog } from "./DeleteDialog";
import { Look } from "./Look";
import { NameField } from "./NameField";
import { TagsField } from "./TagsField";
import { UsedBy } from "./UsedBy";

/** One asset: looked at or listened to, named, tagged, kept, deleted. */
export function AssetPanel({ assetId, onChange }: { assetId: string; onChange: ChangeView }) {
  const { t } = useTranslation("assets");
  const asset = useQuery(assetQuery(assetId));
  const [isDeleting, setDeleting] = useState(false);
  const close = () => onChange({ show: null });
  return (
    <Dialog
      isOpen
      isWide
      title={asset.data === undefined ? t("asset") : kindWord(t, asset.data.kind)}
      onClose={close}
      actions={asset.data && <Actions asset={asset.data} onDelete={() => setDeleting(true)} />}
    >
      {asset.isPending && <Loading label={t("loadingAsset")} />}
      {asset.isError && <Failure failure={asset.error} onRetry={() => void asset.refetch()} />}
      {asset.data !== undefined && <About asset={asset.data} onTag={(tag) => onChange({ tag: [tag], show: null })} />}
      {isDeleting && asset.data !== undefined && (
        <DeleteDialog asset={asset.data} onClose={() => setDeleting(false)} onDeleted={close} />
      )}
    </Dialog>
  );
}

function About({ asset, onTag }: { asset: Asset; onTag: (tag: string) => void }) {
  const { t } = useTranslation("assets");
  return (
    <div className="grid gap-5 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="grid content-start gap-4">
        {asset.error !== null && <Refused error={asset.error} />}
        {asset.state === "ready" && <Look asset={asset} />}
        <Facts
          rows={[
            [t("measures"), <span className="figures">{measuresOf(t, asset)}</span>],
            [t("format"), <span className="figures">{asset.media_type}</span>],
            [t("added"), <Ago moment={asset.created_at} />],
          ]}
        />
      </div>
      <div className="grid content-start gap-5">
        <NameField asset={asset} />
        <TagsField asset={asset} onTag={onTag} />
        <UsedBy assetId={asset.id} />
      </div>
    </div>
  );
}

function Refused({ error }: { error: NonNullable<Asset["error"]> }) {
  return (
    <p role="alert" className="rounded-small border border-failed/50 bg-failed/8 px-4 py-3 text-small">
      {error.message} {error.hint}
    </p>
  );
}

function Actions({ asset, onDelete }: { asset: Asset; onDelete: () => void }) {
  const { t } = useTranslation("assets");
  const link = useQuery({ ...linkQuery(asset.id, "attachment"), enabled: asset.state === "ready" });
  return (
    <>
      <Button look="danger" icon={<Trash2 aria-hidden className="size-4" />} onClick={onDelete}>
        {t("delete")}
      </Button>
      {link.data !== undefined && (
        <FileButton href={link.data} download icon={<Download aria-hidden className="size-4" />}>
          {t("download")}
        </FileButton>
      )}
    </>
  );
}
