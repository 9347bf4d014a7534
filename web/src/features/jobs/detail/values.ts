import type { TFunction } from "i18next";

import type { Stage } from "../model/job";

const MOST_CHARACTERS = 400;

/** A value of a stage or a parameter as a text, cut where it is long. */
export function valueText(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** "flite 0.1.0, voice slt, seed 4" */
export function madeByWords(t: TFunction<"job">, made: Stage["made_by"][number]): string {
  return [
    made.version === "" ? made.engine : t("engineVersion", { engine: made.engine, version: made.version }),
    ...(made.voice === null ? [] : [t("voice", { voice: made.voice })]),
    ...(made.seed === null ? [] : [t("seed", { seed: made.seed })]),
  ].join(", ");
}
