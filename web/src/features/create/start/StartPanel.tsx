import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { SelectField, TextField } from "@/components/ui/Field";
import { Panel } from "@/components/ui/Panel";
import { Problem } from "@/lib/problem";

import { PRIORITIES, type Priority } from "../model/order";
import type { OrderForm } from "../model/use-order-form";
import { durationWords } from "./duration-words";
import { Expected } from "./Expected";

/** What the job will take, its name and priority, and the button. */
export function StartPanel({ form }: { form: OrderForm }) {
  const { t } = useTranslation("create");
  return (
    <Panel title={t("startTitle")} className="lg:sticky lg:top-9">
      <div className="grid gap-5">
        <Expected form={form} />
        <TextField
          label={t("name")}
          hint={t("nameHint")}
          value={form.order.description}
          maxLength={2000}
          dir="auto"
          onChange={(event) => form.describe(event.target.value)}
        />
        <PriorityField form={form} />
        <Refusal form={form} />
        <Button type="submit" look="primary" isBusy={form.isStarting} className="w-full">
          {t("start")}
        </Button>
      </div>
    </Panel>
  );
}

function PriorityField({ form }: { form: OrderForm }) {
  const { t } = useTranslation("create");
  const words: Record<Priority, string> = {
    low: t("priorityLow"),
    normal: t("priorityNormal"),
    high: t("priorityHigh"),
    urgent: t("priorityUrgent"),
  };
  return (
    <SelectField
      label={t("priority")}
      value={form.order.priority}
      onChange={(event) => {
        const chosen = PRIORITIES.find((priority) => priority === event.target.value);
        if (chosen !== undefined) form.prioritise(chosen);
      }}
    >
      {PRIORITIES.map((priority) => (
        <option key={priority} value={priority}>
          {words[priority]}
        </option>
      ))}
    </SelectField>
  );
}

/** Why it did not start. */
function Refusal({ form }: { form: OrderForm }) {
  const { t, i18n } = useTranslation("create");
  const wrong = Object.keys(form.errors).length;
  if (form.failure !== null) {
    const seconds = form.failure instanceof Problem ? form.failure.retryAfterSeconds : null;
    return (
      <div className="grid gap-2">
        <Failure failure={form.failure} />
        <p className="text-small text-ink-soft">
          {t("kept")} {seconds !== null && t("retryAfter", { duration: durationWords(t, i18n.language, seconds) })}
        </p>
      </div>
    );
  }
  return (
    <div role="status" className={wrong === 0 ? "hidden" : undefined}>
      {wrong > 0 && <p className="text-small text-failed-ink">{t("refused", { count: wrong })}</p>}
    </div>
  );
}
