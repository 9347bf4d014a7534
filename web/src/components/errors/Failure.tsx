import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Problem, Unreachable } from "@/lib/problem";

/** What happened and what to do, in the words of the server; when it is away, that it is asked again. */
export function Failure({ failure, onRetry }: { failure: Error; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { text, hint } = useWords(failure);
  return (
    <div role="alert" className="flex gap-3 rounded-small border border-failed/50 bg-failed/8 px-4 py-3">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-failed-ink" />
      <div className="grid gap-1">
        <p className="font-medium break-words">{text}</p>
        {hint !== "" && <p className="text-small text-ink-soft break-words">{hint}</p>}
        {onRetry !== undefined && (
          <div className="mt-2">
            <Button size="small" onClick={onRetry}>
              {t("tryAgain")}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

interface Words {
  text: string;
  hint: string;
}

export function useWords(failure: Error): Words {
  return useWordsOf()(failure);
}

/** The same for a failure that comes later, such as into a notice. */
export function useWordsOf(): (failure: Error) => Words {
  const { t } = useTranslation();
  return (failure) => {
    if (failure instanceof Problem) return { text: failure.message, hint: failure.hint };
    if (failure instanceof Unreachable) return { text: t("unreachable"), hint: t("unreachableHint") };
    return { text: t("brokenPage"), hint: failure.message };
  };
}
