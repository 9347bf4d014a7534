import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { LinkButton } from "@/components/ui/Button";
import { Meter } from "@/components/ui/Meter";
import { Facts, Panel } from "@/components/ui/Panel";
import { paths } from "@/config/paths";
import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";
import { formatBytes } from "@/lib/format";

import { Shown } from "../components/Shown";

type Usage = components["schemas"]["UsageOut"];
const SHOWN = 8;
const NEARLY_FULL = 0.9;

const usageQuery = queryOptions({
  queryKey: ["assets", "usage"] as const,
  queryFn: ({ signal }): Promise<Usage> => answered(api.GET("/api/assets/usage", { signal })),
});

const biggestQuery = queryOptions({
  queryKey: ["assets", "biggest"] as const,
  queryFn: async ({ signal }) =>
    (await answered(api.GET("/api/assets", { params: { query: { sort: "-size", limit: SHOWN } }, signal }))).assets,
});

export function StorageSection() {
  const { t } = useTranslation("settings");
  return (
    <div className="grid max-w-3xl gap-6">
      <Panel title={t("storage")}>
        <p className="mb-5 text-small text-ink-soft">{t("storageLead")}</p>
        <Shown query={useQuery(usageQuery)}>{(usage) => <UsageShown usage={usage} />}</Shown>
      </Panel>
      <Panel
        title={t("biggest")}
        actions={
          <LinkButton size="small" to={paths.assets}>
            {t("allFiles")}
          </LinkButton>
        }
      >
        <Biggest />
      </Panel>
    </div>
  );
}

function UsageShown({ usage }: { usage: Usage }) {
  const { t } = useTranslation("settings");
  const used = formatBytes(usage.used_bytes);
  const all = usage.storage_bytes;
  const fraction = all === null || all === 0 ? 0 : usage.used_bytes / all;
  return (
    <div className="grid gap-5">
      {all === null ? (
        <p className="text-lead">{t("storageNoLimit", { used })}</p>
      ) : (
        <Meter
          label={t("storageUsed")}
          fraction={fraction}
          text={t("storageOf", { used, all: formatBytes(all) })}
          tone={fraction >= NEARLY_FULL ? "failed" : "active"}
        />
      )}
      <Facts
        rows={[
          [t("storageUpload"), usage.upload_bytes === null ? t("storageUnlimited") : formatBytes(usage.upload_bytes)],
        ]}
      />
    </div>
  );
}

function Biggest() {
  const { t } = useTranslation("settings");
  return (
    <Shown query={useQuery(biggestQuery)}>
      {(assets) =>
        assets.length === 0 ? (
          <p className="text-small text-ink-soft">{t("noFiles")}</p>
        ) : (
          <ul className="-my-2 divide-y divide-line">
            {assets.map((asset) => (
              <li key={asset.id} className="flex items-baseline justify-between gap-6 py-2">
                <Link to={paths.asset(asset.id)} dir="auto" className="min-w-0 truncate underline underline-offset-4">
                  {asset.name}
                </Link>
                <span className="figures whitespace-nowrap text-ink-soft">{formatBytes(asset.size_bytes)}</span>
              </li>
            ))}
          </ul>
        )
      }
    </Shown>
  );
}
