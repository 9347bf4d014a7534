import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Empty } from "@/components/ui/Empty";

import { Loaded } from "../components/Loaded";
import { LoadMore } from "../components/LoadMore";
import { Section } from "../components/Section";
import { type AuditFilter, auditQuery } from "../model/queries";
import { AuditFilters } from "./AuditFilters";
import { AuditLine } from "./AuditLine";

export function AuditSection() {
  const { t } = useTranslation("admin");
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const isNarrow = Object.values(filter).some((text) => text !== "");
  const pages = useInfiniteQuery({ ...auditQuery(filter), placeholderData: keepPreviousData });
  return (
    <Section title={t("audit")} lead={t("auditLead")}>
      <AuditFilters
        key={search.toString()}
        filter={filter}
        isNarrow={isNarrow}
        onFilter={(wanted) => setSearch(Object.entries(wanted).filter(([, text]) => text !== ""))}
      />
      <Loaded asked={pages} rows={6}>
        {({ pages: loaded }) =>
          loaded[0]?.entries.length === 0 ? (
            <Empty title={t("auditEmpty")}>{isNarrow && t("auditEmptyHint")}</Empty>
          ) : (
            <ol className="divide-y divide-line rounded-panel border border-line bg-panel">
              {loaded.flatMap((page) => page.entries.map((entry) => <AuditLine key={entry.id} entry={entry} />))}
            </ol>
          )
        }
      </Loaded>
      <LoadMore pages={pages} />
    </Section>
  );
}

function filterOf(search: URLSearchParams): AuditFilter {
  const text = (name: string) => (search.get(name) ?? "").replaceAll("\0", "").trim().slice(0, 100);
  return { actor: text("actor"), action: text("action"), target: text("target") };
}
