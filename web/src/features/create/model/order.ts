import type { components } from "@/generated/schema";

import { defaultsOf, type FieldSchema, namesOf, type Params } from "./schema";

export type Priority = components["schemas"]["Priority"];
export type Job = components["schemas"]["JobOut"];

export const PRIORITIES = ["low", "normal", "high", "urgent"] as const satisfies readonly Priority[];

/** What somebody is about to order. */
export interface Order {
  params: Params;
  /** The name of the job, for people. */
  description: string;
  priority: Priority;
}

const ASSET = "asset:";
const SAMPLE = "sample:";

export const SAMPLE_PORTRAIT = `${SAMPLE}portrait.jpg`;

/** A parameter names a file of the library by this. */
export function referenceOf(assetId: string | null): string | undefined {
  return assetId === null ? undefined : ASSET + assetId;
}

/** The asset that a parameter names; null where it names none, or a file that is in no library. */
export function assetIdOf(reference: unknown): string | null {
  return typeof reference === "string" && reference.startsWith(ASSET) ? reference.slice(ASSET.length) : null;
}

/** A file of an earlier job that has left the library since, but can be used again. */
export function isStoredFile(reference: unknown): boolean {
  return typeof reference === "string" && reference.startsWith("sha256:");
}

/** The bundled portrait, which becomes an asset when the order is sent. */
export function isSample(reference: unknown): reference is string {
  return typeof reference === "string" && reference.startsWith(SAMPLE);
}

export function emptyOrder(schema: FieldSchema): Order {
  return { params: defaultsOf(schema), description: "", priority: "normal" };
}

/** `assetId` is the sample portrait, where it is in the library from an earlier time. */
export function sampleOrder(schema: FieldSchema, script: string, assetId: string | null, name: string): Order {
  const params = { ...defaultsOf(schema), portrait: referenceOf(assetId) ?? SAMPLE_PORTRAIT, script };
  return { params, description: name, priority: "normal" };
}

/** The order that made a job, with assets in place of their bytes where they are in the library yet. */
export function orderOfJob(schema: FieldSchema, job: Job): Order {
  const known = new Set(namesOf(schema));
  const kept = Object.entries(job.params).filter(([name, value]) => known.has(name) && value !== null);
  const files = job.inputs.map(({ param, reference, asset_id }) => [param, referenceOf(asset_id) ?? reference]);
  const params = { ...defaultsOf(schema), ...Object.fromEntries(kept), ...Object.fromEntries(files) } as Params;
  return { params, description: job.description, priority: job.priority };
}

export function textOf(value: unknown, otherwise = ""): string {
  return typeof value === "string" ? value : otherwise;
}

/** The parameters as they are sent: what is empty, also inside of others, is left to the pipeline's default. */
export function sentParams(params: Params): Record<string, unknown> {
  return filledIn(params) ?? {};
}

function filledIn(fields: Params): Record<string, unknown> | undefined {
  const entries = Object.entries(fields).map(
    ([name, value]) => [name, isFields(value) ? filledIn(value) : value] as const,
  );
  const filled = entries.filter(([, value]) => value !== undefined && value !== null);
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

function isFields(value: unknown): value is Params {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
