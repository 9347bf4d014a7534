import { http, HttpResponse } from "msw";

import type { components } from "@/generated/schema";
import { makeJob } from "@/testing/jobs";
import { makeEngine, makeFullPipeline, makePipeline } from "@/testing/pipelines";
import { server } from "@/testing/server";

type Pipeline = components["schemas"]["PipelineOut"];

export interface Received {
  key: string | null;
  body: Record<string, unknown>;
}

/** A studio that can make things, and keeps the orders that it receives. A test may answer orders in another way. */
export function standInStudio({
  pipelines = [makePipeline(), makeFullPipeline()],
  engines = [makeEngine(), makeEngine({ kind: "puppet", capability: "avatar", title: "Puppet", languages: [] })],
  answer = () => HttpResponse.json(makeJob({ id: "job_06fk3000000000000000000009" }), { status: 202 }),
}: {
  pipelines?: Pipeline[];
  engines?: components["schemas"]["EngineOut"][];
  answer?: (received: Received, count: number) => Response;
} = {}): Received[] {
  const orders: Received[] = [];
  const voices = [
    { name: "slt", language: "en-US", engine: "flite", title: "Slt, a woman's voice" },
    { name: "pt-br", language: "pt-br", engine: "espeak", title: "Portuguese (Brazil)" },
  ];
  server.use(
    http.get("*/api/pipelines", () => HttpResponse.json({ pipelines })),
    http.get("*/api/engines", () => HttpResponse.json({ engines })),
    http.get("*/api/voices", () => HttpResponse.json({ voices })),
    http.post("*/api/jobs/estimate", () =>
      HttpResponse.json({
        seconds: 127,
        seconds_by_stage: {},
        cost: { amount: 0, currency: "USD" },
        sample_jobs: 4,
      }),
    ),
    http.post("*/api/jobs", async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      const received = { key: request.headers.get("idempotency-key"), body };
      orders.push(received);
      return answer(received, orders.length);
    }),
  );
  return orders;
}
