import Form from "@rjsf/core/lib/components/Form.js";
import { englishStringTranslator, ErrorSchemaBuilder, type RJSFSchema, TranslatableString } from "@rjsf/utils";
import { type ComponentType, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { AssetFieldProps } from "../asset-field";
import { narrowed, type Params } from "../model/schema";
import type { OrderForm } from "../model/use-order-form";
import type { FieldErrors } from "../model/validation";
import { readable } from "./readable";
import { templates } from "./templates";
import { EvalFreeValidator } from "./validator";
import { widgets } from "./widgets";

/** What the fields of a form from a schema reach for beyond their schema. */
export interface Surroundings {
  AssetField: ComponentType<AssetFieldProps>;
}

interface SchemaFieldsProps extends Surroundings {
  form: OrderForm;
  /** The parameters to ask for. */
  names: readonly string[];
}

const validator = new EvalFreeValidator();
const NO_BUTTON = { "ui:submitButtonOptions": { norender: true } };

/** Fields for any pipeline, from the JSON Schema of its parameters. */
export function SchemaFields({ form, names, AssetField }: SchemaFieldsProps) {
  const { t } = useTranslation("create");
  const key = names.join();
  const schema = useMemo(
    () => readable(narrowed(form.schema, key.split(",")), t("notGiven")) as RJSFSchema,
    [form.schema, key, t],
  );
  const { params } = form.order;
  const shown: Params = Object.fromEntries(names.map((name) => [name, params[name]]));

  function take(changed: Params | undefined) {
    for (const name of names) if (changed?.[name] !== params[name]) form.set(name, changed?.[name]);
  }

  return (
    <Form<Params, RJSFSchema, Surroundings>
      tagName="div"
      schema={schema}
      uiSchema={NO_BUTTON}
      validator={validator}
      formData={shown}
      formContext={{ AssetField }}
      extraErrors={asErrorSchema(form.errors)}
      templates={templates}
      widgets={widgets}
      translateString={(text, filled) => translated(text, filled)}
      idPrefix="field"
      showErrorList={false}
      onChange={({ formData }) => take(formData)}
    />
  );

  function translated(text: TranslatableString, filled?: string[]): string {
    if (text === TranslatableString.YesLabel) return t("yes");
    if (text === TranslatableString.NoLabel) return t("no");
    if (text === TranslatableString.OptionPrefix) return t("option", { number: filled?.[0] ?? "" });
    if (text === TranslatableString.TitleOptionPrefix) return t("option", { number: filled?.[1] ?? "" });
    return englishStringTranslator(text, filled);
  }
}

function asErrorSchema(errors: FieldErrors) {
  const builder = new ErrorSchemaBuilder<Params>();
  for (const [path, message] of Object.entries(errors)) builder.addErrors(message, path.split("."));
  return builder.ErrorSchema;
}
