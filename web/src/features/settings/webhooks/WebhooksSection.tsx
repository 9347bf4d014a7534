import { useQuery } from "@tanstack/react-query";
import { Webhook as WebhookPicture } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Empty } from "@/components/ui/Empty";
import { Panel } from "@/components/ui/Panel";

import { Shown } from "../components/Shown";
import { DeadLetters } from "./DeadLetters";
import { NewWebhookDialog } from "./NewWebhookDialog";
import { WebhookCard } from "./WebhookCard";
import { webhooksQuery } from "./webhooks";

export function WebhooksSection() {
  const { t } = useTranslation("settings");
  const [isMaking, setMaking] = useState(false);
  return (
    <div className="grid max-w-4xl gap-6">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p className="min-w-0 grow basis-64 text-ink-soft">{t("webhooksLead")}</p>
        <Button size="small" look="primary" onClick={() => setMaking(true)}>
          {t("newWebhook")}
        </Button>
      </div>
      <Shown query={useQuery(webhooksQuery)}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <Panel>
              <Empty icon={<WebhookPicture aria-hidden className="size-8" />} title={t("noWebhooks")}>
                {t("noWebhooksHint")}
              </Empty>
            </Panel>
          ) : (
            <>
              {webhooks.map((webhook) => (
                <WebhookCard key={webhook.id} webhook={webhook} />
              ))}
              <DeadLetters webhooks={webhooks} />
            </>
          )
        }
      </Shown>
      {isMaking && <NewWebhookDialog onClose={() => setMaking(false)} />}
    </div>
  );
}
