import { useTranslation } from "react-i18next";

import { PageHead } from "@/components/ui/Panel";

export function DesignPage() {
  const { t } = useTranslation("design");
  return <PageHead title={t("title")} />;
}
