import { useTranslation } from "react-i18next";

import { PageHead } from "@/components/ui/Panel";
import { useTitle } from "@/lib/scope";

import { Buttons } from "./parts/Buttons";
import { Colours } from "./parts/Colours";
import { Fields } from "./parts/Fields";
import { Motion } from "./parts/Motion";
import { Plates } from "./parts/Plates";
import { Rails } from "./parts/Rails";
import { Shape } from "./parts/Shape";
import { States } from "./parts/States";
import { Type } from "./parts/Type";

/** The design system, for those who add a page. */
export function DesignPage() {
  const { t } = useTranslation("design");
  useTitle(t("title"));
  return (
    <>
      <PageHead title={t("title")} lead={t("lead")} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-12">
        <Colours />
        <Type />
        <Shape />
        <Motion />
        <Rails />
        <Buttons />
        <Fields />
        <States />
        <Plates />
      </div>
    </>
  );
}
