import { CloudOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { connection } from "@/lib/live";
import { useObservable } from "@/lib/observable";

/** A hiccup shorter than this is nobody's concern. */
const PATIENCE_MS = 1_500;

/** Says that the picture may be old, as long as it may be. */
export function StaleBanner() {
  const { t } = useTranslation();
  const isStale = useStale();
  return (
    <div role="status" aria-live="polite">
      {isStale && (
        <p className="flex items-center gap-3 border-b border-waiting/50 bg-waiting/15 px-4 py-2 text-small sm:px-6 lg:px-10">
          <CloudOff aria-hidden className="size-4 shrink-0 text-waiting-ink" />
          {t("stale")}
        </p>
      )}
    </div>
  );
}

function useStale(): boolean {
  const isStale = useObservable(connection) === "stale";
  const [since, setSince] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSince(isStale), isStale ? PATIENCE_MS : 0);
    return () => clearTimeout(timer);
  }, [isStale]);
  return since && isStale;
}
