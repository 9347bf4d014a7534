import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { TFunction } from "i18next";

import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";

export type Webhook = components["schemas"]["WebhookOut"];
export type WebhookWithSecret = components["schemas"]["WebhookWithSecretOut"];
export type WebhookEvent = components["schemas"]["WebhookEvent"];
export type NewWebhook = components["schemas"]["NewWebhookIn"];
export type WebhookChange = components["schemas"]["WebhookChangeIn"];
export type TestResult = components["schemas"]["TestResultOut"];
export type Delivery = components["schemas"]["DeliverySummaryOut"];
type DeliveryList = components["schemas"]["DeliveryList"];

export const WEBHOOK_EVENTS = [
  "job.started",
  "job.waiting",
  "job.succeeded",
  "job.failed",
  "job.cancelled",
] as const satisfies readonly WebhookEvent[];

const DELIVERIES_A_PAGE = 20;
/** While a message is under way; otherwise a job may end and send another at any time. */
const LOOK_SOON_MS = 3_000;
const LOOK_AGAIN_MS = 15_000;

export const webhookKeys = {
  all: ["webhooks"] as const,
  list: ["webhooks", "list"] as const,
  deliveries: (webhookId: string) => ["webhooks", "deliveries", webhookId] as const,
  deadLetters: ["webhooks", "dead-letters"] as const,
};

export const webhooksQuery = queryOptions({
  queryKey: webhookKeys.list,
  queryFn: async ({ signal }) => (await answered(api.GET("/api/webhooks", { signal }))).webhooks,
});

export function deliveriesQuery(webhookId: string) {
  return infiniteQueryOptions({
    queryKey: webhookKeys.deliveries(webhookId),
    queryFn: ({ pageParam, signal }): Promise<DeliveryList> => {
      const query = { limit: DELIVERIES_A_PAGE, ...(pageParam !== null && { before: pageParam }) };
      const params = { path: { webhook_id: webhookId }, query };
      return answered(api.GET("/api/webhooks/{webhook_id}/deliveries", { params, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.deliveries.some(({ state }) => state === "pending") === true ? LOOK_SOON_MS : LOOK_AGAIN_MS,
  });
}

export const deadLettersQuery = queryOptions({
  queryKey: webhookKeys.deadLetters,
  queryFn: async ({ signal }) => (await answered(api.GET("/api/webhooks/dead-letters", { signal }))).deliveries,
});

const at = (webhookId: string) => ({ params: { path: { webhook_id: webhookId } } });

export function createWebhook(wanted: NewWebhook): Promise<WebhookWithSecret> {
  return answered(api.POST("/api/webhooks", { body: wanted }));
}

export function changeWebhook(webhookId: string, change: WebhookChange): Promise<Webhook> {
  return answered(api.PATCH("/api/webhooks/{webhook_id}", { ...at(webhookId), body: change }));
}

export function testWebhook(webhookId: string): Promise<TestResult> {
  return answered(api.POST("/api/webhooks/{webhook_id}/test", at(webhookId)));
}

export function rotateSecret(webhookId: string): Promise<WebhookWithSecret> {
  return answered(api.POST("/api/webhooks/{webhook_id}/rotate-secret", at(webhookId)));
}

export async function deleteWebhook(webhookId: string): Promise<void> {
  await answered(api.DELETE("/api/webhooks/{webhook_id}", at(webhookId)));
}

export async function redeliver({ webhook, id }: Delivery): Promise<void> {
  const params = { path: { webhook_id: webhook, delivery_id: id } };
  await answered(api.POST("/api/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver", { params }));
}

export function eventWord(t: TFunction<"settings">, event: string): string {
  const words: Record<string, string> = {
    "job.started": t("eventStarted"),
    "job.waiting": t("eventWaiting"),
    "job.succeeded": t("eventSucceeded"),
    "job.failed": t("eventFailed"),
    "job.cancelled": t("eventCancelled"),
    "webhook.test": t("eventTest"),
    "*": t("eventAll"),
  };
  return words[event] ?? event;
}
