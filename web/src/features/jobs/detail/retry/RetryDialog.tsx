import { type SubmitEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Problem } from "@/lib/problem";

import { useRetry } from "../../model/actions";
import type { Job } from "../../model/job";
import { useProduct } from "../JobHead";
import { fieldsOf, textOfValue, valueOf } from "./fields";
import { ParamControl } from "./ParamControl";

interface RetryDialogProps {
  job: Job;
  stage: string;
  onClose: () => void;
}

/** Runs the job again from a stage with other settings; what the stages before it made is used again. */
export function RetryDialog({ job, stage, onClose }: RetryDialogProps) {
  const { t } = useTranslation("job");
  const { t: tCommon } = useTranslation();
  const formId = useId();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const retry = useRetry(job.id);
  const fields = fieldsOf(useProduct(job.pipeline)?.params ?? {});
  const errors = fieldErrors(retry.error);
  const unplaced = retry.error !== null && !fields.some(({ name }) => errors.has(name)) ? retry.error : null;
  function start(event: SubmitEvent) {
    event.preventDefault();
    const changed = fields.filter(
      ({ name }) => typed[name] !== undefined && typed[name] !== textOfValue(job.params[name]),
    );
    const params = Object.fromEntries(changed.map((field) => [field.name, valueOf(field, typed[field.name] ?? "")]));
    retry.mutate({ from: stage, params }, { onSuccess: onClose });
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("retryTitle", { stage: job.stages.find(({ key }) => key === stage)?.label ?? stage })}
      lead={t("retryLead")}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button type="submit" form={formId} look="primary" isBusy={retry.isPending}>
            {t("retryStart")}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={start} className="grid gap-4">
        {unplaced !== null && <Failure failure={unplaced} />}
        {fields.length === 0 && <p>{t("retryNothing")}</p>}
        {fields.map((field) => (
          <ParamControl
            key={field.name}
            field={field}
            text={typed[field.name] ?? textOfValue(job.params[field.name])}
            error={errors.get(field.name)}
            onType={(text) => setTyped({ ...typed, [field.name]: text })}
          />
        ))}
      </form>
    </Dialog>
  );
}

/** What the server said of single fields, by their name. */
function fieldErrors(failure: Error | null): ReadonlyMap<string, string> {
  const errors = failure instanceof Problem ? (failure.body.errors ?? []) : [];
  return new Map(errors.map(({ path, message }) => [path.split(".")[0] ?? path, message]));
}
