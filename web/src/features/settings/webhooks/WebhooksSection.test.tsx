import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { refuse } from "@/testing/accounts";
import { show } from "@/testing/render";
import { server } from "@/testing/server";

import type { Delivery, TestResult, Webhook } from "./webhooks";
import { WebhooksSection } from "./WebhooksSection";

const WEBHOOK: Webhook = {
  id: "wh_1",
  url: "https://hooks.example.com/jobs",
  events: ["job.succeeded"],
  description: "",
  is_active: true,
  off_reason: null,
  old_secret_until: null,
  created_at: "2026-05-01T10:00:00Z",
  updated_at: "2026-05-01T10:00:00Z",
};
const DEAD: Delivery = {
  id: "msg_1",
  webhook: "wh_1",
  event: "job.failed",
  job: "job_1",
  state: "dead",
  attempts: 10,
  due_at: null,
  last_status: 503,
  last_error: null,
  created_at: "2026-05-01T10:00:00Z",
  finished_at: "2026-05-04T10:00:00Z",
};
let webhooks: Webhook[];
let deliveries: Delivery[];

beforeEach(() => {
  webhooks = [WEBHOOK];
  deliveries = [];
  server.use(
    http.get("*/api/webhooks", () => HttpResponse.json({ webhooks })),
    http.get("*/api/webhooks/dead-letters", () =>
      HttpResponse.json({ deliveries: deliveries.filter(({ state }) => state === "dead"), next: null }),
    ),
    http.get("*/api/webhooks/wh_1/deliveries", () => HttpResponse.json({ deliveries, next: null })),
  );
});

function answerTest(result: Partial<TestResult>) {
  const whole = { is_success: true, status: 200, error: null, excerpt: "", seconds: 0.2, ...result };
  server.use(http.post("*/api/webhooks/wh_1/test", () => HttpResponse.json(whole)));
}

async function sendTest() {
  const { person } = show(<WebhooksSection />);
  await person.click(await screen.findByRole("button", { name: "Send a test" }));
}

test("a test that arrives says so", async () => {
  answerTest({ status: 204, seconds: 0.123 });
  await sendTest();
  expect(await screen.findByText("The receiver took it: 204 after 0.12 s.")).toBeVisible();
});

test("a test that is refused tells what the receiver said, as text", async () => {
  answerTest({ is_success: false, status: 500, excerpt: "<img src=x onerror=alert(1)>" });
  await sendTest();
  expect(await screen.findByText(/did not take it: it answered 500/)).toBeVisible();
  expect(screen.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
  expect(document.querySelector("main img, [role=status] img")).toBeNull();
});

test("a receiver that cannot be reached is named", async () => {
  answerTest({ is_success: false, status: null, error: "The connection was refused." });
  await sendTest();
  expect(await screen.findByText("The receiver did not take it: The connection was refused.")).toBeVisible();
});

test("the secret of a webhook is shown once, when it is made", async () => {
  webhooks = [];
  const sent = vi.fn();
  server.use(
    http.post("*/api/webhooks", async ({ request }) => {
      sent(await request.json());
      webhooks = [WEBHOOK];
      return HttpResponse.json({ ...WEBHOOK, secret: "whsec_abc" }, { status: 201 });
    }),
  );
  const { person } = show(<WebhooksSection />);
  await person.click(await screen.findByRole("button", { name: "Make a webhook" }));
  await person.type(screen.getByLabelText("Address"), WEBHOOK.url);
  await person.click(screen.getByRole("button", { name: "Make the webhook" }));
  expect(await screen.findByDisplayValue("whsec_abc")).toBeVisible();
  expect(sent.mock.calls[0]?.[0]).toMatchObject({
    url: WEBHOOK.url,
    events: ["job.waiting", "job.succeeded", "job.failed", "job.cancelled"],
  });
  await person.click(screen.getByRole("button", { name: "Done" }));
  expect(await screen.findByRole("heading", { name: WEBHOOK.url })).toBeVisible();
  expect(screen.queryByDisplayValue("whsec_abc")).not.toBeInTheDocument();
});

test("an address that is not on the internet is refused at its field", async () => {
  server.use(http.post("*/api/webhooks", () => refuse(422, { code: "address_refused", detail: "Not public." })));
  const { person } = show(<WebhooksSection />);
  await person.click(await screen.findByRole("button", { name: "Make a webhook" }));
  await person.type(screen.getByLabelText("Address"), "http://localhost/x");
  await person.click(screen.getByRole("button", { name: "Make the webhook" }));
  expect(await screen.findByText("Not public.")).toBeVisible();
  expect(screen.getByLabelText("Address")).toBeInvalid();
});

test("a webhook is turned off and says so", async () => {
  server.use(
    http.patch("*/api/webhooks/wh_1", async ({ request }) => {
      webhooks = [{ ...WEBHOOK, ...((await request.json()) as Partial<Webhook>) }];
      return HttpResponse.json(webhooks[0]);
    }),
  );
  const { person } = show(<WebhooksSection />);
  expect(await screen.findByText("On")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Turn off" }));
  expect(await screen.findByText("Off")).toBeVisible();
});

test("what was not delivered is listed, and sent again on demand", async () => {
  deliveries = [DEAD];
  server.use(
    http.post("*/api/webhooks/wh_1/deliveries/msg_1/redeliver", () => {
      deliveries = [{ ...DEAD, state: "delivered" }];
      return HttpResponse.json({ ...DEAD, state: "pending", body: {} }, { status: 202 });
    }),
  );
  const { person } = show(<WebhooksSection />);
  expect(await screen.findByRole("heading", { name: "Not delivered" })).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Send failed again" }));
  await vi.waitFor(() => expect(screen.queryByRole("heading", { name: "Not delivered" })).not.toBeInTheDocument());
});
