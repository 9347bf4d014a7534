import { useTranslation } from "react-i18next";

import { formatNumber } from "@/lib/format";

import type { Engine } from "../model/queries";
import { MissingEngine } from "./MissingEngine";

/** What could be chosen here too, once something is installed. */
export function MissingEngines({ engines, capability }: { engines: readonly Engine[]; capability: string }) {
  const { t } = useTranslation("create");
  const missing = engines.filter((engine) => engine.capability === capability && !engine.ready);
  if (missing.length === 0) return null;
  return (
    <details className="text-small">
      <summary className="min-h-8 py-1.5 text-ink-soft">
        {t("engineMissing", { number: formatNumber(missing.length) })}
      </summary>
      <div className="mt-2 grid gap-4">
        {missing.map((engine) => (
          <MissingEngine key={engine.kind} engine={engine} />
        ))}
      </div>
    </details>
  );
}
