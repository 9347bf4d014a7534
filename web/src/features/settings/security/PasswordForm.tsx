import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { PasswordField } from "@/components/ui/PasswordField";
import { answered, api } from "@/lib/api";
import { fieldErrors, textsOf } from "@/lib/form";
import { notify } from "@/lib/notices";
import { useUser } from "@/lib/session";

import { sessionsQuery } from "./sessions";

interface PasswordChange {
  form: HTMLFormElement;
  old_password: string;
  new_password: string;
}

async function changePassword({ old_password, new_password }: PasswordChange): Promise<void> {
  await answered(api.POST("/api/auth/password", { body: { old_password, new_password } }));
}

export function PasswordForm() {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const { username } = useUser();
  const changing = useMutation({
    mutationFn: changePassword,
    onSuccess(_, { form }) {
      form.reset();
      notify({ tone: "done", text: t("passwordChanged"), detail: t("passwordChangedDetail") });
      void queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  const wrong = fieldErrors(changing.error, {
    wrong_password: "old_password",
    weak_password: "new_password",
    bad_input: "new_password",
  });
  return (
    <form
      className="grid max-w-lg gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        changing.mutate({ form, ...textsOf(form, "old_password", "new_password") });
      }}
    >
      <input hidden readOnly autoComplete="username" value={username} />
      <PasswordField
        name="old_password"
        label={t("oldPassword")}
        error={wrong.old_password}
        autoComplete="current-password"
        required
      />
      <PasswordField
        name="new_password"
        label={t("newPassword")}
        hint={t("newPasswordHint")}
        error={wrong.new_password}
        autoComplete="new-password"
        maxLength={256}
        required
      />
      {changing.error !== null && Object.keys(wrong).length === 0 && <Failure failure={changing.error} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" look="primary" isBusy={changing.isPending}>
          {t("changePassword")}
        </Button>
        <p className="text-small text-ink-faint">{t("passwordEnds")}</p>
      </div>
    </form>
  );
}
