import { useTranslation } from "react-i18next";

import { PageHead } from "@/components/ui/Panel";

export function SettingsPage() {
  const { t } = useTranslation("settings");
  return <PageHead title={t("title")} />;
}
