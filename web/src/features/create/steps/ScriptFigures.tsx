import { useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { formatDuration, formatNumber } from "@/lib/format";

import { LONGEST_KEPT_CHARACTERS } from "../model/draft";
import { figuresOf } from "../model/script";

/** How long the text is, in characters, words and spoken, and how much too long. */
export function ScriptFigures({ text, limit, rate }: { text: string; limit: number; rate: number }) {
  const { t } = useTranslation("create");
  const counted = useDeferredValue(text);
  const { characters, words, seconds } = useMemo(() => figuresOf(counted, rate), [counted, rate]);
  const over = characters - limit;
  return (
    <>
      <p className="figures flex flex-wrap gap-x-4 gap-y-1 text-ink-soft">
        <span>
          {t("scriptCharacters", { count: characters, number: formatNumber(characters) })}
          {Number.isFinite(limit) && ` ${t("scriptOf", { limit: formatNumber(limit) })}`}
        </span>
        <span>{t("scriptWords", { count: words, number: formatNumber(words) })}</span>
        {words > 0 && <span>{t("scriptSpeaks", { duration: formatDuration(Math.max(1, seconds)) })}</span>}
      </p>
      <div role="status">
        {over > 0 && (
          <p className="text-small text-failed-ink">
            {t("scriptTooLong", { count: over, number: formatNumber(over), limit: formatNumber(limit) })}{" "}
            {text.length > LONGEST_KEPT_CHARACTERS && t("scriptNotKept")}
          </p>
        )}
      </div>
    </>
  );
}
