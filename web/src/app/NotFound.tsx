import { useTranslation } from "react-i18next";

import { Empty } from "@/components/ui/Empty";
import { LinkButton } from "@/components/ui/Button";
import { paths } from "@/config/paths";
import { useTitle } from "@/lib/scope";

export function NotFound() {
  const { t } = useTranslation();
  useTitle(t("notFound"));
  return (
    <Empty title={<h1>{t("notFound")}</h1>} actions={<LinkButton to={paths.dashboard}>{t("navDashboard")}</LinkButton>}>
      {t("notFoundHint")}
    </Empty>
  );
}
