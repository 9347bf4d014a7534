import { useTranslation } from "react-i18next";

import { PageHead } from "@/components/ui/Panel";

export function JobPage() {
  const { t } = useTranslation("job");
  return <PageHead title={t("title")} />;
}
