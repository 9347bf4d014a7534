import { useTranslation } from "react-i18next";

import { LinkButton } from "@/components/ui/Button";
import { paths } from "@/config/paths";
import { useTitle } from "@/lib/scope";
import { useUser } from "@/lib/session";

import { Head } from "./components/Head";

/** Where a new account begins: two clicks from a first video. */
export function WelcomePage() {
  const { t } = useTranslation("auth");
  const name = useUser().display_name;
  useTitle(t("welcomeTitle"));
  return (
    <>
      <Head title={name === "" ? t("welcomeTitle") : t("welcomeTitleNamed", { name })}>{t("welcomeLead")}</Head>
      <div className="grid gap-2">
        <LinkButton to={paths.sample} look="primary">
          {t("sample")}
        </LinkButton>
        <p className="text-center text-small text-ink-faint">{t("sampleHint")}</p>
      </div>
      <div className="mt-8 flex flex-wrap gap-2 border-t border-line pt-6">
        <LinkButton to={paths.create}>{t("own")}</LinkButton>
        <LinkButton to={paths.dashboard} look="quiet">
          {t("toStudio")}
        </LinkButton>
      </div>
    </>
  );
}
