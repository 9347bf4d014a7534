import { useTranslation } from "react-i18next";

import type { Engine } from "../model/queries";

/** Whether an engine is a draft, a model, or a service that costs money. */
export function Quality({ quality }: { quality: Engine["quality"] }) {
  const { t } = useTranslation("create");
  const words = {
    draft: { name: t("qualityDraft"), hint: t("qualityDraftHint") },
    model: { name: t("qualityModel"), hint: t("qualityModelHint") },
    cloud: { name: t("qualityCloud"), hint: t("qualityCloudHint") },
  }[quality];
  return (
    <span
      title={words.hint}
      className="strip rounded-hair px-1.5 py-0.5 whitespace-nowrap ring-1 ring-line-strong/60 ring-inset"
    >
      {words.name}
    </span>
  );
}
