import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Loading } from "@/components/ui/Empty";

import { automaticOf } from "../model/engines";
import { type Engine, enginesQuery } from "../model/queries";
import { MissingEngines } from "./MissingEngines";
import { Quality } from "./Quality";

interface EngineFieldProps {
  capability: string;
  value: string;
  error: string | undefined;
  onChoose: (engine: string) => void;
}

/** Which engine does the work: what each is, and what those lack that are not ready. */
export function EngineField({ capability, value, error, onChoose }: EngineFieldProps) {
  const { t } = useTranslation(["create", "common"]);
  const group = useId();
  const engines = useQuery(enginesQuery);
  if (engines.isPending) return <Loading label={t("common:loading")} rows={2} />;
  if (engines.isError) return <Failure failure={engines.error} onRetry={() => void engines.refetch()} />;
  const ready = engines.data.filter((engine) => engine.capability === capability && engine.ready);
  const automatic = automaticOf(engines.data, capability);
  return (
    <div className="grid gap-1.5">
      <fieldset>
        <legend className="mb-1.5 text-small font-medium text-ink-soft">{t("engine")}</legend>
        <div className="divide-y divide-line rounded-small border border-line bg-raised">
          <Row group={group} title={t("engineAutomatic")} isChosen={value === "auto"} onChoose={() => onChoose("auto")}>
            {automatic === undefined ? t("engineNoneReady") : t("engineAutomaticHint", { engine: automatic.title })}
          </Row>
          {ready.map((engine) => (
            <EngineRow
              key={engine.kind}
              group={group}
              engine={engine}
              isChosen={value === engine.kind}
              onChoose={onChoose}
            />
          ))}
        </div>
      </fieldset>
      {error !== undefined && (
        <p role="alert" className="text-small text-failed-ink">
          {error}
        </p>
      )}
      <MissingEngines engines={engines.data} capability={capability} />
    </div>
  );
}

interface EngineRowProps {
  group: string;
  engine: Engine;
  isChosen: boolean;
  onChoose: (engine: string) => void;
}

function EngineRow({ group, engine, isChosen, onChoose }: EngineRowProps) {
  return (
    <Row
      group={group}
      title={engine.title}
      mark={<Quality quality={engine.quality} />}
      isChosen={isChosen}
      onChoose={() => onChoose(engine.kind)}
    >
      {engine.note} <span className="strip">{engine.licence}</span>
    </Row>
  );
}

interface RowProps {
  group: string;
  title: string;
  mark?: ReactNode;
  isChosen: boolean;
  onChoose: () => void;
  children: ReactNode;
}

function Row({ group, title, mark, isChosen, onChoose, children }: RowProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-start gap-3 px-3 py-2 hover:bg-hover">
      <input
        type="radio"
        name={group}
        checked={isChosen}
        onChange={onChoose}
        className="mt-1 size-4.5 shrink-0 accent-signal-strong"
      />
      <span className="min-w-0">
        {title} {mark}
        <span className="block text-small text-ink-faint break-words">{children}</span>
      </span>
    </label>
  );
}
