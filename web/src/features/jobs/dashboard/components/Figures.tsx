import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { formatDuration, formatNumber, formatPercent } from "@/lib/format";

import { statisticsQuery } from "../../model/queries";
import { usePipelineTitles } from "../../model/titles";

const DAYS = 30;

/** How each product has gone lately. */
export function Figures() {
  const { t } = useTranslation("dashboard");
  const titleOf = usePipelineTitles();
  const { data } = useQuery(statisticsQuery(DAYS));
  if (data === undefined || data.pipelines.length === 0) return null;
  return (
    <Panel title={t("figures", { days: DAYS })}>
      <div className="-my-2 overflow-x-auto">
        <table className="w-full text-small">
          <thead>
            <tr className="strip border-b border-line text-right *:py-2 *:font-normal *:not-last:pr-4">
              <th className="text-left">{t("product")}</th>
              <th>{t("succeeded")}</th>
              <th>{t("failed")}</th>
              <th>{t("successRate")}</th>
              <th>{t("medianTime")}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {data.pipelines.map((row) => (
              <tr key={row.pipeline} className="text-right *:py-2 *:not-last:pr-4">
                <th className="text-left font-medium">{titleOf(row.pipeline)}</th>
                <td className="figures">{formatNumber(row.succeeded)}</td>
                <td className="figures">{formatNumber(row.failed)}</td>
                <td className="figures">{row.success_rate === null ? "–" : formatPercent(row.success_rate)}</td>
                <td className="figures">{row.median_seconds === null ? "–" : formatDuration(row.median_seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
