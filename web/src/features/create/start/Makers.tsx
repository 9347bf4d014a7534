import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { automaticOf } from "../model/engines";
import { type Engine, enginesQuery, voicesQuery } from "../model/queries";
import type { OrderForm } from "../model/use-order-form";
import { MissingEngine } from "../steps/MissingEngine";
import { Quality } from "../steps/Quality";

/** Which parameter names the engine for what, in the products that have a page of their own. */
const ENGINES: Record<string, Record<string, "speech" | "avatar">> = {
  full_pipeline: { speech_engine: "speech", avatar_engine: "avatar" },
  talking_head: { engine: "avatar" },
  text_to_speech: { engine: "speech" },
};

/** The engines that will work on the job, and whether what they make is a draft. */
export function Makers({ form }: { form: OrderForm }) {
  const { t } = useTranslation("create");
  const engines = useQuery(enginesQuery);
  const voices = useQuery(voicesQuery);
  const used = Object.entries(ENGINES[form.pipeline.kind] ?? {});
  if (used.length === 0) return <>{form.pipeline.title}</>;
  if (engines.data === undefined) return <>…</>;
  const names = { speech: t("capabilitySpeech"), avatar: t("capabilityAvatar") };
  const bestSpeaker = engines.data.find(({ kind }) => kind === voices.data?.[0]?.engine);
  return (
    <ul className="grid gap-2">
      {used.map(([param, capability]) => (
        <li key={param} className="min-w-0">
          <Maker
            purpose={names[capability]}
            engine={engineOf(engines.data, capability, form.order.params[param], bestSpeaker)}
            missing={engines.data.find((engine) => engine.capability === capability && !engine.ready)}
          />
        </li>
      ))}
    </ul>
  );
}

interface MakerProps {
  purpose: string;
  engine: Engine | undefined;
  missing: Engine | undefined;
}

function Maker({ purpose, engine, missing }: MakerProps) {
  const { t } = useTranslation("create");
  if (engine !== undefined && !engine.ready) return <MissingEngine engine={engine} />;
  if (engine === undefined) {
    return missing === undefined ? <>{`${purpose}: ${t("engineNoneReady")}`}</> : <MissingEngine engine={missing} />;
  }
  return (
    <span className="flex flex-wrap items-center gap-x-2 break-words">
      <span className="text-ink-faint">{purpose}</span>
      {engine.title}
      <Quality quality={engine.quality} />
    </span>
  );
}

function engineOf(
  engines: readonly Engine[],
  capability: "speech" | "avatar",
  asked: unknown,
  bestSpeaker: Engine | undefined,
): Engine | undefined {
  if (typeof asked === "string" && asked !== "auto") return engines.find(({ kind }) => kind === asked);
  return capability === "speech" && bestSpeaker !== undefined ? bestSpeaker : automaticOf(engines, capability);
}
