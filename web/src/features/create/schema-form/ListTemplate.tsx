import type { ArrayFieldItemTemplateProps, ArrayFieldTemplateProps, RJSFSchema } from "@rjsf/utils";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button, IconButton } from "@/components/ui/Button";

import type { Params } from "../model/schema";
import { LabelText } from "./LabelText";
import type { Surroundings } from "./SchemaFields";

/** Any number of the same. */
export function ListTemplate(props: ArrayFieldTemplateProps<Params, RJSFSchema, Surroundings>) {
  const { t } = useTranslation("create");
  const { title, schema, items, canAdd, required, onAddClick } = props;
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1.5 text-small font-medium text-ink-soft">
        <LabelText label={title} isRequired={required === true} />
      </legend>
      {schema.description !== undefined && <p className="-mt-2 text-small text-ink-faint">{schema.description}</p>}
      {items.length === 0 ? <p className="text-small text-ink-faint">{t("noItems")}</p> : items}
      {canAdd === true && (
        <div>
          <Button
            size="small"
            icon={<Plus aria-hidden className="size-4" />}
            aria-label={`${t("addItem")}: ${title}`}
            onClick={onAddClick}
          >
            {t("addItem")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

export function ListItemTemplate(props: ArrayFieldItemTemplateProps<Params, RJSFSchema, Surroundings>) {
  const { t } = useTranslation("create");
  const { children, index, hasToolbar, buttonsProps } = props;
  const name = t("itemName", { name: "", number: index + 1 }).trim();
  const { hasMoveUp, hasMoveDown, hasRemove, onMoveUpItem, onMoveDownItem, onRemoveItem } = buttonsProps;
  return (
    <div className="flex items-end gap-1">
      <div className="min-w-0 grow">{children}</div>
      {hasToolbar && (
        <div className="flex">
          {hasMoveUp && (
            <IconButton label={t("moveUp", { name })} onClick={onMoveUpItem}>
              <ArrowUp aria-hidden className="size-4" />
            </IconButton>
          )}
          {hasMoveDown && (
            <IconButton label={t("moveDown", { name })} onClick={onMoveDownItem}>
              <ArrowDown aria-hidden className="size-4" />
            </IconButton>
          )}
          {hasRemove && (
            <IconButton label={t("removeItem", { name })} onClick={onRemoveItem}>
              <Trash2 aria-hidden className="size-4" />
            </IconButton>
          )}
        </div>
      )}
    </div>
  );
}
