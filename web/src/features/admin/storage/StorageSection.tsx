import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Meter } from "@/components/ui/Meter";
import { Panel } from "@/components/ui/Panel";
import { formatBytes } from "@/lib/format";

import { Loaded } from "../components/Loaded";
import { Section } from "../components/Section";
import { type Storage, storageQuery } from "../model/queries";
import { Contents } from "./Contents";
import { Owners } from "./Owners";

const NEARLY_FULL = 0.9;

export function StorageSection() {
  const { t } = useTranslation("admin");
  const asked = useQuery(storageQuery);
  return (
    <Section
      title={t("storage")}
      lead={t("storageLead")}
      actions={
        <Button
          size="small"
          icon={<RefreshCw aria-hidden className="size-3.5" />}
          isBusy={asked.isFetching}
          onClick={() => void asked.refetch()}
        >
          {t("refresh")}
        </Button>
      }
    >
      <Loaded asked={asked}>
        {(storage) => (
          <>
            <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2">
              <Disk storage={storage} />
              <Contents storage={storage} />
            </div>
            <Owners owners={storage.owners} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Disk({ storage }: { storage: Storage }) {
  const { t } = useTranslation("admin");
  const [free, total] = [storage.disk_free_bytes, storage.disk_total_bytes];
  const used = total === 0 ? 0 : 1 - free / total;
  const isFull = used > NEARLY_FULL;
  return (
    <Panel title={t("storageDisk")}>
      <div className="grid gap-4">
        <Meter
          label={t("storageUsed")}
          fraction={used}
          text={t("storageDiskText", { free: formatBytes(free), total: formatBytes(total) })}
          tone={isFull ? "failed" : "done"}
        />
        {isFull && <p className="text-small text-failed-ink">{t("storageDiskFull")}</p>}
        <p className="flex items-baseline justify-between gap-4 border-t border-line pt-3">
          <span>{t("storageTotal")}</span>
          <span className="figures text-lead">{formatBytes(storage.total.bytes)}</span>
        </p>
      </div>
    </Panel>
  );
}
