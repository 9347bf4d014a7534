import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { paths } from "@/config/paths";
import { notify } from "@/lib/notices";

import { useDeleteJob } from "../model/actions";
import { isFinal, type Job, nameOf } from "../model/job";
import { useTellRefusal } from "./refusals";

/** The one thing here that nothing takes back, so that it is asked first. */
export function DeleteDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation("job");
  const { t: tCommon } = useTranslation();
  const remove = useDeleteJob(job.id);
  const tellRefusal = useTellRefusal();
  const navigate = useNavigate();
  function confirm() {
    remove.mutate(undefined, {
      onError: tellRefusal,
      onSuccess: () => {
        notify({ tone: "neutral", text: t("deleted", { name: nameOf(job) }) });
        void navigate(paths.history);
      },
    });
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("deleteTitle")}
      lead={isFinal(job) ? t("deleteLead") : t("deleteRunningLead")}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button look="danger" isBusy={remove.isPending} onClick={confirm}>
            {t("delete")}
          </Button>
        </>
      }
    />
  );
}
