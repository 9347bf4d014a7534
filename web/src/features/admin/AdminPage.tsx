import { useTranslation } from "react-i18next";

import { PageHead } from "@/components/ui/Panel";

export function AdminPage() {
  const { t } = useTranslation("admin");
  return <PageHead title={t("title")} />;
}
