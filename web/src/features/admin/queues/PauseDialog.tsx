import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Failure } from "@/components/errors/Failure";
import { TextField } from "@/components/ui/Field";
import { notify } from "@/lib/notices";

import { MOST_REASON_CHARACTERS, usePauseQueue } from "../model/queues";

/** Pausing stops the work of others: it asks why. */
export function PauseDialog({ queue, onClose }: { queue: string; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const { t: tCommon } = useTranslation();
  const formId = useId();
  const pause = usePauseQueue();
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);

  function send() {
    const said = reason.trim();
    setMissing(said === "");
    if (said === "") return;
    const done = () => {
      notify({ tone: "done", text: t("pauseDone", { queue }) });
      onClose();
    };
    pause.mutate({ queue, reason: said }, { onSuccess: done });
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("pauseTitle", { queue })}
      lead={t("pauseLead")}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button look="primary" type="submit" form={formId} isBusy={pause.isPending}>
            {t("pause")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextField
          label={t("pauseReason")}
          hint={t("pauseReasonHint")}
          error={isMissing ? t("pauseReasonMissing") : undefined}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={MOST_REASON_CHARACTERS}
          required
          dir="auto"
        />
        {pause.error !== null && <Failure failure={pause.error} />}
      </form>
    </Dialog>
  );
}
