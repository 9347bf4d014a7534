import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Loading } from "@/components/ui/Empty";

/** What a query gave; before that, its place; or why it did not come. */
export function Shown<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Failure failure={query.error} onRetry={() => void query.refetch()} />;
  return <Loading label={t("loading")} rows={2} />;
}
