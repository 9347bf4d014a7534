import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";

import { Rows } from "../components/Rows";
import { DeliveryRow } from "./DeliveryRow";
import { deadLettersQuery, type Webhook } from "./webhooks";

/** Of all webhooks together; not there while everything arrives. */
export function DeadLetters({ webhooks }: { webhooks: readonly Webhook[] }) {
  const { t } = useTranslation("settings");
  const { data = [] } = useQuery(deadLettersQuery);
  if (data.length === 0) return null;
  return (
    <Panel title={t("deadLetters")}>
      <p className="mb-5 text-small text-ink-soft">{t("deadLettersLead")}</p>
      <Rows label={t("deadLetters")}>
        {data.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            to={
              <span className="figures min-w-0 break-all">
                {webhooks.find(({ id }) => id === delivery.webhook)?.url ?? ""}
              </span>
            }
          />
        ))}
      </Rows>
    </Panel>
  );
}
