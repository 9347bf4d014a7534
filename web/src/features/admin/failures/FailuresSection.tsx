import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Choice } from "@/components/ui/Choice";
import { Empty } from "@/components/ui/Empty";
import { type Column, Table } from "@/components/ui/Table";

import { Loaded } from "../components/Loaded";
import { Section } from "../components/Section";
import { failuresQuery } from "../model/queries";
import { CauseRow } from "./CauseRow";

const SPANS = { day: 24, week: 7 * 24, month: 30 * 24 } as const;
type Span = keyof typeof SPANS;

export function FailuresSection() {
  const { t } = useTranslation("admin");
  const [search, setSearch] = useSearchParams();
  const span = spanOf(search.get("span"));
  const asked = useQuery({ ...failuresQuery(SPANS[span]), placeholderData: keepPreviousData });
  const columns: readonly Column[] = [
    { key: "cause", head: t("failureCause") },
    { key: "where", head: t("failureWhere") },
    { key: "tries", head: t("failureTries"), isFigure: true },
    { key: "given-up", head: t("failureGivenUp"), isFigure: true },
    { key: "jobs", head: t("failureJobs"), isFigure: true },
    { key: "last", head: t("failureLast") },
  ];
  return (
    <Section
      title={t("failures")}
      lead={t("failuresLead")}
      actions={
        <Choice<Span>
          name="span"
          label={t("failuresWithin")}
          value={span}
          options={[
            { value: "day", label: t("failuresDay") },
            { value: "week", label: t("failuresWeek") },
            { value: "month", label: t("failuresMonth") },
          ]}
          onChoose={(chosen) => setSearch({ span: chosen }, { replace: true })}
        />
      }
    >
      <Loaded asked={asked}>
        {(causes) =>
          causes.length === 0 ? (
            <Empty title={t("failuresEmpty")}>{t("failuresEmptyHint")}</Empty>
          ) : (
            <Table label={t("failuresByCause")} columns={columns}>
              {causes.map((cause) => (
                <CauseRow key={`${cause.pipeline} ${cause.stage} ${cause.code}`} cause={cause} />
              ))}
            </Table>
          )
        }
      </Loaded>
    </Section>
  );
}

function spanOf(text: string | null): Span {
  return text === "week" || text === "month" ? text : "day";
}
