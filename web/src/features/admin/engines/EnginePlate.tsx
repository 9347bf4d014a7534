import { useTranslation } from "react-i18next";

import { CopyField } from "@/components/ui/CopyField";
import { Lamp } from "@/components/ui/Lamp";

import type { Engine } from "../model/queries";

export function EnginePlate({ engine }: { engine: Engine }) {
  const { t } = useTranslation("admin");
  const qualities: Record<Engine["quality"], string> = {
    draft: t("qualityDraft"),
    model: t("qualityModel"),
    cloud: t("qualityCloud"),
  };
  const facts: readonly (readonly [string, string])[] = [
    [t("engineQuality"), qualities[engine.quality]],
    [t("engineLicence"), engine.licence],
    [t("engineQueue"), engine.queue],
    [t("engineLanguages"), engine.languages.length === 0 ? t("engineAnyLanguage") : engine.languages.join(", ")],
  ];
  return (
    <li className="grid items-start gap-x-6 gap-y-3 px-4 py-4 sm:px-5 md:grid-cols-[7rem_minmax(0,1fr)]">
      <Lamp tone={engine.ready ? "done" : "idle"}>{engine.ready ? t("engineReady") : t("engineMissing")}</Lamp>
      <div className="grid min-w-0 gap-2">
        <h4 className="font-medium break-words">
          {engine.title} <span className="strip">{engine.kind}</span>
        </h4>
        {engine.note !== "" && <p className="max-w-prose text-small text-ink-soft">{engine.note}</p>}
        <dl className="flex flex-wrap gap-x-6 gap-y-1 text-small">
          {facts.map(([name, value]) => (
            <div key={name} className="min-w-0">
              <dt className="strip">{name}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
        </dl>
        {!engine.ready && (
          <div className="mt-1 grid max-w-2xl gap-2">
            <p className="text-small break-words text-ink-soft">{engine.reason}</p>
            {engine.remedy !== "" && <CopyField label={t("engineRemedy")} value={engine.remedy} />}
          </div>
        )}
      </div>
    </li>
  );
}
