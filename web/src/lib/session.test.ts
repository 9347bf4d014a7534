import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { answered, api } from "@/lib/api";
import { accessToken, currentSession, endSession, followOtherTabs, restoreSession } from "@/lib/session";
import { SIGNED_IN } from "@/testing/accounts";
import { signIn } from "@/testing/render";
import { server } from "@/testing/server";

const TABS = "soundstage-session";
let stop: () => void;
let otherTab: BroadcastChannel;
const heard: unknown[] = [];

beforeEach(() => {
  signIn();
  stop = followOtherTabs();
  otherTab = new BroadcastChannel(TABS);
  otherTab.onmessage = ({ data }: MessageEvent<unknown>) => heard.push(data);
});

afterEach(() => {
  stop();
  otherTab.close();
  heard.length = 0;
});

function serve({ isOver = false } = {}) {
  const renewed = vi.fn();
  server.use(
    http.post("*/api/auth/refresh", () => {
      renewed();
      return isOver
        ? new HttpResponse(null, { status: 401 })
        : HttpResponse.json({ ...SIGNED_IN, access_token: "token_2" });
    }),
    http.get("*/api/jobs/counts", ({ request }) =>
      request.headers.get("authorization") === "Bearer token_2"
        ? HttpResponse.json({ ok: true })
        : HttpResponse.json({ code: "not_signed_in" }, { status: 401 }),
    ),
  );
  return renewed;
}

const ask = () => answered(api.GET("/api/jobs/counts"));

test("many requests with a token that ended are sent again after one renewal", async () => {
  const renewed = serve();
  const answers = await Promise.all(Array.from({ length: 12 }, ask));
  expect(answers).toHaveLength(12);
  expect(renewed).toHaveBeenCalledTimes(1);
});

test("a session that was ended elsewhere ends here, and in the other tabs", async () => {
  serve({ isOver: true });
  await expect(ask()).rejects.toMatchObject({ status: 401 });
  expect(currentSession()).toEqual({ state: "signed-out", reason: "ended" });
  await vi.waitFor(() => expect(heard).toEqual([{ about: "signed-out", reason: "ended" }]));
});

test("a tab follows when another signs out", async () => {
  otherTab.postMessage({ about: "signed-out", reason: "none" });
  await vi.waitFor(() => expect(currentSession()).toEqual({ state: "signed-out", reason: "elsewhere" }));
  expect(await accessToken()).toBeNull();
});

test("a tab follows when another signs in", async () => {
  endSession("none");
  serve();
  otherTab.postMessage({ about: "signed-in" });
  await vi.waitFor(() => expect(currentSession().state).toBe("signed-in"));
});

test("a server that is away does not sign anybody out", async () => {
  server.use(http.post("*/api/auth/refresh", () => HttpResponse.error()));
  await restoreSession();
  expect(currentSession().state).toBe("signed-in");
});
