import type { AssetKind } from "../model/asset";

/** What is recorded: a sample of a voice is short and read out, a sound is what somebody has to say. */
export const RECORDINGS = {
  voice_sample: {
    title: "recordTitle",
    lead: "recordLead",
    leastSeconds: 10,
    mostSeconds: 60,
    hasPassage: true,
  },
  audio: {
    title: "recordSoundTitle",
    lead: "recordSoundLead",
    leastSeconds: 1,
    mostSeconds: 600,
    hasPassage: false,
  },
} as const;

export type RecordingKind = keyof typeof RECORDINGS;

export function isRecorded(kind: AssetKind): kind is RecordingKind {
  return kind in RECORDINGS;
}
