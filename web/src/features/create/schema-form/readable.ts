import { type FieldSchema, titleOf } from "../model/schema";

/**
 * The schema with a name for "nothing", as the first choice, wherever something may be null, and with each field named
 * after what it is to its owner, not after its kind.
 */
export function readable(schema: FieldSchema, nothing: string): FieldSchema {
  const inside = (part: FieldSchema) => readable(part, nothing);
  const all = (parts: Record<string, FieldSchema>) =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, inside(part)]));
  const named = (parts: Record<string, FieldSchema>) =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, { title: titleOf(name), ...part }]));
  return {
    ...schema,
    ...(schema.properties && { properties: all(named(schema.properties)) }),
    ...(schema.$defs && { $defs: all(schema.$defs) }),
    ...(schema.items && { items: inside(schema.items) }),
    ...(schema.oneOf && { oneOf: schema.oneOf.map(inside) }),
    ...(schema.anyOf && { anyOf: nullFirst(schema.anyOf.map(inside), nothing) }),
  };
}

function nullFirst(options: readonly FieldSchema[], nothing: string): FieldSchema[] {
  const isNull = (option: FieldSchema) => option.type === "null";
  const named = options.filter(isNull).map((option) => ({ ...option, title: nothing }));
  return [...named, ...options.filter((option) => !isNull(option))];
}
