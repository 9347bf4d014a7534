const NOTES = [
  { hertz: 659.25, at: 0 },
  { hertz: 880, at: 0.11 },
] as const;
const LOUDNESS = 0.12;
const NOTE_SECONDS = 0.45;

/** Two soft notes. A browser that nobody has touched yet stays silent. */
export async function playChime(): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    const ends = NOTES.map(({ hertz, at }) => playNote(context, hertz, context.currentTime + at));
    await Promise.all(ends);
  } finally {
    await context.close();
  }
}

function playNote(context: AudioContext, hertz: number, at: number): Promise<void> {
  const tone = new OscillatorNode(context, { frequency: hertz, type: "sine" });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_SECONDS);
  tone.connect(loudness).connect(context.destination);
  tone.start(at);
  tone.stop(at + NOTE_SECONDS);
  return new Promise((resolve) => tone.addEventListener("ended", () => resolve()));
}
