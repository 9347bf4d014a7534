import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { SelectField, TextField } from "@/components/ui/Field";
import { classes } from "@/lib/classes";
import { formatNumber } from "@/lib/format";
import { language } from "@/lib/language";
import { useObservable } from "@/lib/observable";

import type { Priority } from "../../model/job";
import { countsQuery, pipelinesQuery } from "../../model/queries";
import { usePipelineTitles } from "../../model/titles";
import { type HistoryFilter, JOB_ORDERS, PRIORITIES } from "../model/filter";
import { StateChips } from "./StateChips";
import { TextFilter } from "./TextFilter";

interface FiltersProps {
  filter: HistoryFilter;
  onChange: (change: Partial<HistoryFilter>) => void;
}

/** Which jobs, and in which order. On a phone all but the states and the text are behind a button. */
export function Filters({ filter, onChange }: FiltersProps) {
  const { t } = useTranslation("history");
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <section aria-label={t("filters")} className="mb-4 grid gap-3">
      <StateChips chosen={filter.states} onChoose={(states) => onChange({ states })} />
      <div className="grid items-end gap-3 lg:grid-cols-3 xl:grid-cols-[minmax(0,1.6fr)_repeat(5,minmax(0,1fr))]">
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2 lg:block">
          <TextFilter text={filter.text} onChange={(text) => onChange({ text })} />
          <Button
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
            icon={<SlidersHorizontal aria-hidden className="size-4" />}
            className="lg:hidden"
          >
            {t("moreFilters")}
          </Button>
        </div>
        <div id={id} className={classes("grid-cols-2 gap-3 lg:contents", isOpen ? "grid" : "hidden")}>
          <PipelineFilter pipeline={filter.pipeline} onChange={(pipeline) => onChange({ pipeline })} />
          <PriorityFilter priority={filter.priority} onChange={(priority) => onChange({ priority })} />
          <TextField
            type="date"
            label={t("from")}
            value={filter.from}
            max={filter.until === "" ? undefined : filter.until}
            onChange={(event) => onChange({ from: event.target.value })}
          />
          <TextField
            type="date"
            label={t("until")}
            value={filter.until}
            min={filter.from === "" ? undefined : filter.from}
            onChange={(event) => onChange({ until: event.target.value })}
          />
          <SortField sort={filter.sort} onChange={(sort) => onChange({ sort })} />
        </div>
      </div>
    </section>
  );
}

function PipelineFilter({ pipeline, onChange }: { pipeline: string; onChange: (pipeline: string) => void }) {
  const { t } = useTranslation("history");
  const titleOf = usePipelineTitles();
  const { data: counts } = useQuery(countsQuery);
  const { data: pipelines } = useQuery(pipelinesQuery(useObservable(language)));
  const kinds = new Set([...(pipelines ?? []).map(({ kind }) => kind), ...Object.keys(counts?.by_pipeline ?? {})]);
  if (pipeline !== "") kinds.add(pipeline);
  return (
    <SelectField label={t("pipeline")} value={pipeline} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t("anyPipeline")}</option>
      {[...kinds].map((kind) => (
        <option key={kind} value={kind}>
          {`${titleOf(kind)} (${formatNumber(counts?.by_pipeline[kind] ?? 0)})`}
        </option>
      ))}
    </SelectField>
  );
}

function PriorityFilter({ priority, onChange }: { priority: string; onChange: (priority: Priority | "") => void }) {
  const { t } = useTranslation("history");
  return (
    <SelectField
      label={t("priority")}
      value={priority}
      onChange={(event) => onChange(PRIORITIES.find((known) => known === event.target.value) ?? "")}
    >
      <option value="">{t("anyPriority")}</option>
      {PRIORITIES.map((known) => (
        <option key={known} value={known}>
          {t(known)}
        </option>
      ))}
    </SelectField>
  );
}

type Sort = HistoryFilter["sort"];

function SortField({ sort, onChange }: { sort: Sort; onChange: (sort: Sort) => void }) {
  const { t } = useTranslation("history");
  const words: Record<Sort, string> = {
    "-created_at": t("newestFirst"),
    created_at: t("oldestFirst"),
    "-finished_at": t("endedLast"),
    finished_at: t("endedFirst"),
    "-priority": t("urgentFirst"),
    priority: t("lowFirst"),
  };
  return (
    <SelectField
      label={t("sort")}
      value={sort}
      onChange={(event) => onChange(JOB_ORDERS.find((order) => order === event.target.value) ?? sort)}
    >
      {JOB_ORDERS.map((order) => (
        <option key={order} value={order}>
          {words[order]}
        </option>
      ))}
    </SelectField>
  );
}
