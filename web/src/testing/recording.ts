import { vi } from "vitest";

/** A microphone and what records it, with a clock that the test moves. Gives how to move it. */
export function makeMicrophone({ refusal }: { refusal?: DOMException } = {}) {
  let now = 0;
  const track = { stop: vi.fn() };
  const getUserMedia = () =>
    refusal === undefined ? Promise.resolve({ getTracks: () => [track] }) : Promise.reject(refusal);
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("MediaRecorder", FakeMediaRecorder);
  vi.stubGlobal("AudioContext", FakeAudioContext);
  vi.spyOn(performance, "now").mockImplementation(() => now);
  Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: { getUserMedia } });
  return { track, pass: (seconds: number) => (now += seconds * 1000) };
}

class FakeMediaRecorder extends EventTarget {
  static readonly isTypeSupported = (type: string) => type.startsWith("audio/webm");
  readonly mimeType = "audio/webm;codecs=opus";
  state = "inactive";

  start(): void {
    this.state = "recording";
  }

  stop(): void {
    this.state = "inactive";
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob(["sound"]) }));
    this.dispatchEvent(new Event("stop"));
  }
}

class FakeAudioContext {
  readonly state = "running";
  readonly createAnalyser = () => ({
    fftSize: 0,
    getFloatTimeDomainData: (samples: Float32Array) => samples.fill(0.5),
  });
  readonly createMediaStreamSource = () => ({ connect: () => undefined });
  readonly close = () => Promise.resolve();
}
