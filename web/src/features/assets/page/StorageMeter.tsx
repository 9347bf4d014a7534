import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Meter } from "@/components/ui/Meter";
import { formatBytes } from "@/lib/format";

import { usageQuery } from "../model/queries";

const NEARLY_FULL = 0.9;

/** How much of the storage is used. */
export function StorageMeter() {
  const { t } = useTranslation("assets");
  const usage = useQuery(usageQuery).data;
  if (usage === undefined) return null;
  const used = formatBytes(usage.used_bytes);
  if (usage.storage_bytes === null)
    return <p className="mb-5 text-small text-ink-soft">{t("storageUsed", { used })}</p>;
  const fraction = usage.used_bytes / Math.max(1, usage.storage_bytes);
  return (
    <div className="mb-5 max-w-md">
      <Meter
        label={t("storage")}
        fraction={fraction}
        text={t("storageOf", { used, storage: formatBytes(usage.storage_bytes) })}
        tone={fraction >= NEARLY_FULL ? "failed" : "done"}
      />
    </div>
  );
}
