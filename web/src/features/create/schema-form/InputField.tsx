import { getInputProps } from "@rjsf/utils";

import { TextField } from "@/components/ui/Field";

import { LabelText } from "./LabelText";
import type { FieldOfForm } from "./widgets";

/** One line: a text, a number, a date, an address, whatever the schema says. */
export function InputField({ id, label, required, value, schema, options, type, rawErrors, onChange }: FieldOfForm) {
  const { type: kind, min, max, step } = getInputProps(schema, typeof type === "string" ? type : undefined, options);
  const isNumber = kind === "number";
  return (
    <TextField
      name={id}
      type={kind}
      min={min}
      max={max}
      step={step}
      label={<LabelText label={label} isRequired={required === true} />}
      hint={schema.description}
      error={rawErrors?.[0]}
      dir={isNumber ? undefined : "auto"}
      value={typeof value === "string" || typeof value === "number" ? value : ""}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
    />
  );
}
