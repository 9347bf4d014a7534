import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { notify } from "@/lib/notices";

import { changeWebhook, deleteWebhook, rotateSecret, testWebhook, type WebhookChange, webhookKeys } from "./webhooks";

export type WebhookActions = ReturnType<typeof useWebhookActions>;

/** What can be done with a webhook. Each loads anew what it changed. */
export function useWebhookActions(webhookId: string) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const reload = () => queries.invalidateQueries({ queryKey: webhookKeys.all });
  return {
    testing: useMutation({ mutationFn: () => testWebhook(webhookId), onSuccess: reload }),
    changing: useMutation({
      mutationFn: (change: WebhookChange) => changeWebhook(webhookId, change),
      onSuccess: reload,
    }),
    rotating: useMutation({ mutationFn: () => rotateSecret(webhookId), onSuccess: () => void reload() }),
    deleting: useMutation({
      mutationFn: () => deleteWebhook(webhookId),
      onSuccess() {
        notify({ tone: "done", text: t("webhookDeleted") });
        return reload();
      },
    }),
  };
}
