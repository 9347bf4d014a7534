import { Hourglass, LinkIcon, Unlink } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Empty } from "@/components/ui/Empty";
import { Problem } from "@/lib/problem";

/** Why there is nothing to see. `children` is said where it is none of the usual reasons. */
export function Refusal({ failure, children }: { failure: Error; children: ReactNode }) {
  const { t } = useTranslation("share");
  const status = failure instanceof Problem ? failure.status : 0;
  const look = "size-10 stroke-1";
  if (status === 410)
    return (
      <Empty icon={<Unlink aria-hidden className={look} />} title={<Heading>{t("ended")}</Heading>}>
        {t("endedHint")}
      </Empty>
    );
  if (status === 404 || status === 422)
    return (
      <Empty icon={<LinkIcon aria-hidden className={look} />} title={<Heading>{t("unknown")}</Heading>}>
        {t("unknownHint")}
      </Empty>
    );
  if (status === 409)
    return (
      <Empty icon={<Hourglass aria-hidden className={look} />} title={<Heading>{t("remade")}</Heading>}>
        {t("remadeHint")}
      </Empty>
    );
  return (
    <>
      <h1 className="mb-4 text-title font-semibold tracking-tight">{t("title")}</h1>
      {children}
    </>
  );
}

function Heading({ children }: { children: ReactNode }) {
  return (
    <span role="heading" aria-level={1} className="text-title font-semibold tracking-tight">
      {children}
    </span>
  );
}
