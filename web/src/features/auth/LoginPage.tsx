import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import { Failure } from "@/components/errors/Failure";
import { CheckField, TextField } from "@/components/ui/Field";
import { PasswordField } from "@/components/ui/PasswordField";
import { paths } from "@/config/paths";
import { textsOf } from "@/lib/form";
import { useTitle } from "@/lib/scope";
import { beginSession, useSession } from "@/lib/session";

import { Head } from "./components/Head";
import { SubmitButton } from "./components/SubmitButton";
import { Told } from "./components/Told";
import { type Credentials, logIn } from "./model/entering";
import { useRest } from "./model/rest";

export function LoginPage() {
  const { t } = useTranslation("auth");
  const { search } = useLocation();
  useTitle(t("title"));
  return (
    <>
      <Head title={t("title")}>{t("loginLead")}</Head>
      <WhyHere />
      <LoginForm />
      <p className="mt-6 text-small text-ink-soft">
        {t("noAccount")}{" "}
        <Link to={`${paths.register}${search}`} className="font-medium text-ink underline underline-offset-4">
          {t("register")}
        </Link>
      </p>
      <p className="mt-2 text-small text-ink-faint">{t("forgotten")}</p>
    </>
  );
}

function WhyHere() {
  const { t } = useTranslation("auth");
  const session = useSession();
  if (session.state !== "signed-out" || session.reason === "none") return null;
  if (session.reason === "elsewhere") return <Told title={t("elsewhere")}>{t("elsewhereHint")}</Told>;
  return <Told title={t("ended")}>{t("endedHint")}</Told>;
}

function LoginForm() {
  const { t } = useTranslation("auth");
  const rest = useRest();
  const entering = useMutation({ mutationFn: logIn, onSuccess: beginSession, onError: rest.keep });
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        entering.mutate(credentialsIn(event.currentTarget));
      }}
    >
      <TextField
        name="login"
        label={t("login")}
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={320}
        required
        autoFocus
      />
      <PasswordField name="password" label={t("password")} autoComplete="current-password" required />
      <CheckField name="remember" label={t("remember")} hint={t("rememberHint")} />
      {entering.error !== null && <Failure failure={entering.error} />}
      <SubmitButton isBusy={entering.isPending} restSeconds={rest.seconds}>
        {t("signIn")}
      </SubmitButton>
    </form>
  );
}

function credentialsIn(form: HTMLFormElement): Credentials {
  const { login, password, remember } = textsOf(form, "login", "password", "remember");
  return { login, password, remember: remember === "on" };
}
