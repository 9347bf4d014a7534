import { useTranslation } from "react-i18next";

import { Empty } from "@/components/ui/Empty";
import { Cell, type Column, Row, Table } from "@/components/ui/Table";
import { formatBytes } from "@/lib/format";

import type { StorageOwner } from "../model/queries";

export function Owners({ owners }: { owners: readonly StorageOwner[] }) {
  const { t } = useTranslation("admin");
  const columns: readonly Column[] = [
    { key: "owner", head: t("storageOwner") },
    { key: "assets", head: t("storageAssets"), isFigure: true },
    { key: "of-plan", head: t("storageOfPlan"), isFigure: true },
    { key: "artifacts", head: t("storageArtifacts"), isFigure: true },
    { key: "sum", head: t("storageSum"), isFigure: true },
  ];
  return (
    <div>
      <h3 className="mb-2 font-medium">{t("storageOwners")}</h3>
      {owners.length === 0 ? (
        <Empty title={t("storageOwnersEmpty")} />
      ) : (
        <Table label={t("storageOwners")} columns={columns}>
          {owners.map((owner) => (
            <Row key={owner.owner}>
              <Cell>
                <span className="block max-w-64 truncate font-medium" title={owner.owner}>
                  {owner.username ?? owner.owner}
                </span>
                {owner.username === null && <span className="text-ink-faint">{t("storageGone")}</span>}
              </Cell>
              <Cell name={t("storageAssets")} isFigure>
                {formatBytes(owner.asset_bytes)}
              </Cell>
              <Cell name={t("storageOfPlan")} isFigure>
                {owner.limit_bytes === null ? (
                  t("storageNoLimit")
                ) : (
                  <OfLimit used={owner.asset_bytes} limit={owner.limit_bytes} />
                )}
              </Cell>
              <Cell name={t("storageArtifacts")} isFigure>
                {formatBytes(owner.artifact_bytes)}
              </Cell>
              <Cell name={t("storageSum")} isFigure>
                {formatBytes(owner.asset_bytes + owner.artifact_bytes)}
              </Cell>
            </Row>
          ))}
        </Table>
      )}
    </div>
  );
}

function OfLimit({ used, limit }: { used: number; limit: number }) {
  const percent = limit === 0 ? 100 : Math.round((used / limit) * 100);
  return (
    <span className={percent >= 90 ? "text-failed-ink" : undefined}>
      {percent} % / {formatBytes(limit)}
    </span>
  );
}
