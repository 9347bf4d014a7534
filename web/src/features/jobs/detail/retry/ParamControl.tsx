import { CheckField, SelectField, TextArea, TextField } from "@/components/ui/Field";

import type { ParamField } from "./fields";

interface ParamControlProps {
  field: ParamField;
  text: string;
  error: string | undefined;
  onType: (text: string) => void;
}

/** The control that fits a parameter. */
export function ParamControl({ field, text, error, onType }: ParamControlProps) {
  const words = {
    label: field.title,
    ...(field.description !== "" && { hint: field.description }),
    ...(error !== undefined && { error }),
  };
  if (field.kind === "switch")
    return (
      <CheckField {...words} checked={text === "true"} onChange={(event) => onType(String(event.target.checked))} />
    );
  if (field.kind === "choice")
    return (
      <SelectField {...words} value={text} onChange={(event) => onType(event.target.value)}>
        {(field.canBeNull ? ["", ...field.choices] : field.choices).map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </SelectField>
    );
  if (field.kind === "long")
    return <TextArea {...words} dir="auto" rows={4} value={text} onChange={(event) => onType(event.target.value)} />;
  const isNumber = field.kind !== "text";
  return (
    <TextField
      {...words}
      value={text}
      {...(isNumber && {
        type: "number",
        inputMode: "decimal" as const,
        step: field.kind === "integer" ? 1 : "any",
        min: field.minimum ?? undefined,
        max: field.maximum ?? undefined,
      })}
      onChange={(event) => onType(event.target.value)}
    />
  );
}
