import { useTranslation } from "react-i18next";

import type { StepsProps } from "../order/StepsOf";
import { FileField } from "./FileField";
import { Step } from "./Step";

export function RecordingStep({ number, form, AssetField }: StepsProps & { number: number }) {
  const { t } = useTranslation("create");
  return (
    <Step number={number} title={t("recording")}>
      <FileField
        path="audio"
        label={t("recordingLabel")}
        hint={t("recordingHint")}
        error={form.errors.audio}
        kind="audio"
        value={form.order.params.audio}
        onChange={(reference) => form.set("audio", reference)}
        AssetField={AssetField}
      />
    </Step>
  );
}
