import { useTranslation } from "react-i18next";

import { CopyField } from "@/components/ui/CopyField";
import { Lamp } from "@/components/ui/Lamp";

import type { Engine } from "../model/queries";

/** An engine that is not ready: what it lacks, and what to type. */
export function MissingEngine({ engine }: { engine: Engine }) {
  const { t } = useTranslation("create");
  return (
    <div className="grid min-w-0 gap-1.5 text-small">
      <p className="flex flex-wrap items-center gap-x-3">
        <span className="font-medium break-words">{engine.title}</span>
        <Lamp tone="waiting">{t("engineNotReady")}</Lamp>
      </p>
      <p className="text-ink-soft break-words">{engine.reason}</p>
      {engine.remedy !== "" && <CopyField label={t("engineRemedy", { engine: engine.title })} value={engine.remedy} />}
    </div>
  );
}
