import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { CopyField } from "@/components/ui/CopyField";
import { Lamp } from "@/components/ui/Lamp";
import { Panel } from "@/components/ui/Panel";
import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";

import { Shown } from "../components/Shown";

type Engine = components["schemas"]["EngineOut"];

/** What is installed meanwhile shows when one comes back to the page. */
const enginesQuery = queryOptions({
  queryKey: ["engines"] as const,
  queryFn: async ({ signal }) => (await answered(api.GET("/api/engines", { signal }))).engines,
  refetchOnWindowFocus: true,
});

export function EnginesSection() {
  const { t } = useTranslation("settings");
  const engines = useQuery(enginesQuery);
  return (
    <>
      <p className="mb-6 max-w-prose text-ink-soft">{t("enginesLead")}</p>
      <Shown query={engines}>
        {(found) => (
          <div className="grid gap-6">
            {[...new Set(found.map((engine) => engine.capability))].map((capability) => (
              <Capability
                key={capability}
                name={capability}
                engines={found.filter((engine) => engine.capability === capability)}
              />
            ))}
          </div>
        )}
      </Shown>
    </>
  );
}

function Capability({ name, engines }: { name: string; engines: readonly Engine[] }) {
  const { t } = useTranslation("settings");
  const words: Record<string, string> = { speech: t("capabilitySpeech"), avatar: t("capabilityAvatar") };
  const ready = engines.filter((engine) => engine.ready).length;
  return (
    <Panel
      title={words[name] ?? name}
      actions={<span className="strip">{t("readyOf", { ready, count: engines.length })}</span>}
    >
      <ul className="-my-4 divide-y divide-line">
        {engines.map((engine) => (
          <EngineEntry key={engine.kind} engine={engine} />
        ))}
      </ul>
    </Panel>
  );
}

function EngineEntry({ engine }: { engine: Engine }) {
  const { t } = useTranslation("settings");
  const qualities = { draft: t("qualityDraft"), model: t("qualityModel"), cloud: t("qualityCloud") };
  return (
    <li className="grid gap-2 py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h3 className="font-medium break-words">
          {engine.title} <span className="strip ml-1">{engine.kind}</span>
        </h3>
        <Lamp tone={engine.ready ? "done" : "paused"}>{engine.ready ? t("engineReady") : t("engineMissing")}</Lamp>
      </div>
      {engine.note !== "" && <p className="max-w-prose text-small text-ink-soft">{engine.note}</p>}
      <p className="strip flex flex-wrap gap-x-5">
        <span>{qualities[engine.quality]}</span>
        <span>
          {t("engineLicence")}: {engine.licence}
        </span>
        <span>
          {t("engineLanguages")}: {engine.languages.length === 0 ? t("engineAnyLanguage") : engine.languages.join(", ")}
        </span>
        <span>
          {t("engineQueue")}: {engine.queue}
        </span>
      </p>
      {!engine.ready && <p className="text-small break-words">{engine.reason}</p>}
      {!engine.ready && engine.remedy !== "" && <CopyField label={t("engineRemedy")} value={engine.remedy} />}
    </li>
  );
}
