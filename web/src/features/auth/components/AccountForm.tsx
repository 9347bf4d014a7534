import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { TextField } from "@/components/ui/Field";
import { PasswordField } from "@/components/ui/PasswordField";
import { fieldErrors, textsOf } from "@/lib/form";
import { beginSession } from "@/lib/session";

import { type Applicant, FIELD_OF_CODE, type SignedIn } from "../model/entering";
import { useRest } from "../model/rest";
import { SubmitButton } from "./SubmitButton";

interface AccountFormProps {
  enter: (applicant: Applicant) => Promise<SignedIn>;
  label: string;
  /** Refusals that the page around shows in its own words. */
  onRefused?: (failure: Error) => void;
}

/** Who wants an account. What was written stays where it is refused. */
export function AccountForm({ enter, label, onRefused }: AccountFormProps) {
  const { t } = useTranslation("auth");
  const rest = useRest();
  const making = useMutation({
    mutationFn: enter,
    onSuccess: beginSession,
    onError(failure) {
      rest.keep(failure);
      onRefused?.(failure);
    },
  });
  const wrong = fieldErrors(making.error, FIELD_OF_CODE);
  const isElsewhere = making.error !== null && Object.keys(wrong).length === 0;
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        making.mutate(textsOf(event.currentTarget, "email", "username", "display_name", "password"));
      }}
    >
      <TextField
        name="email"
        type="email"
        label={t("email")}
        error={wrong.email}
        autoComplete="email"
        maxLength={320}
        required
        autoFocus
      />
      <TextField
        name="username"
        label={t("username")}
        hint={t("usernameHint")}
        error={wrong.username}
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        pattern="[A-Za-z0-9][A-Za-z0-9._\-]{2,31}"
        title={t("usernameHint")}
        required
      />
      <TextField
        name="display_name"
        dir="auto"
        label={t("displayName")}
        hint={t("displayNameHint")}
        error={wrong.display_name}
        autoComplete="name"
        maxLength={100}
      />
      <PasswordField
        name="password"
        label={t("newPassword")}
        hint={t("newPasswordHint")}
        error={wrong.password}
        autoComplete="new-password"
        maxLength={256}
        required
      />
      {isElsewhere && <Failure failure={making.error} />}
      <SubmitButton isBusy={making.isPending} restSeconds={rest.seconds}>
        {label}
      </SubmitButton>
    </form>
  );
}
