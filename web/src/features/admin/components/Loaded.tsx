import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Loading } from "@/components/ui/Empty";

interface Asked<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

/** What was asked for, once it is there. What was loaded before stays when a later look fails. */
export function Loaded<T>({
  asked,
  rows = 3,
  children,
}: {
  asked: Asked<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  const { t } = useTranslation();
  if (asked.data !== undefined) return children(asked.data);
  if (asked.error !== null) return <Failure failure={asked.error} onRetry={() => void asked.refetch()} />;
  return <Loading label={t("loading")} rows={rows} />;
}
