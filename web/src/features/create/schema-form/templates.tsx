import {
  ADDITIONAL_PROPERTY_FLAG,
  canExpand,
  type FieldTemplateProps,
  type MultiSchemaFieldTemplateProps,
  type ObjectFieldTemplateProps,
  type RJSFSchema,
  type TemplatesType,
  type UnsupportedFieldProps,
} from "@rjsf/utils";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button, IconButton } from "@/components/ui/Button";
import { TextField } from "@/components/ui/Field";
import { classes } from "@/lib/classes";

import type { Params } from "../model/schema";
import { InputField } from "./InputField";
import { ListItemTemplate, ListTemplate } from "./ListTemplate";
import type { Surroundings } from "./SchemaFields";

/** These do not show by themselves what is wrong with the whole of them. */
const SILENT_TYPES: readonly unknown[] = ["object", "array", "boolean"];

/** Names the place of a field, so that it can be found when something is wrong in it. */
function FieldTemplate(props: FieldTemplateProps<Params, RJSFSchema, Surroundings>) {
  const { fieldPathId, schema, rawErrors, hidden, children } = props;
  const [error] = SILENT_TYPES.includes(schema.type) ? (rawErrors ?? []) : [];
  if (hidden === true) return <div className="hidden">{children}</div>;
  return (
    <div data-field={fieldPathId.path.join(".")} className="grid min-w-0 gap-1.5">
      {ADDITIONAL_PROPERTY_FLAG in schema ? <NamedValue {...props}>{children}</NamedValue> : children}
      {error !== undefined && (
        <p role="alert" className="text-small text-failed-ink">
          {error}
        </p>
      )}
    </div>
  );
}

/** A value whose name, too, is chosen by who fills in the form. */
function NamedValue(props: FieldTemplateProps<Params, RJSFSchema, Surroundings>) {
  const { label, children, onKeyRenameBlur, onRemoveProperty } = props;
  const { t } = useTranslation("create");
  return (
    <div className="grid grid-cols-[1fr_1fr_auto] items-end gap-3">
      <TextField key={label} label={t("keyOf")} defaultValue={label} onBlur={onKeyRenameBlur} />
      {children}
      <IconButton label={t("removeItem", { name: label })} onClick={onRemoveProperty}>
        <Trash2 aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

function ObjectFieldTemplate(props: ObjectFieldTemplateProps<Params, RJSFSchema, Surroundings>) {
  const { t } = useTranslation("create");
  const { fieldPathId, title, schema, uiSchema, formData, properties, onAddProperty } = props;
  const fields = properties.map((property) => <div key={property.name}>{property.content}</div>);
  if (fieldPathId.path.length === 0) return <div className="grid gap-5">{fields}</div>;
  if (schema.properties === undefined && fields.length === 0 && (schema.oneOf ?? schema.anyOf) !== undefined)
    return null;
  return (
    <fieldset className="grid min-w-0 gap-4 border-l-2 border-line pl-4">
      <legend className="mb-2 text-small font-semibold">{title}</legend>
      {schema.description !== undefined && <p className="-mt-2 text-small text-ink-faint">{schema.description}</p>}
      <div className={classes("grid gap-4", isOfNumbers(schema) && "sm:grid-cols-2")}>{fields}</div>
      {canExpand(schema, uiSchema, formData) && (
        <div>
          <Button size="small" icon={<Plus aria-hidden className="size-4" />} onClick={onAddProperty}>
            {t("addItem")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function isOfNumbers({ properties = {} }: RJSFSchema): boolean {
  return Object.values(properties).every(
    (field) => typeof field === "object" && (field.type === "number" || field.type === "integer"),
  );
}

/** One of several shapes: which one, and then its fields. */
function MultiSchemaFieldTemplate({
  selector,
  optionSchemaField,
}: MultiSchemaFieldTemplateProps<Params, RJSFSchema, Surroundings>) {
  return (
    <div className="grid gap-4">
      {selector}
      {optionSchemaField}
    </div>
  );
}

function UnsupportedFieldTemplate({ schema }: UnsupportedFieldProps<Params, RJSFSchema, Surroundings>) {
  const { t } = useTranslation("create");
  return (
    <p className="text-small text-ink-soft">
      {schema.title}: {t("unsupported")}
    </p>
  );
}

export const templates: Partial<Omit<TemplatesType<Params, RJSFSchema, Surroundings>, "ButtonTemplates">> = {
  FieldTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate: ListTemplate,
  ArrayFieldItemTemplate: ListItemTemplate,
  BaseInputTemplate: InputField,
  MultiSchemaFieldTemplate,
  UnsupportedFieldTemplate,
};
