import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { formatNumber } from "@/lib/format";
import { useSettled } from "@/lib/scope";

import { isSample } from "../model/order";
import { estimateQuery } from "../model/queries";
import type { OrderForm } from "../model/use-order-form";
import { errorsIn } from "../model/validation";
import { durationWords } from "./duration-words";
import { Makers } from "./Makers";

const QUIET_MS = 500;

/** How long it takes and what it costs, as far as this machine knows, and who makes it. */
export function Expected({ form }: { form: OrderForm }) {
  const { t } = useTranslation("create");
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-3 text-small">
      <TimeAndCost form={form} />
      <dt className="text-ink-faint">{t("madeBy")}</dt>
      <dd className="min-w-0">
        <Makers form={form} />
      </dd>
    </dl>
  );
}

function TimeAndCost({ form }: { form: OrderForm }) {
  const { t, i18n } = useTranslation("create");
  const params = useSettled(form.order.params, QUIET_MS);
  const isWhole = useMemo(() => Object.keys(errorsIn(t, form.schema, params)).length === 0, [t, form.schema, params]);
  const hasSample = Object.values(params).some(isSample);
  const isAsked = isWhole && !hasSample;
  // Parameters that nobody is asked about may be megabytes: they are kept out of the key.
  const estimate = useQuery({ ...estimateQuery(form.pipeline.kind, isAsked ? params : {}), enabled: isAsked });
  const known = isAsked ? estimate.data : undefined;
  return (
    <>
      <dt className="text-ink-faint">{t("expectedTime")}</dt>
      <dd>{timeWords()}</dd>
      {known !== undefined && (
        <>
          <dt className="text-ink-faint">{t("expectedCost")}</dt>
          <dd>{costWords(known.cost)}</dd>
        </>
      )}
    </>
  );

  function timeWords() {
    if (hasSample) return t("timeOfSample");
    if (isAsked && estimate.isError) return estimate.error.message;
    if (known === undefined) return isWhole ? "…" : t("timeWhenComplete");
    if (known.seconds === null) return t("timeUnknown");
    const [count, number] = [known.sample_jobs, formatNumber(known.sample_jobs)];
    return (
      <>
        {t("timeAbout", { duration: durationWords(t, i18n.language, known.seconds) })}
        <span className="block text-ink-faint">{t("timeBasis", { count, number })}</span>
      </>
    );
  }

  function costWords(cost: { amount: number; currency: string } | null) {
    if (cost === null) return t("costUnknown");
    if (cost.amount === 0) return t("costFree");
    return new Intl.NumberFormat(i18n.language, { style: "currency", currency: cost.currency }).format(cost.amount);
  }
}
