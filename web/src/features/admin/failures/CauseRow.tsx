import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago } from "@/components/ui/Ago";
import { Cell } from "@/components/ui/Table";
import { paths } from "@/config/paths";
import { formatNumber } from "@/lib/format";

import type { Cause } from "../model/queries";

export function CauseRow({ cause }: { cause: Cause }) {
  const { t } = useTranslation("admin");
  return (
    <tr>
      <Cell>
        <p className="font-mono font-medium text-failed-ink">{cause.code}</p>
        <p className="mt-0.5 line-clamp-3 max-w-md min-w-56 break-words text-ink-soft" title={cause.message}>
          {cause.message}
        </p>
      </Cell>
      <Cell>
        <p>{cause.stage}</p>
        <p className="text-ink-soft">{cause.pipeline.replaceAll("_", " ")}</p>
        <Link to={paths.failedOf(cause.pipeline)} className="inline-block py-1 underline underline-offset-2">
          {t("failureHistory")}
        </Link>
      </Cell>
      <Cell isFigure>{formatNumber(cause.failed_tries)}</Cell>
      <Cell isFigure>{formatNumber(cause.failed_parts)}</Cell>
      <Cell isFigure>{formatNumber(cause.jobs)}</Cell>
      <Cell>
        <Ago moment={cause.last_at} />
        <br />
        <Link
          to={paths.job(cause.last_job)}
          className="inline-block py-1 whitespace-nowrap underline underline-offset-2"
        >
          {t("failureJob")}
        </Link>
      </Cell>
    </tr>
  );
}
