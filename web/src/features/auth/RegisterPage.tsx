import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { LinkButton } from "@/components/ui/Button";
import { paths } from "@/config/paths";
import { useTitle } from "@/lib/scope";

import { AccountForm } from "./components/AccountForm";
import { Head } from "./components/Head";
import { hasCode, register } from "./model/entering";

export function RegisterPage() {
  const { t } = useTranslation("auth");
  const [isClosed, setClosed] = useState(false);
  useTitle(t("registerTitle"));
  if (isClosed) return <Closed />;
  return (
    <>
      <Head title={t("registerTitle")}>{t("registerLead")}</Head>
      <AccountForm
        enter={register}
        label={t("register")}
        onRefused={(failure) => setClosed(hasCode(failure, "registration_closed"))}
      />
      <p className="mt-6 text-small text-ink-soft">
        {t("haveAccount")}{" "}
        <Link to={paths.login} className="font-medium text-ink underline underline-offset-4">
          {t("signIn")}
        </Link>
      </p>
    </>
  );
}

function Closed() {
  const { t } = useTranslation("auth");
  return (
    <div role="alert">
      <Head title={t("closedTitle")}>{t("closed")}</Head>
      <LinkButton to={paths.login}>{t("signIn")}</LinkButton>
    </div>
  );
}
