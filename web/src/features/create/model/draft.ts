import { remembered } from "@/lib/remembered";

import { type Order, PRIORITIES } from "./order";

/** A browser keeps about five million characters for a site; a text beyond this fits no pipeline anyway. */
export const LONGEST_KEPT_CHARACTERS = 500_000;

export interface Draft {
  order: Order;
  /** What the form was filled with at first: nothing, the sample, or a job. */
  source: string;
  savedAt: string;
}

export const BLANK = "blank";

/** What somebody has typed and not yet started. One that began empty and one that began from a job are kept apart. */
export function draftOf(userId: string, pipeline: string, source: string) {
  const slot = source === BLANK ? "" : ".copy";
  const kept = remembered<Draft | null>(`draft.${userId}.${pipeline}${slot}`, asDraft);
  return {
    read(): Draft | null {
      const draft = kept.read();
      return draft?.source === source ? draft : null;
    },
    /** False where it is too long to be kept. */
    write(order: Order): boolean {
      const isShort = charactersIn(order) <= LONGEST_KEPT_CHARACTERS;
      if (isShort) kept.write({ order, source, savedAt: new Date().toISOString() });
      return isShort;
    },
    clear: () => kept.write(null),
  };
}

export function charactersIn(order: Order): number {
  const texts = Object.values(order.params).filter((value) => typeof value === "string");
  return texts.reduce((sum, text) => sum + text.length, order.description.length);
}

function asDraft(value: unknown): Draft | null {
  if (!isRecord(value) || !isRecord(value.order) || !isRecord(value.order.params)) return null;
  const { description, priority, params } = value.order;
  if (typeof value.source !== "string" || typeof value.savedAt !== "string") return null;
  return {
    order: {
      params,
      description: typeof description === "string" ? description : "",
      priority: PRIORITIES.find((known) => known === priority) ?? "normal",
    },
    source: value.source,
    savedAt: value.savedAt,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
