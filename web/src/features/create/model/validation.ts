import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import type { TFunction } from "i18next";

import { formatNumber } from "@/lib/format";

import { isSample, sentParams } from "./order";
import { FILE_FORMAT, fieldOf, type FieldSchema, type Params } from "./schema";

/** Where something is wrong, as `face.mouth.x`, and what. */
export type FieldErrors = Readonly<Record<string, string>>;

/** These only say that something inside them is wrong. */
const FRAMES = new Set(["$ref", "properties", "items", "prefixItems", "anyOf", "oneOf", "allOf"]);

const SOME_ASSET = `asset:asset_${"0".repeat(26)}`;

/** What is wrong with the parameters, at each field, in the language of the page. The server has the last word. */
export function errorsIn(t: TFunction<"create">, schema: FieldSchema, params: Params): FieldErrors {
  const { errors } = new Validator(schema as Schema, "2020-12", false).validate(
    asJson(sentParams(asChecked(schema, params))),
  );
  const found: Record<string, string> = {};
  for (const error of errors) {
    const limit = valueAt(schema, error.keywordLocation);
    if (FRAMES.has(error.keyword) || (error.keyword === "type" && limit === "null")) continue;
    const path = pathOf(error);
    found[path] ??= words(t, error, limit, valueAt(params, error.instanceLocation), isFile(schema, error));
  }
  return found;
}

/**
 * What gives the same answer. The bundled portrait fits: it is an asset by the time that the order is sent. Of a text that
 * is far too long only as much is looked at as shows that.
 */
function asChecked(schema: FieldSchema, params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]): [string, unknown] => {
      if (isSample(value)) return [name, SOME_ASSET];
      const limit = fieldOf(schema, name).maxLength ?? Number.POSITIVE_INFINITY;
      return [name, typeof value === "string" ? value.slice(0, limit * 2 + 2) : value];
    }),
  );
}

/** As the server gets it: an item of a list that is empty yet is null. */
export function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function pathOf(error: OutputUnit): string {
  const place = error.instanceLocation.split("/").slice(1);
  const missing = error.keyword === "required" ? /"(.+)"/.exec(error.error)?.[1] : undefined;
  return [...place, ...(missing === undefined ? [] : [missing])].join(".");
}

function words(t: TFunction<"create">, error: OutputUnit, limit: unknown, value: unknown, ofFile: boolean): string {
  const size = typeof limit === "number" ? formatNumber(limit) : "";
  switch (error.keyword) {
    case "required":
      return t("errorNeeded");
    case "minLength":
      return limit === 1 ? t("errorNeeded") : t("errorTooShort", { limit: size });
    case "maxLength":
      return t("errorTooLong", { limit: size, over: formatNumber(lengthOf(value) - Number(limit)) });
    case "minimum":
      return t("errorTooSmall", { limit: size });
    case "maximum":
      return t("errorTooLarge", { limit: size });
    case "multipleOf":
      return t("errorMultiple", { limit: size });
    case "type":
      if (value === undefined || value === null) return t("errorNeeded");
      return limit === "integer" || limit === "number" ? t("errorNumber") : t("errorOther");
    case "pattern":
      return ofFile ? t("errorFile") : t("errorPattern");
    case "minItems":
      return t("errorTooFew", { limit: size });
    case "maxItems":
      return t("errorTooMany", { limit: size });
    default:
      return t("errorOther");
  }
}

/** In the characters that the server counts: 😀 is one. */
export function lengthOf(text: unknown): number {
  if (typeof text !== "string") return 0;
  let pairs = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code < 0xdc00) pairs += 1;
  }
  return text.length - pairs;
}

function isFile(schema: FieldSchema, error: OutputUnit): boolean {
  return valueAt(schema, error.keywordLocation.replace(/\/[^/]+$/, "/format")) === FILE_FORMAT;
}

/** The value at a place such as `#/properties/face/$ref/required`; a `$ref` on the way leads to where it points. */
function valueAt(root: unknown, location: string): unknown {
  const steps = location.split("/").slice(1);
  return steps.reduce<unknown>((value, step) => {
    const next = childOf(value, step.replaceAll("~1", "/").replaceAll("~0", "~"));
    return step === "$ref" && typeof next === "string" ? valueAt(root, next) : next;
  }, root);
}

function childOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
