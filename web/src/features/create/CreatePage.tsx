import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";

import { PageHead } from "@/components/ui/Panel";
import type { AssetFieldProps } from "@/features/create/asset-field";

export function CreatePage({ AssetField }: { AssetField: ComponentType<AssetFieldProps> }) {
  const { t } = useTranslation("create");
  return (
    <>
      <PageHead title={t("title")} />
      <AssetField label="" kind="portrait" value={null} onChange={() => undefined} />
    </>
  );
}
