import { useTranslation } from "react-i18next";

import type { StepsProps } from "../order/StepsOf";
import { FileField } from "./FileField";
import { Step } from "./Step";

export function PortraitStep({ number, form, AssetField }: StepsProps & { number: number }) {
  const { t } = useTranslation("create");
  return (
    <Step number={number} title={t("portrait")}>
      <FileField
        path="portrait"
        label={t("portraitLabel")}
        hint={t("portraitHint")}
        error={form.errors.portrait}
        kind="portrait"
        value={form.order.params.portrait}
        onChange={(reference) => form.set("portrait", reference)}
        AssetField={AssetField}
      />
    </Step>
  );
}
