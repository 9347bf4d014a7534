import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Empty } from "@/components/ui/Empty";

import { Loaded } from "../components/Loaded";
import { Section } from "../components/Section";
import { type Engine, enginesQuery } from "../model/queries";
import { EnginePlate } from "./EnginePlate";

export function EnginesSection() {
  const { t } = useTranslation("admin");
  const asked = useQuery(enginesQuery);
  return (
    <Section title={t("engines")} lead={t("enginesLead")}>
      <Loaded asked={asked}>
        {(engines) =>
          engines.length === 0 ? (
            <Empty title={t("enginesEmpty")} />
          ) : (
            <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
              {byCapability(engines).map(([capability, some]) => (
                <Capability key={capability} name={capability} engines={some} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Section>
  );
}

function Capability({ name, engines }: { name: string; engines: readonly Engine[] }) {
  const { t } = useTranslation("admin");
  const ready = engines.filter((engine) => engine.ready).length;
  return (
    <div>
      <header className="mb-2 flex flex-wrap items-baseline justify-between gap-3">
        <h3 className="font-mono font-medium">{name}</h3>
        <p className="figures text-ink-soft">{t("enginesReadyOf", { ready, total: engines.length })}</p>
      </header>
      <ul className="divide-y divide-line rounded-panel border border-line bg-panel">
        {engines.map((engine) => (
          <EnginePlate key={engine.kind} engine={engine} />
        ))}
      </ul>
    </div>
  );
}

/** As the server orders them. */
function byCapability(engines: readonly Engine[]): (readonly [string, Engine[]])[] {
  const names = [...new Set(engines.map((engine) => engine.capability))];
  return names.map((name) => [name, engines.filter((engine) => engine.capability === name)]);
}
