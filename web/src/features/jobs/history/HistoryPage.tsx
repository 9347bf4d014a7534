import { useTranslation } from "react-i18next";

import { PageHead } from "@/components/ui/Panel";

export function HistoryPage() {
  const { t } = useTranslation("history");
  return <PageHead title={t("title")} />;
}
