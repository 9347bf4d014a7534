import { Problem } from "@/lib/problem";

/** What was written into a form, by the names of its fields. */
export function textsOf<Name extends string>(form: HTMLFormElement, ...names: readonly Name[]): Record<Name, string> {
  const written = new FormData(form);
  const texts = names.map((name) => {
    const value = written.get(name);
    return [name, typeof value === "string" ? value : ""] as const;
  });
  return Object.fromEntries(texts) as Record<Name, string>;
}

/**
 * What the server found wrong, by the field it is about. `fieldOfCode` names the field of refusals that are about one field
 * as a whole, such as a password that could be guessed.
 */
export function fieldErrors(
  failure: Error | null,
  fieldOfCode: Readonly<Record<string, string>> = {},
): Record<string, string> {
  if (!(failure instanceof Problem)) return {};
  const named = (failure.body.errors ?? []).map(({ path, message }) => [path, message] as const);
  const field = fieldOfCode[failure.code];
  const whole = field === undefined ? [] : [[field, `${failure.message} ${failure.hint}`.trim()] as const];
  return Object.fromEntries([...whole, ...named]);
}
