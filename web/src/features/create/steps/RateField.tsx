import { useId } from "react";
import { useTranslation } from "react-i18next";

import { fieldOf } from "../model/schema";
import type { OrderForm } from "../model/use-order-form";

const STEP = 0.05;

export function RateField({ form }: { form: OrderForm }) {
  const { t, i18n } = useTranslation("create");
  const id = useId();
  const { minimum = 0.5, maximum = 2 } = fieldOf(form.schema, "rate");
  const rate = Number(form.order.params.rate ?? 1);
  const shown = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2 }).format(rate);
  return (
    <div data-field="rate" className="grid max-w-md gap-1.5">
      <div className="flex justify-between gap-4">
        <label htmlFor={id} className="text-small font-medium text-ink-soft">
          {t("voiceRate")}
        </label>
        <output htmlFor={id} className="figures">
          {shown}×
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={minimum}
        max={maximum}
        step={STEP}
        value={rate}
        aria-valuetext={`${shown}×`}
        aria-describedby={`${id}-hint`}
        onChange={(event) => form.set("rate", event.target.valueAsNumber)}
        className="h-6 w-full accent-signal-strong"
      />
      <p id={`${id}-hint`} className="text-small text-ink-faint">
        {form.errors.rate ?? t("voiceRateHint")}
      </p>
    </div>
  );
}
