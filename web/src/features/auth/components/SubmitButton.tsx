import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";

/** Counts down where the server asked for a rest. */
export function SubmitButton({
  isBusy,
  restSeconds,
  children,
}: {
  isBusy: boolean;
  restSeconds: number;
  children: ReactNode;
}) {
  const { t } = useTranslation("auth");
  const isResting = restSeconds > 0;
  return (
    <Button type="submit" look="primary" isBusy={isBusy} disabled={isResting} className="w-full">
      {isResting ? t("waitSeconds", { count: restSeconds }) : children}
    </Button>
  );
}
