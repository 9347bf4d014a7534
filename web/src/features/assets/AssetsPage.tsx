import { useTranslation } from "react-i18next";

import { PageHead } from "@/components/ui/Panel";

export function AssetsPage() {
  const { t } = useTranslation("assets");
  return <PageHead title={t("title")} />;
}
