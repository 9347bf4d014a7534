import { useTranslation } from "react-i18next";

import type { Pipeline } from "../model/schema";

/** The stages of a pipeline as the empty rail that a job will fill, and their names in order. */
export function StageWeights({ stages }: { stages: Pipeline["stages"] }) {
  const { t } = useTranslation("create");
  return (
    <div>
      <div aria-hidden className="flex gap-0.5">
        {stages.map((stage) => (
          <div
            key={stage.key}
            title={stage.label}
            className="h-3 min-w-1 rounded-hair bg-well ring-1 ring-line-strong/50 ring-inset"
            style={{ flexGrow: stage.weight, flexBasis: 0 }}
          />
        ))}
      </div>
      <ol aria-label={t("stages")} className="strip mt-2 grid">
        {stages.map((stage, index) => (
          <li key={stage.key} className="break-words">
            <span aria-hidden className="mr-2">
              {index + 1}
            </span>
            {stage.label}
          </li>
        ))}
      </ol>
    </div>
  );
}
