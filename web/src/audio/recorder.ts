/** Why there can be no recording: refused by the person or the browser, no microphone, or a page without https. */
export type NoRecording = "refused" | "no-microphone" | "insecure" | "unsupported";

export class RecordingFailed extends Error {
  constructor(readonly reason: NoRecording) {
    super(`There can be no recording: ${reason}.`);
    this.name = "RecordingFailed";
  }
}

/** What browsers record in, the best for voices first. */
const FORMATS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"] as const;
const ENDINGS: Record<string, string> = { "audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a" };
/** A voice is copied from what it sounds like: nothing may be smoothed. */
const AS_IT_SOUNDS = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const BITS_PER_SECOND = 160_000;

/** One recording of the microphone, from its start to its end. */
export class Recorder {
  private readonly parts: Blob[] = [];
  private readonly startedAt = performance.now();

  private constructor(
    private readonly stream: MediaStream,
    private readonly recorder: MediaRecorder,
    private readonly listening: Listening,
  ) {
    recorder.addEventListener("dataavailable", ({ data }) => this.parts.push(data));
    recorder.start(1_000);
  }

  /** Asks for the microphone and begins. Raises RecordingFailed. */
  static async start(): Promise<Recorder> {
    const stream = await openMicrophone();
    const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
    const recorder = new MediaRecorder(stream, {
      audioBitsPerSecond: BITS_PER_SECOND,
      ...(mimeType !== undefined && { mimeType }),
    });
    return new Recorder(stream, recorder, new Listening(stream));
  }

  get seconds(): number {
    return (performance.now() - this.startedAt) / 1000;
  }

  /** How loud it is at this moment, 0..1: 1 is as loud as can be recorded. */
  level(): number {
    return this.listening.level();
  }

  /** Ends it. The file is named without its ending's dot, as in "webm". */
  async stop(): Promise<{ bytes: Blob; ending: string }> {
    const ended = new Promise((resolve) => this.recorder.addEventListener("stop", resolve, { once: true }));
    this.recorder.stop();
    await ended;
    this.release();
    const type = this.recorder.mimeType.split(";")[0] ?? "";
    return { bytes: new Blob(this.parts, { type }), ending: ENDINGS[type] ?? "webm" };
  }

  /** Ends it without a file. */
  discard(): void {
    if (this.recorder.state !== "inactive") this.recorder.stop();
    this.release();
  }

  private release(): void {
    for (const track of this.stream.getTracks()) track.stop();
    this.listening.close();
  }
}

/** Measures what the microphone hears. */
class Listening {
  private readonly context = new AudioContext();
  private readonly analyser = this.context.createAnalyser();
  private readonly samples: Float32Array<ArrayBuffer>;

  constructor(stream: MediaStream) {
    this.analyser.fftSize = 2048;
    this.samples = new Float32Array(this.analyser.fftSize);
    this.context.createMediaStreamSource(stream).connect(this.analyser);
  }

  level(): number {
    this.analyser.getFloatTimeDomainData(this.samples);
    return Math.min(
      1,
      this.samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0),
    );
  }

  close(): void {
    if (this.context.state !== "closed") void this.context.close();
  }
}

async function openMicrophone(): Promise<MediaStream> {
  if (!globalThis.isSecureContext) throw new RecordingFailed("insecure");
  const { mediaDevices } = navigator as Partial<Navigator>;
  if (mediaDevices === undefined || typeof MediaRecorder === "undefined") throw new RecordingFailed("unsupported");
  try {
    return await mediaDevices.getUserMedia({ audio: AS_IT_SOUNDS });
  } catch (failure) {
    const isRefused = failure instanceof DOMException && ["NotAllowedError", "SecurityError"].includes(failure.name);
    throw new RecordingFailed(isRefused ? "refused" : "no-microphone");
  }
}
