import type { components } from "@/generated/schema";

export type Pipeline = components["schemas"]["PipelineOut"];
export type Params = Readonly<Record<string, unknown>>;

/** What a parameter that names a file says in `format`. */
export const FILE_FORMAT = "soundstage-file";

/** The part of JSON Schema that parameters are described in. */
export interface FieldSchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  format?: string;
  /** The contents that a file may have: image, audio, video, text, zip. */
  accept?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  $ref?: string;
  anyOf?: FieldSchema[];
  oneOf?: FieldSchema[];
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  required?: string[];
  $defs?: Record<string, FieldSchema>;
}

/** The parameters of a pipeline. A parameter that may be null is described as what it is otherwise. */
export function paramsSchemaOf(pipeline: Pipeline): FieldSchema {
  const schema = pipeline.params as FieldSchema; // the server promises JSON Schema
  return { ...schema, properties: mapped(schema.properties, withTitle) };
}

export function fieldOf(schema: FieldSchema, name: string): FieldSchema {
  return schema.properties?.[name] ?? {};
}

/** What the fields hold before anybody has typed: the defaults of the schema. */
export function defaultsOf(schema: FieldSchema): Params {
  const defaults = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, field.default] as const);
  return Object.fromEntries(defaults.filter(([, value]) => value !== undefined && value !== null));
}

export function namesOf(schema: FieldSchema): string[] {
  return Object.keys(schema.properties ?? {});
}

/** The same schema with only these parameters. */
export function narrowed(schema: FieldSchema, names: readonly string[]): FieldSchema {
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => names.includes(name));
  const required = (schema.required ?? []).filter((name) => names.includes(name));
  return { ...schema, properties: Object.fromEntries(properties), required };
}

function withTitle(name: string, field: FieldSchema): FieldSchema {
  return { title: titleOf(name), ...withoutNull(field) };
}

/** left_eye → "Left eye" */
export function titleOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One thing or null, as optional parameters are described: a plain thing that may be left empty. */
function withoutNull(field: FieldSchema): FieldSchema {
  const { anyOf, default: preset, ...rest } = field;
  const [only, ...others] = (anyOf ?? []).filter((option) => option.type !== "null");
  if (anyOf === undefined || only === undefined || others.length > 0 || only.$ref !== undefined) return field;
  return { ...only, ...rest, ...(preset !== null && preset !== undefined && { default: preset }) };
}

function mapped(
  fields: Record<string, FieldSchema> | undefined,
  change: (name: string, field: FieldSchema) => FieldSchema,
): Record<string, FieldSchema> {
  return Object.fromEntries(Object.entries(fields ?? {}).map(([name, field]) => [name, change(name, field)]));
}
