import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { CopyField } from "@/components/ui/CopyField";
import { Dialog } from "@/components/ui/Dialog";
import { CheckField, SelectField, TextField } from "@/components/ui/Field";
import { fieldErrors, textsOf } from "@/lib/form";
import { useUser } from "@/lib/session";

import { KEY_SCOPES, keysQuery, makeKey, type NewKey, scopeWord, USUAL_SCOPES } from "./keys";

const DAYS = [30, 90, 365] as const;

/** Once the key is made, the dialog shows it this one time; closing it forgets it. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const making = useMutation({
    mutationFn: makeKey,
    onSuccess: () => void queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  if (making.data === undefined) {
    return (
      <Dialog isOpen onClose={onClose} title={t("newKey")} lead={t("keysLead")}>
        <NewKeyForm isBusy={making.isPending} failure={making.error} onMake={making.mutate} />
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("keyMade")}
      lead={t("keyMadeLead")}
      actions={
        <Button look="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <div className="grid gap-5">
        <CopyField label={t("keyMade")} value={making.data.key} />
        <div className="grid gap-1.5">
          <p className="text-small text-ink-soft">{t("keyTry")}</p>
          <CopyField
            label={t("keyTry")}
            value={`curl -H "Authorization: Bearer ${making.data.key}" ${globalThis.location.origin}/api/jobs`}
          />
        </div>
      </div>
    </Dialog>
  );
}

function NewKeyForm({
  isBusy,
  failure,
  onMake,
}: {
  isBusy: boolean;
  failure: Error | null;
  onMake: (wanted: NewKey) => void;
}) {
  const { t } = useTranslation("settings");
  const isAdmin = useUser().role === "admin";
  const [lacksScopes, setLacksScopes] = useState(false);
  const wrong = fieldErrors(failure);
  function make(form: HTMLFormElement): void {
    const given = new FormData(form).getAll("scopes");
    const scopes = KEY_SCOPES.filter((scope) => given.includes(scope));
    setLacksScopes(scopes.length === 0);
    const { name, days } = textsOf(form, "name", "days");
    if (scopes.length > 0) onMake({ name, scopes, expires_in_days: days === "" ? null : Number(days) });
  }
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        make(event.currentTarget);
      }}
    >
      <TextField name="name" dir="auto" label={t("keyName")} error={wrong.name} maxLength={100} required autoFocus />
      <fieldset className="grid gap-2">
        <legend className="mb-2 text-small font-medium text-ink-soft">{t("keyScopes")}</legend>
        {KEY_SCOPES.filter((scope) => scope !== "admin" || isAdmin).map((scope) => (
          <CheckField
            key={scope}
            name="scopes"
            value={scope}
            label={scopeWord(t, scope)}
            defaultChecked={USUAL_SCOPES.includes(scope)}
          />
        ))}
        {lacksScopes && (
          <p role="alert" className="text-small text-failed-ink">
            {t("scopeNeeded")}
          </p>
        )}
      </fieldset>
      <SelectField name="days" label={t("keyExpires")} error={wrong.expires_in_days} defaultValue="90">
        {DAYS.map((count) => (
          <option key={count} value={count}>
            {t("days", { count })}
          </option>
        ))}
        <option value="">{t("noExpiry")}</option>
      </SelectField>
      {failure !== null && Object.keys(wrong).length === 0 && <Failure failure={failure} />}
      <div className="flex justify-end">
        <Button type="submit" look="primary" isBusy={isBusy}>
          {t("makeKey")}
        </Button>
      </div>
    </form>
  );
}
