import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago } from "@/components/ui/Ago";
import { Button } from "@/components/ui/Button";
import { Lamp } from "@/components/ui/Lamp";
import { paths } from "@/config/paths";
import { notify } from "@/lib/notices";

import { Row } from "../components/Rows";
import { type Delivery, eventWord, redeliver, webhookKeys } from "./webhooks";

export function DeliveryRow({ delivery, to }: { delivery: Delivery; to?: ReactNode }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: redeliver,
    onSuccess: () => notify({ tone: "neutral", text: t("redelivered") }),
    onError: (failure) => notify({ tone: "failed", text: failure.message }),
    onSettled: () => queries.invalidateQueries({ queryKey: webhookKeys.all }),
  });
  const event = eventWord(t, delivery.event);
  return (
    <Row
      title={
        <span className="flex flex-wrap items-baseline gap-x-4">
          <DeliveryLamp state={delivery.state} />
          {delivery.job === null ? (
            event
          ) : (
            <Link to={paths.job(delivery.job)} className="underline underline-offset-4">
              {event}
            </Link>
          )}
        </span>
      }
      facts={
        <>
          {to}
          <Ago moment={delivery.created_at} />
          <span>{t("tries", { count: delivery.attempts })}</span>
          {delivery.last_status !== null && <span className="figures">{delivery.last_status}</span>}
          {delivery.last_error !== null && <span className="break-words">{delivery.last_error}</span>}
          {delivery.state === "pending" && delivery.due_at !== null && (
            <span>
              {t("nextTry")} <Ago moment={delivery.due_at} />
            </span>
          )}
        </>
      }
      actions={
        delivery.state !== "pending" && (
          <Button
            size="small"
            aria-label={t("redeliverOf", { event })}
            isBusy={sending.isPending}
            onClick={() => sending.mutate(delivery)}
          >
            {t("redeliver")}
          </Button>
        )
      }
    />
  );
}

function DeliveryLamp({ state }: { state: Delivery["state"] }) {
  const { t } = useTranslation("settings");
  if (state === "delivered") return <Lamp tone="done">{t("stateDelivered")}</Lamp>;
  if (state === "dead") return <Lamp tone="failed">{t("stateDead")}</Lamp>;
  return <Lamp tone="active">{t("statePending")}</Lamp>;
}
