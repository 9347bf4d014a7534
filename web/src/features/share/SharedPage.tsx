import { useTranslation } from "react-i18next";

import { PageHead } from "@/components/ui/Panel";

export function SharedPage() {
  const { t } = useTranslation("share");
  return <PageHead title={t("title")} />;
}
