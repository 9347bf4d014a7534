import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { SelectField, TextField } from "@/components/ui/Field";
import { fieldErrors, textsOf } from "@/lib/form";
import { chooseLanguage, language, LANGUAGE_NAMES, LANGUAGES } from "@/lib/language";
import { notify } from "@/lib/notices";
import { showUser, type User } from "@/lib/session";

import { changeProfile } from "./profile";

export function NamesForm({ user }: { user: User }) {
  const { t } = useTranslation("settings");
  const saving = useMutation({
    mutationFn: changeProfile,
    onSuccess(changed) {
      showUser(changed);
      LANGUAGES.filter((known) => known === changed.language).forEach(chooseLanguage);
      notify({ tone: "done", text: t("saved", { ns: "common" }) });
    },
  });
  const wrong = fieldErrors(saving.error);
  return (
    <form
      className="grid max-w-lg gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(textsOf(event.currentTarget, "display_name", "username", "language"));
      }}
    >
      <TextField
        name="display_name"
        dir="auto"
        label={t("displayName")}
        hint={t("displayNameHint")}
        error={wrong.display_name}
        defaultValue={user.display_name}
        autoComplete="name"
        maxLength={100}
      />
      <TextField
        name="username"
        label={t("username")}
        hint={t("usernameHint")}
        error={wrong.username}
        defaultValue={user.username}
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        pattern="[A-Za-z0-9][A-Za-z0-9._\-]{2,31}"
        title={t("usernameHint")}
        required
      />
      <SelectField
        name="language"
        label={t("accountLanguage")}
        hint={t("accountLanguageHint")}
        error={wrong.language}
        defaultValue={LANGUAGES.find((known) => known === user.language) ?? language.get()}
      >
        {LANGUAGES.map((known) => (
          <option key={known} value={known}>
            {LANGUAGE_NAMES[known]}
          </option>
        ))}
      </SelectField>
      {saving.error !== null && Object.keys(wrong).length === 0 && <Failure failure={saving.error} />}
      <div>
        <Button type="submit" look="primary" isBusy={saving.isPending}>
          {t("save", { ns: "common" })}
        </Button>
      </div>
    </form>
  );
}
