import { type ComponentProps, useId } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { SelectField, TextField } from "@/components/ui/Field";
import { PasswordField } from "@/components/ui/PasswordField";
import { fieldErrors, textsOf } from "@/lib/form";
import { notify } from "@/lib/notices";

import { nameOf, type NewUser, useCreateUser } from "../model/users";

const FIELD_OF_CODE = { weak_password: "password" };

export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("admin");
  const { t: tCommon } = useTranslation();
  const formId = useId();
  const making = useCreateUser();

  function make(account: NewUser) {
    making.mutate(account, {
      onSuccess: (user) => {
        notify({ tone: "done", text: t("userCreated", { name: nameOf(user) }) });
        onClose();
      },
    });
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("userNewTitle")}
      lead={t("userNewLead")}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button look="primary" type="submit" form={formId} isBusy={making.isPending}>
            {t("userCreate")}
          </Button>
        </>
      }
    >
      <AccountFields id={formId} failure={making.error} onMake={make} />
    </Dialog>
  );
}

function AccountFields({
  id,
  failure,
  onMake,
}: {
  id: string;
  failure: Error | null;
  onMake: (account: NewUser) => void;
}) {
  const { t } = useTranslation("admin");
  const wrong = fieldErrors(failure, FIELD_OF_CODE);
  const isElsewhere = failure !== null && Object.keys(wrong).length === 0;
  const plain = { autoCapitalize: "off", spellCheck: false, autoComplete: "off", required: true } as const;
  const send: ComponentProps<"form">["onSubmit"] = (event) => {
    event.preventDefault();
    const { role, plan, ...texts } = textsOf(event.currentTarget, "email", "username", "display_name", "password", "role", "plan"); // prettier-ignore
    onMake({ ...texts, role: role === "admin" ? "admin" : "user", plan: plan === "pro" ? "pro" : "free" });
  };
  return (
    <form id={id} onSubmit={send} className="grid gap-4">
      <TextField name="email" type="email" label={t("userEmail")} error={wrong.email} maxLength={320} {...plain} />
      <TextField name="username" label={t("userName")} hint={t("userNameHint")} error={wrong.username} {...plain} />
      <TextField
        name="display_name"
        label={t("userDisplayName")}
        hint={t("userDisplayNameHint")}
        error={wrong.display_name}
        maxLength={100}
        dir="auto"
      />
      <PasswordField
        name="password"
        label={t("userPassword")}
        hint={t("userPasswordHint")}
        error={wrong.password}
        autoComplete="new-password"
        maxLength={256}
        required
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField name="role" label={t("userRole")}>
          <option value="user">{t("roleUser")}</option>
          <option value="admin">{t("roleAdmin")}</option>
        </SelectField>
        <SelectField name="plan" label={t("userPlan")}>
          <option value="free">{t("planFree")}</option>
          <option value="pro">{t("planPro")}</option>
        </SelectField>
      </div>
      {isElsewhere && <Failure failure={failure} />}
    </form>
  );
}
