import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { TextField } from "@/components/ui/Field";
import { PasswordField } from "@/components/ui/PasswordField";
import { fieldErrors } from "@/lib/form";
import { notify } from "@/lib/notices";
import { showUser, type User } from "@/lib/session";

import { changeProfile } from "./profile";

/** The password is asked for once the address is another. */
export function EmailForm({ user }: { user: User }) {
  const { t } = useTranslation("settings");
  const [email, setEmail] = useState(user.email);
  const [password, setPassword] = useState("");
  const saving = useMutation({
    mutationFn: changeProfile,
    onSuccess(changed) {
      showUser(changed);
      setEmail(changed.email);
      setPassword("");
      notify({ tone: "done", text: t("emailChanged"), detail: changed.email });
    },
  });
  const wrong = fieldErrors(saving.error, { wrong_password: "password", bad_name: "email", name_taken: "email" });
  return (
    <form
      className="grid max-w-lg gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate({ email, password });
      }}
    >
      <TextField
        type="email"
        label={t("email")}
        hint={t("emailHint")}
        error={wrong.email}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        autoComplete="email"
        maxLength={320}
        required
      />
      {email !== user.email && (
        <>
          <PasswordField
            label={t("emailPassword")}
            hint={t("emailPasswordHint")}
            error={wrong.password}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoComplete="current-password"
            required
          />
          {saving.error !== null && Object.keys(wrong).length === 0 && <Failure failure={saving.error} />}
          <div>
            <Button type="submit" look="primary" isBusy={saving.isPending}>
              {t("changeEmail")}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}
