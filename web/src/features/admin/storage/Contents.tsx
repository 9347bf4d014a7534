import { useTranslation } from "react-i18next";

import { Meter } from "@/components/ui/Meter";
import { Panel } from "@/components/ui/Panel";
import { formatBytes, formatNumber } from "@/lib/format";

import type { Storage } from "../model/queries";

/** What fills the store, the largest first. Shares are of the largest, so that small ones can be told apart. */
export function Contents({ storage }: { storage: Storage }) {
  const { t } = useTranslation("admin");
  const words: Record<string, string> = {
    assets: t("storageAssets"),
    artifacts: t("storageArtifacts"),
    previews: t("storagePreviews"),
    uploads: t("storageUploads"),
  };
  const rows = Object.entries(storage.by_content).toSorted(([, one], [, other]) => other.bytes - one.bytes);
  const largest = rows[0]?.[1].bytes ?? 0;
  return (
    <Panel title={t("storageBy")}>
      <div className="grid gap-3">
        {rows.map(([content, { bytes, count }]) => (
          <Meter
            key={content}
            label={words[content] ?? content}
            fraction={largest === 0 ? 0 : bytes / largest}
            text={`${formatBytes(bytes)} · ${t("storageFiles", { count, formatted: formatNumber(count) })}`}
            tone="done"
          />
        ))}
      </div>
    </Panel>
  );
}
