/** The parameters of a product that a small form can change; files, lists and objects are left as they are. */
export interface ParamField {
  name: string;
  title: string;
  description: string;
  kind: "text" | "long" | "number" | "integer" | "choice" | "switch";
  choices: readonly string[];
  minimum: number | null;
  maximum: number | null;
  /** An empty field says "none". */
  canBeNull: boolean;
}

const LONG_CHARACTERS = 200;

type Schema = Readonly<Record<string, unknown>>;

/** The fields of a JSON Schema, in its order. */
export function fieldsOf(schema: Schema): ParamField[] {
  if (!isSchema(schema.properties)) return [];
  return Object.entries(schema.properties).flatMap(([name, property]) =>
    isSchema(property) ? (fieldOf(name, property, schema) ?? []) : [],
  );
}

function fieldOf(name: string, given: Schema, whole: Schema): ParamField | null {
  const [property, canBeNull] = withoutNull(given, whole);
  const kind = property === null ? null : kindOf(property);
  if (property === null || kind === null) return null;
  return {
    name,
    title: textOf(given.title) ?? textOf(property.title) ?? name.replaceAll("_", " "),
    description: textOf(given.description) ?? textOf(property.description) ?? "",
    kind,
    choices: Array.isArray(property.enum) ? property.enum.map(String) : [],
    minimum: numberOf(property.minimum),
    maximum: numberOf(property.maximum),
    canBeNull,
  };
}

function kindOf({ type, format, enum: choices, maxLength }: Schema): ParamField["kind"] | null {
  if (format === "soundstage-file") return null;
  if (Array.isArray(choices)) return choices.every((choice) => typeof choice === "string") ? "choice" : null;
  if (type === "boolean") return "switch";
  if (type === "integer" || type === "number") return type;
  if (type === "string") return typeof maxLength === "number" && maxLength <= LONG_CHARACTERS ? "text" : "long";
  return null;
}

/** The one schema of `anyOf: [that, null]`, with what it refers to. */
function withoutNull(property: Schema, whole: Schema): [Schema | null, boolean] {
  const options = Array.isArray(property.anyOf) ? property.anyOf.filter(isSchema) : [property];
  const real = options.filter(({ type }) => type !== "null").map((option) => followed(option, whole));
  return [real.length === 1 ? (real[0] ?? null) : null, real.length < options.length];
}

function followed(schema: Schema, whole: Schema): Schema {
  const { $ref: reference } = schema;
  if (typeof reference !== "string" || !isSchema(whole.$defs)) return schema;
  const found = whole.$defs[reference.replace("#/$defs/", "")];
  return isSchema(found) ? { ...found, ...schema } : schema;
}

/** What somebody typed as the value of the parameter. */
export function valueOf(field: ParamField, text: string): unknown {
  if (text === "" && field.canBeNull) return null;
  if (field.kind === "switch") return text === "true";
  if (field.kind === "number" || field.kind === "integer") return text.trim() === "" ? text : Number(text);
  return text;
}

export function textOfValue(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
