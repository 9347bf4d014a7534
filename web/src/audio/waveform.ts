import WaveSurfer from "wavesurfer.js";

/** Enough to see a form, and little to decode. */
const DECODED_RATE_HZ = 8_000;
const PEAKS = 1_200;

export interface WaveformLook {
  rest: string;
  played: string;
  /** For the style element that the drawing needs. */
  nonce: string;
}

/** The loudest sample of each of equal pieces of a sound, 0..1. Raises where it cannot be loaded or decoded. */
export async function loadPeaks(url: string, signal: AbortSignal): Promise<Float32Array> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`The sound answered with ${response.status}.`);
  const decoder = new OfflineAudioContext(1, 1, DECODED_RATE_HZ);
  const sound = await decoder.decodeAudioData(await response.arrayBuffer());
  return peaksOf(sound.getChannelData(0), PEAKS);
}

/** `count` peaks of the samples; fewer where there are fewer samples. */
export function peaksOf(samples: Float32Array, count: number): Float32Array {
  const peaks = new Float32Array(Math.min(count, samples.length));
  const step = samples.length / Math.max(1, peaks.length);
  for (let at = 0; at < peaks.length; at += 1) {
    const piece = samples.subarray(Math.floor(at * step), Math.floor((at + 1) * step));
    peaks[at] = piece.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
  }
  return peaks;
}

/** Draws a sound into a box, played as far as the media element is. Gives what removes it. */
export function drawWaveform(
  box: HTMLElement,
  media: HTMLMediaElement,
  peaks: Float32Array,
  { rest, played, nonce }: WaveformLook,
): () => void {
  const drawing = WaveSurfer.create({
    container: box,
    media,
    peaks: [peaks],
    duration: media.duration,
    height: "auto",
    waveColor: rest,
    progressColor: played,
    cursorColor: played,
    barWidth: 2,
    barGap: 1,
    normalize: true,
    interact: false,
    hideScrollbar: true,
    cspNonce: nonce,
  });
  return () => drawing.destroy();
}
