import { useTranslation } from "react-i18next";

import { Choice } from "@/components/ui/Choice";
import { TextField } from "@/components/ui/Field";
import { formatNumber } from "@/lib/format";

import { textOf } from "../model/order";
import { fieldOf } from "../model/schema";
import type { OrderForm } from "../model/use-order-form";
import { EngineField } from "./EngineField";
import { FrameField } from "./FrameField";
import { Step } from "./Step";

/** How the video looks, and which engine makes it. */
export function LookStep({ number, form, engineName }: { number: number; form: OrderForm; engineName: string }) {
  const { t } = useTranslation("create");
  const { params } = form.order;
  const fps = fieldOf(form.schema, "fps");
  return (
    <Step number={number} title={t("look")}>
      <FrameField form={form} />
      <div data-field="fps" className="max-w-xs">
        <TextField
          type="number"
          label={t("fps")}
          hint={t("fpsHint", { minimum: formatNumber(fps.minimum ?? 1), maximum: formatNumber(fps.maximum ?? 60) })}
          error={form.errors.fps}
          value={shownNumber(params.fps)}
          min={fps.minimum}
          max={fps.maximum}
          onChange={(event) => form.set("fps", numberOf(event.target.value))}
        />
      </div>
      {fieldOf(form.schema, "subtitles").enum !== undefined && <SubtitlesField form={form} />}
      <div data-field={engineName}>
        <EngineField
          capability="avatar"
          value={textOf(params[engineName], "auto")}
          error={form.errors[engineName]}
          onChoose={(engine) => form.set(engineName, engine)}
        />
      </div>
    </Step>
  );
}

function SubtitlesField({ form }: { form: OrderForm }) {
  const { t } = useTranslation("create");
  return (
    <div data-field="subtitles">
      <Choice
        name="subtitles"
        label={t("subtitles")}
        value={String(form.order.params.subtitles)}
        options={[
          { value: "vtt", label: t("subtitlesVtt") },
          { value: "burnt", label: t("subtitlesBurnt") },
          { value: "none", label: t("subtitlesNone") },
        ]}
        onChoose={(subtitles) => form.set("subtitles", subtitles)}
      />
    </div>
  );
}

export function numberOf(text: string): number | undefined {
  return text === "" ? undefined : Number(text);
}

export function shownNumber(value: unknown): string | number {
  return typeof value === "number" ? value : "";
}
