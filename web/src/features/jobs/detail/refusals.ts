import { useTranslation } from "react-i18next";

import { notify } from "@/lib/notices";
import { Problem, Unreachable } from "@/lib/problem";

/** Tells at the edge of the page why a wish was not granted; what was shown in advance has been taken back. */
export function useTellRefusal(): (failure: Error) => void {
  const { t } = useTranslation();
  return (failure) => {
    if (failure instanceof Problem) notify({ tone: "failed", text: failure.message, detail: failure.hint });
    else if (failure instanceof Unreachable)
      notify({ tone: "failed", text: t("unreachable"), detail: t("unreachableHint") });
    else notify({ tone: "failed", text: failure.message });
  };
}

/** Puts a text on the clipboard, which a browser refuses where the page comes over plain HTTP from another machine. */
export function useCopy(): (text: string, done: string) => Promise<void> {
  const { t } = useTranslation("job");
  return async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
      notify({ tone: "done", text: done });
    } catch {
      notify({ tone: "failed", text: t("notCopied") });
    }
  };
}
