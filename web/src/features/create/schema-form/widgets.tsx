import {
  enumOptionsDeselectValue,
  enumOptionsIsSelected,
  enumOptionsSelectValue,
  type RegistryWidgetsType,
  type RJSFSchema,
  type WidgetProps,
} from "@rjsf/utils";
import { useTranslation } from "react-i18next";

import { CheckField, SelectField, TextArea } from "@/components/ui/Field";

import type { AssetKind } from "../asset-field";
import { textOf } from "../model/order";
import { FILE_FORMAT, type Params } from "../model/schema";
import { FileField } from "../steps/FileField";
import { InputField } from "./InputField";
import { LabelText } from "./LabelText";
import type { Surroundings } from "./SchemaFields";

export type FieldOfForm = WidgetProps<Params, RJSFSchema, Surroundings>;

/** A text that may be longer than this gets room for lines. */
const LONGEST_LINE = 300;

const KINDS: Record<string, AssetKind> = {
  image: "image",
  audio: "audio",
  video: "video",
  text: "script",
  zip: "dataset_zip",
};

function TextWidget(props: FieldOfForm) {
  return (props.schema.maxLength ?? 0) > LONGEST_LINE ? <LinesWidget {...props} /> : <InputField {...props} />;
}

function LinesWidget({ id, label, required, value, schema, rawErrors, onChange }: FieldOfForm) {
  return (
    <TextArea
      name={id}
      label={<LabelText label={label} isRequired={required === true} />}
      hint={schema.description}
      error={rawErrors?.[0]}
      dir="auto"
      value={textOf(value)}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
    />
  );
}

function SelectWidget(props: FieldOfForm) {
  return props.multiple === true ? <CheckboxesWidget {...props} /> : <OneOfWidget {...props} />;
}

function OneOfWidget({ id, label, required, value, schema, options, rawErrors, onChange }: FieldOfForm) {
  const { t } = useTranslation("create");
  const choices = options.enumOptions ?? [];
  const chosen = choices.findIndex((choice) => Object.is(choice.value, value));
  return (
    <SelectField
      name={id}
      label={<LabelText label={label} isRequired={required === true} />}
      hint={schema.description}
      error={rawErrors?.[0]}
      value={chosen}
      onChange={(event) => onChange(choices[Number(event.target.value)]?.value)}
    >
      {(chosen === -1 || required !== true) && schema.default === undefined && (
        <option value={-1}>{required === true ? t("pleaseChoose") : t("notGiven")}</option>
      )}
      {choices.map((choice, index) => (
        <option key={index} value={index}>
          {choice.label}
        </option>
      ))}
    </SelectField>
  );
}

function CheckboxWidget({ id, label, value, schema, onChange }: FieldOfForm) {
  return (
    <CheckField
      name={id}
      label={label}
      hint={schema.description}
      checked={value === true}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}

/** Several of a few. */
function CheckboxesWidget({ id, label, value, options, onChange }: FieldOfForm) {
  const choices = options.enumOptions ?? [];
  const chosen: unknown[] = Array.isArray(value) ? value : [];
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-small font-medium text-ink-soft">{label}</legend>
      {choices.map((choice, index) => (
        <CheckField
          key={index}
          name={id}
          label={choice.label}
          checked={enumOptionsIsSelected(choice.value, chosen)}
          onChange={(event) =>
            onChange(
              event.target.checked
                ? enumOptionsSelectValue(index, chosen, choices)
                : enumOptionsDeselectValue(index, chosen, choices),
            )
          }
        />
      ))}
    </fieldset>
  );
}

function FileWidget({ label, value, schema, rawErrors, registry, onChange }: FieldOfForm) {
  const accept: unknown = schema.accept;
  const content = Array.isArray(accept) ? String(accept[0]) : "text";
  return (
    <FileField
      label={label}
      hint={schema.description}
      error={rawErrors?.[0]}
      kind={KINDS[content] ?? "script"}
      value={value as unknown}
      onChange={onChange}
      AssetField={registry.formContext.AssetField}
    />
  );
}

export const widgets: RegistryWidgetsType<Params, RJSFSchema, Surroundings> = {
  TextWidget,
  TextareaWidget: LinesWidget,
  SelectWidget,
  RadioWidget: SelectWidget,
  CheckboxWidget,
  CheckboxesWidget,
  [FILE_FORMAT]: FileWidget,
};
