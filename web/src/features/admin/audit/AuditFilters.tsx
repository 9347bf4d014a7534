import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { SelectField, TextField } from "@/components/ui/Field";
import { textsOf } from "@/lib/form";

import type { AuditFilter } from "../model/queries";
import { AUDIT_ACTIONS } from "./sentences";

const NOTHING: AuditFilter = { actor: "", action: "", target: "" };

export function AuditFilters({
  filter,
  isNarrow,
  onFilter,
}: {
  filter: AuditFilter;
  isNarrow: boolean;
  onFilter: (wanted: AuditFilter) => void;
}) {
  const { t } = useTranslation("admin");
  return (
    <form
      role="search"
      aria-label={t("audit")}
      className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)_14rem_minmax(0,1fr)_auto]"
      onSubmit={(event) => {
        event.preventDefault();
        onFilter(textsOf(event.currentTarget, "actor", "action", "target"));
      }}
    >
      <TextField
        name="actor"
        label={t("auditActor")}
        hint={t("auditActorHint")}
        defaultValue={filter.actor}
        maxLength={100}
      />
      <SelectField name="action" label={t("auditAction")} defaultValue={filter.action}>
        <option value="">{t("any")}</option>
        {AUDIT_ACTIONS.map((action) => (
          <option key={action} value={action}>
            {action}
          </option>
        ))}
      </SelectField>
      <TextField
        name="target"
        label={t("auditTarget")}
        hint={t("auditTargetHint")}
        defaultValue={filter.target}
        maxLength={100}
      />
      <div className="flex flex-wrap gap-2 sm:mt-6.5">
        <Button type="submit">{t("auditApply")}</Button>
        {isNarrow && (
          <Button look="quiet" onClick={() => onFilter(NOTHING)}>
            {t("auditClear")}
          </Button>
        )}
      </div>
    </form>
  );
}
