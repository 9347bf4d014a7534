import { useTranslation } from "react-i18next";

import { Choice } from "@/components/ui/Choice";

import { fieldOf } from "../model/schema";
import type { OrderForm } from "../model/use-order-form";
import { Step } from "./Step";

export function FormatStep({ number, form }: { number: number; form: OrderForm }) {
  const { t } = useTranslation("create");
  const { enum: formats = [], description } = fieldOf(form.schema, "format");
  return (
    <Step number={number} title={t("sound")}>
      <div data-field="format" className="grid gap-1.5">
        <Choice
          name="format"
          label={t("format")}
          value={String(form.order.params.format)}
          options={formats.map((format) => ({ value: String(format), label: String(format).toUpperCase() }))}
          onChoose={(format) => form.set("format", format)}
        />
        {description !== undefined && <p className="text-small text-ink-faint">{description}</p>}
      </div>
    </Step>
  );
}
