import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { makeJob } from "@/testing/jobs";
import { show } from "@/testing/render";
import { server } from "@/testing/server";

import { ShareDialog } from "./ShareDialog";

const SHARE = {
  id: "shr_1",
  url: "https://studio.example/s/shr_1.abc",
  token: "shr_1.abc",
  created_at: "2026-05-01T10:00:00Z",
  expires_at: "2026-05-31T10:00:00Z",
};
const JOB = makeJob({ state: "succeeded" });

test("a link is made for the days that were chosen, and can be revoked", async () => {
  const asked: unknown[] = [];
  server.use(
    http.get("*/api/jobs/:job/shares", () => HttpResponse.json({ shares: [] })),
    http.post("*/api/jobs/:job/shares", async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json(SHARE, { status: 201 });
    }),
    http.delete("*/api/jobs/:job/shares/shr_1", () => new HttpResponse(null, { status: 204 })),
  );
  const { person } = show(<ShareDialog job={JOB} onClose={() => undefined} />);
  expect(await screen.findByText("There is no link yet.")).toBeVisible();
  await person.click(screen.getByRole("radio", { name: "7 days" }));
  await person.click(screen.getByRole("button", { name: "Make a link" }));
  expect(await screen.findByRole("textbox", { name: "Link" })).toHaveValue(SHARE.url);
  expect(asked).toEqual([{ expires_in_days: 7 }]);
  await person.click(screen.getByRole("button", { name: "Revoke" }));
  await waitFor(() => expect(screen.queryByRole("textbox", { name: "Link" })).toBeNull());
});

test("to embed a result, a frame around the shared page is offered", async () => {
  server.use(http.get("*/api/jobs/:job/shares", () => HttpResponse.json({ shares: [SHARE] })));
  show(<ShareDialog job={JOB} showsEmbed onClose={() => undefined} />);
  const code = await screen.findByRole<HTMLInputElement>("textbox", { name: "HTML to paste" });
  expect(code.value).toMatch(/^<iframe src="https:\/\/studio\.example\/s\/shr_1\.abc" .*<\/iframe>$/);
});
