import { ArrowUp } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { formatNumber } from "@/lib/format";

/** Jobs that came while one was reading further down: they wait above until somebody asks for them. */
export function FreshJobs({ amount, onShow }: { amount: number; onShow: () => void }) {
  const { t } = useTranslation("history");
  return (
    <div role="status" className="pointer-events-none sticky top-3 z-30 lg:top-16 flex h-0 justify-center">
      {amount > 0 && (
        <Button
          size="small"
          look="primary"
          onClick={onShow}
          icon={<ArrowUp aria-hidden className="size-3.5" />}
          className="pointer-events-auto animate-rise"
        >
          {t("fresh", { count: amount, shown: formatNumber(amount) })}
        </Button>
      )}
    </div>
  );
}
