import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago } from "@/components/ui/Ago";
import { Cell, Row } from "@/components/ui/Table";
import { paths } from "@/config/paths";
import { formatNumber } from "@/lib/format";

import type { Cause } from "../model/queries";

const LINK = "inline-block py-1 underline underline-offset-2 hover:text-signal-ink";

export function CauseRow({ cause }: { cause: Cause }) {
  const { t } = useTranslation("admin");
  return (
    <Row>
      <Cell>
        <p className="font-mono font-medium text-failed-ink">{cause.code}</p>
        <p className="mt-0.5 line-clamp-3 max-w-md break-words text-ink-soft" title={cause.message}>
          {cause.message}
        </p>
      </Cell>
      <Cell name={t("failureWhere")}>
        <p>{cause.stage}</p>
        <p className="text-ink-soft">{cause.pipeline.replaceAll("_", " ")}</p>
        <Link to={paths.failedOf(cause.pipeline)} className={LINK}>
          {t("failureHistory")}
        </Link>
      </Cell>
      <Cell name={t("failureTries")} isFigure>
        {formatNumber(cause.failed_tries)}
      </Cell>
      <Cell name={t("failureGivenUp")} isFigure>
        {formatNumber(cause.failed_parts)}
      </Cell>
      <Cell name={t("failureJobs")} isFigure>
        {formatNumber(cause.jobs)}
      </Cell>
      <Cell name={t("failureLast")}>
        <Ago moment={cause.last_at} />
        <br />
        <Link to={paths.job(cause.last_job)} className={LINK}>
          {t("failureJob")}
        </Link>
      </Cell>
    </Row>
  );
}
