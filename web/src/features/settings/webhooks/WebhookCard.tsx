import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Lamp } from "@/components/ui/Lamp";
import { formatMoment } from "@/lib/format";

import { Deliveries } from "./Deliveries";
import { TestOutcome } from "./TestOutcome";
import { useWebhookActions } from "./use-webhook-actions";
import { eventWord, type Webhook } from "./webhooks";
import { WebhookDialogs } from "./WebhookDialogs";

export function WebhookCard({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation("settings");
  const acts = useWebhookActions(webhook.id);
  const [showsDeliveries, showDeliveries] = useState(false);
  const [asked, ask] = useState<"delete" | "rotate" | null>(null);
  return (
    <section className="rounded-panel border border-line bg-panel">
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line px-4 py-3 sm:px-5">
        <h2 className="figures min-w-0 break-all">{webhook.url}</h2>
        <Lamp tone={webhook.is_active ? "done" : "paused"}>{webhook.is_active ? t("isOn") : t("isOff")}</Lamp>
      </header>
      <div className="grid gap-4 p-4 sm:p-5">
        <About webhook={webhook} />
        <div className="flex flex-wrap gap-2">
          <Button size="small" isBusy={acts.testing.isPending} onClick={() => acts.testing.mutate()}>
            {t("test")}
          </Button>
          <Button
            size="small"
            isBusy={acts.changing.isPending}
            onClick={() => acts.changing.mutate({ is_active: !webhook.is_active })}
          >
            {webhook.is_active ? t("turnOff") : t("turnOn")}
          </Button>
          <Button size="small" aria-expanded={showsDeliveries} onClick={() => showDeliveries(!showsDeliveries)}>
            {t("deliveries")}
          </Button>
          <Button size="small" onClick={() => ask("rotate")}>
            {t("rotate")}
          </Button>
          <Button size="small" look="danger" onClick={() => ask("delete")}>
            {t("deleteWebhook")}
          </Button>
        </div>
        <TestOutcome result={acts.testing.data} failure={acts.testing.error ?? acts.changing.error} />
        {showsDeliveries && <Deliveries webhookId={webhook.id} />}
      </div>
      <WebhookDialogs asked={asked} acts={acts} onClose={() => ask(null)} />
    </section>
  );
}

function About({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation("settings");
  return (
    <div className="grid gap-1 text-small text-ink-soft">
      {webhook.description !== "" && (
        <p dir="auto" className="break-words">
          {webhook.description}
        </p>
      )}
      <p>
        {t("events")}: {webhook.events.map((event) => eventWord(t, event)).join(", ")}
      </p>
      {webhook.off_reason !== null && (
        <p className="break-words text-failed-ink">{t("offBecause", { reason: webhook.off_reason })}</p>
      )}
      {webhook.old_secret_until !== null && (
        <p>
          {t("twoSecrets")} {formatMoment(webhook.old_secret_until)}
        </p>
      )}
    </div>
  );
}
