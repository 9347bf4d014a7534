import { useTranslation } from "react-i18next";

import { PageHead } from "@/components/ui/Panel";

export function SetUpPage() {
  const { t } = useTranslation("auth");
  return <PageHead title={t("title")} />;
}
