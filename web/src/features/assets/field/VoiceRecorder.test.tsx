import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { makeMicrophone } from "@/testing/recording";
import { show } from "@/testing/render";

import { VoiceRecorder } from "./VoiceRecorder";

const PATIENCE = { timeout: 10_000 };
const done = vi.fn<(file: File) => void>();
const close = vi.fn();
const open = () => show(<VoiceRecorder kind="voice_sample" onClose={close} onDone={done} />);

beforeEach(() => {
  done.mockReset();
  URL.createObjectURL = () => "blob:recording";
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => vi.unstubAllGlobals());

test("a recording of the right length is listened to, then used, and the microphone is let go", async () => {
  const { pass, track } = makeMicrophone();
  const { person } = open();
  await person.click(screen.getByRole("button", { name: "Start recording" }));
  expect(await screen.findByRole("meter", { name: "Level" })).toBeVisible();
  pass(12);
  expect(await screen.findByText(/Long enough/, undefined, PATIENCE)).toBeVisible();
  expect(screen.getByRole("meter")).toHaveAttribute("aria-valuetext", "Good");
  await person.click(screen.getByRole("button", { name: "Stop" }));
  expect(await screen.findByLabelText("Your recording")).toHaveAttribute("src", "blob:recording");
  await person.click(screen.getByRole("button", { name: "Use this recording" }));
  expect(done.mock.calls[0]?.[0]).toMatchObject({ name: "Recording.webm", type: "audio/webm" });
  expect(track.stop).toHaveBeenCalled();
});

test("a recording that is too short cannot be used, and says how long it has to be", async () => {
  const { pass } = makeMicrophone();
  const { person } = open();
  await person.click(screen.getByRole("button", { name: "Start recording" }));
  await screen.findByText("Speak for at least 10 seconds.");
  pass(4);
  await person.click(screen.getByRole("button", { name: "Stop" }));
  expect(await screen.findByText(/That was 0:04. A voice needs at least 10 seconds/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Use this recording" })).toBeDisabled();
  await person.click(screen.getByRole("button", { name: "Record again" }));
  expect(await screen.findByRole("button", { name: "Stop" })).toBeVisible();
});

test("a recording ends by itself after a minute", async () => {
  const { pass } = makeMicrophone();
  const { person } = open();
  await person.click(screen.getByRole("button", { name: "Start recording" }));
  await screen.findByRole("meter");
  pass(61);
  expect(await screen.findByRole("button", { name: "Use this recording" }, PATIENCE)).toBeEnabled();
});

test("closing the window in the middle lets the microphone go", async () => {
  const { track } = makeMicrophone();
  const { person, unmount } = open();
  await person.click(screen.getByRole("button", { name: "Start recording" }));
  await screen.findByRole("meter");
  unmount();
  expect(track.stop).toHaveBeenCalled();
});

test("a refused microphone is explained, with the way out", async () => {
  makeMicrophone({ refusal: new DOMException("no", "NotAllowedError") });
  const { person } = open();
  await person.click(screen.getByRole("button", { name: "Start recording" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(/Allow it in the settings of this site/);
});

test("a page without https says that this is why", async () => {
  makeMicrophone();
  vi.stubGlobal("isSecureContext", false);
  const { person } = open();
  await person.click(screen.getByRole("button", { name: "Start recording" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(/only for pages over https/);
});
