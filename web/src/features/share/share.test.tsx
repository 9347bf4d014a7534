import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { show } from "@/testing/render";
import { server } from "@/testing/server";

import type { Shared, SharedFile } from "./model/shared";
import { SharedPage } from "./SharedPage";

function makeFile(name: string, media_type: string, role: SharedFile["role"]): SharedFile {
  return { name, media_type, role, size_bytes: 1_500_000, url: `/files/${name}`, download_url: `/keep/${name}` };
}

function makeShared(change: Partial<Shared> = {}): Shared {
  return {
    description: "Spring term",
    pipeline: "full_pipeline",
    pipeline_title: "Script to video",
    made_at: "2026-05-01T10:00:00Z",
    expires_at: "2026-06-01T10:00:00Z",
    links_expire_at: "2026-05-01T10:15:00Z",
    files: [
      makeFile("speech.wav", "audio/wav", "result"),
      makeFile("video.mp4", "video/mp4", "result"),
      makeFile("subtitles.vtt", "text/vtt", "subtitles"),
      makeFile("thumbnail.jpg", "image/jpeg", "thumbnail"),
    ],
    ...change,
  };
}

function open(answer: () => Response) {
  server.use(http.get("*/api/shared/shr_1.seal", answer));
  return show(<SharedPage />, { path: "/s/:token", at: "/s/shr_1.seal" });
}

test("a shared film is shown large, with subtitles, its picture and files to keep", async () => {
  open(() => HttpResponse.json(makeShared()));
  expect(await screen.findByRole("heading", { level: 1, name: "Spring term" })).toBeInTheDocument();
  const film = screen.getByLabelText("Spring term");
  expect(film).toHaveAttribute("src", "/files/video.mp4");
  expect(film).toHaveAttribute("poster", "/files/thumbnail.jpg");
  expect(film.querySelector("track")).toHaveAttribute("src", "/files/subtitles.vtt");
  expect(document.querySelector("audio")).toBeNull();
  expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([
    "/keep/speech.wav",
    "/keep/video.mp4",
    "/keep/subtitles.vtt",
  ]);
  expect(document.title).toBe("Spring term · Soundstage");
});

test("nobody who looks at a shared result is asked who they are, nor found by search engines", async () => {
  const tokens: (string | null)[] = [];
  server.use(
    http.get("*/api/shared/shr_1.seal", ({ request }) => {
      tokens.push(request.headers.get("authorization"));
      return HttpResponse.json(makeShared());
    }),
  );
  show(<SharedPage />, { path: "/s/:token", at: "/s/shr_1.seal" });
  await screen.findByRole("heading", { level: 1 });
  expect(tokens).toEqual([null]);
  expect(document.querySelector("meta[name=robots]")).toHaveAttribute("content", "noindex, nofollow");
});

test("a result without a name has that of what it is, and sounds and pictures are shown, too", async () => {
  const files = [makeFile("song.mp3", "audio/mpeg", "result"), makeFile("cover.png", "image/png", "result")];
  open(() => HttpResponse.json(makeShared({ description: "", pipeline_title: "Song", files })));
  expect(await screen.findByRole("heading", { level: 1, name: "Song" })).toBeInTheDocument();
  expect(screen.getByRole("img", { name: "Song" })).toHaveAttribute("src", "/files/cover.png");
  expect(document.querySelector("audio")).toHaveAttribute("src", "/files/song.mp3");
});

test("files that cannot be shown can be kept", async () => {
  open(() => HttpResponse.json(makeShared({ files: [makeFile("words.json", "application/json", "data")] })));
  expect(await screen.findByText(/cannot be shown here/)).toBeInTheDocument();
  expect(screen.getByRole("link", { name: /words\.json/ })).toHaveAttribute("href", "/keep/words.json");
});

test.each([
  [404, "This link leads nowhere."],
  [409, "The result is being made again."],
  [410, "This link is over."],
])("an answer of %i is said clearly", async (status, words) => {
  open(() => HttpResponse.json({ code: "x", detail: "x" }, { status }));
  expect(await screen.findByRole("heading", { level: 1, name: words })).toBeInTheDocument();
});

test("where the server is away it can be asked again", async () => {
  const { person } = open(() => HttpResponse.error());
  expect(await screen.findByText("Soundstage does not answer.")).toBeInTheDocument();
  server.use(http.get("*/api/shared/shr_1.seal", () => HttpResponse.json(makeShared())));
  await person.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Spring term" })).toBeInTheDocument();
});
