import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { formatNumber } from "@/lib/format";

import { beginningOf } from "../model/script";

const SHOWN_CHARACTERS = 3_000;

interface LongScriptProps {
  text: string;
  limit: number;
  onReplace: (text: string, told: string) => void;
}

/** A text that is too long for a field: its beginning, and ways to make it shorter. */
export function LongScript({ text, limit, onReplace }: LongScriptProps) {
  const { t } = useTranslation("create");
  return (
    <div role="group" aria-label={t("scriptLabel")} className="grid gap-2">
      <p className="text-small font-medium text-ink-soft">{t("scriptLabel")}</p>
      <p
        dir="auto"
        className="max-h-56 overflow-hidden rounded-small border border-line bg-well px-3 py-2.5 break-words whitespace-pre-wrap text-ink-soft mask-b-from-60%"
      >
        {beginningOf(text, SHOWN_CHARACTERS)}
      </p>
      <p className="text-small text-ink-faint">{t("scriptShownInPart")}</p>
      <div className="flex flex-wrap gap-2">
        {Number.isFinite(limit) && (
          <Button size="small" onClick={() => onReplace(beginningOf(text, limit), t("scriptShortened"))}>
            {t("scriptShorten", { limit: formatNumber(limit) })}
          </Button>
        )}
        <Button size="small" look="quiet" onClick={() => onReplace("", t("scriptCleared"))}>
          {t("scriptClear")}
        </Button>
      </div>
    </div>
  );
}
