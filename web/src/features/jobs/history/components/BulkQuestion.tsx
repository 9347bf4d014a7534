import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { formatNumber } from "@/lib/format";

import { type BulkAction, MOST_AT_ONCE } from "../model/bulk";

interface BulkQuestionProps {
  /** What is about to be done; null where nothing is asked. */
  action: BulkAction | null;
  /** With how many jobs; null for all that fit the filter. */
  amount: number | null;
  onYes: (action: BulkAction) => void;
  onNo: () => void;
}

export function BulkQuestion({ action, amount, onYes, onNo }: BulkQuestionProps) {
  const { t } = useTranslation("history");
  if (action === null) return null;
  const titles: Record<BulkAction, string> = {
    retry: t("sureRetry"),
    pause: t("surePause"),
    resume: t("sureResume"),
    cancel: t("sureCancel"),
    delete: t("sureDelete"),
  };
  const which =
    amount === null
      ? t("sureEverything", { shown: formatNumber(MOST_AT_ONCE) })
      : t("sureSome", { count: amount, shown: formatNumber(amount) });
  return (
    <Dialog
      isOpen
      onClose={onNo}
      title={titles[action]}
      lead={action === "delete" ? `${which} ${t("sureForGood")}` : which}
      actions={
        <>
          <Button onClick={onNo}>{t("keep")}</Button>
          <Button look={action === "delete" ? "danger" : "primary"} onClick={() => onYes(action)}>
            {t(action)}
          </Button>
        </>
      }
    />
  );
}
