import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Loading } from "@/components/ui/Empty";

import { Rows } from "../components/Rows";
import { DeliveryRow } from "./DeliveryRow";
import { deliveriesQuery } from "./webhooks";

export function Deliveries({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation("settings");
  const found = useInfiniteQuery(deliveriesQuery(webhookId));
  if (found.data === undefined) {
    if (found.error !== null) return <Failure failure={found.error} onRetry={() => void found.refetch()} />;
    return <Loading label={t("loading", { ns: "common" })} rows={2} />;
  }
  const deliveries = found.data.pages.flatMap((page) => page.deliveries);
  if (deliveries.length === 0) return <p className="text-small text-ink-soft">{t("noDeliveries")}</p>;
  return (
    <div className="border-t border-line pt-3">
      <Rows label={t("deliveries")}>
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} />
        ))}
      </Rows>
      {found.hasNextPage && (
        <Button
          size="small"
          className="mt-5"
          isBusy={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("olderDeliveries")}
        </Button>
      )}
    </div>
  );
}
