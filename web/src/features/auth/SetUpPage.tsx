import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";

import { LinkButton } from "@/components/ui/Button";
import { paths } from "@/config/paths";
import { useTitle } from "@/lib/scope";

import { AccountForm } from "./components/AccountForm";
import { Head } from "./components/Head";
import { hasCode, setUp } from "./model/entering";

/** Behind the one-time link of the first start. Its token stays behind the #, so that no log of a server sees it. */
export function SetUpPage() {
  const { t } = useTranslation("auth");
  const [isUsed, setUsed] = useState(false);
  const token = new URLSearchParams(useLocation().hash.slice(1)).get("token");
  useTitle(t("setUpTitle"));
  if (isUsed) return <Refused title={t("usedTitle")} text={t("used")} />;
  if (token === null || token === "") return <Refused title={t("noTokenTitle")} text={t("noToken")} />;
  return (
    <>
      <Head title={t("setUpTitle")}>{t("setUpLead")}</Head>
      <AccountForm
        enter={(applicant) => setUp(token, applicant)}
        label={t("setUp")}
        onRefused={(failure) => setUsed(hasCode(failure, "conflict"))}
      />
    </>
  );
}

function Refused({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation("auth");
  return (
    <div role="alert">
      <Head title={title}>{text}</Head>
      <LinkButton to={paths.login}>{t("signIn")}</LinkButton>
    </div>
  );
}
