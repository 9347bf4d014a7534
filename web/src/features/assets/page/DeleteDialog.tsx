import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Loading } from "@/components/ui/Empty";
import { notify } from "@/lib/notices";

import { type Asset, isUnfinished } from "../model/asset";
import { useDeleteAsset } from "../model/changes";
import { jobsUsingQuery } from "../model/queries";
import { JobUses } from "./UsedBy";

interface DeleteDialogProps {
  asset: Asset;
  onClose: () => void;
  onDeleted: () => void;
}

/** What deleting breaks is said before: unfinished jobs that need the file are named. */
export function DeleteDialog({ asset, onClose, onDeleted }: DeleteDialogProps) {
  const { t } = useTranslation("assets");
  const jobs = useQuery({ ...jobsUsingQuery(asset.id), staleTime: 0 });
  const remove = useDeleteAsset(asset);
  const needing = jobs.data?.filter(isUnfinished) ?? [];
  function act() {
    remove.mutate(needing.length > 0, {
      onSuccess: () => {
        notify({ tone: "neutral", text: t("deleted", { name: asset.name }) });
        onDeleted();
      },
    });
  }
  return (
    <Dialog
      isOpen
      title={t("deleteTitle", { name: asset.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("keepIt")}</Button>
          <Button look="danger" isBusy={remove.isPending} disabled={jobs.isFetching} onClick={act}>
            {needing.length > 0 ? t("deleteAnyway") : t("delete")}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {jobs.isPending && <Loading rows={1} label={t("loadingJobs")} />}
        {needing.length > 0 && (
          <>
            <p>{t("deleteNeeded", { count: needing.length })}</p>
            <JobUses jobs={needing} />
            <p className="text-small text-ink-soft">{t("deleteNeededHint")}</p>
          </>
        )}
        {jobs.data !== undefined && needing.length === 0 && (
          <p>{jobs.data.length > 0 ? t("deleteUsed", { count: jobs.data.length }) : t("deleteUnused")}</p>
        )}
        {remove.isError && <Failure failure={remove.error} />}
      </div>
    </Dialog>
  );
}
