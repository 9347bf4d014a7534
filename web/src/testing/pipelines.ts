import type { components } from "@/generated/schema";

type Pipeline = components["schemas"]["PipelineOut"];
type Engine = components["schemas"]["EngineOut"];

const FILE = { type: "string", format: "soundstage-file", pattern: "^(sha256:[0-9a-f]{64}|asset:asset_[0-9a-z]{26})$" };
const VOICE = { type: "string", default: "default", minLength: 1, maxLength: 100, title: "Voice" };
const ENGINE = { type: "string", default: "auto", minLength: 1, maxLength: 60 };
const RATE = { type: "number", default: 1, minimum: 0.25, maximum: 4, title: "Rate" };
const SIDE = { type: "integer", default: 512, minimum: 256, maximum: 1920, multipleOf: 2 };

export function makePipeline(change: Partial<Pipeline> = {}): Pipeline {
  return {
    kind: "text_to_speech",
    title: "Text to speech",
    description: "Speaks a text.",
    version: 1,
    stages: [
      { key: "GENERATION", label: "Speaking", weight: 80, kind: "automatic", queue: "cpu", has_items: false },
      { key: "UPLOADING", label: "Saving", weight: 20, kind: "automatic", queue: "io", has_items: false },
    ],
    params: {
      type: "object",
      additionalProperties: false,
      required: ["text"],
      properties: {
        text: { type: "string", minLength: 1, maxLength: 50_000, title: "Text" },
        voice: VOICE,
        engine: ENGINE,
        rate: RATE,
        format: { type: "string", enum: ["wav", "mp3"], default: "wav", title: "Format" },
      },
    },
    ...change,
  };
}

export function makeFullPipeline(): Pipeline {
  return makePipeline({
    kind: "full_pipeline",
    title: "Script to video",
    description: "Speaks a script and animates a portrait to it.",
    params: {
      type: "object",
      additionalProperties: false,
      required: ["portrait", "script"],
      properties: {
        portrait: { ...FILE, accept: ["image"], title: "Portrait" },
        script: { type: "string", minLength: 1, maxLength: 50_000, title: "Script" },
        voice: VOICE,
        rate: RATE,
        speech_engine: ENGINE,
        avatar_engine: ENGINE,
        width: SIDE,
        height: SIDE,
        fps: { type: "integer", default: 25, minimum: 10, maximum: 60, title: "Fps" },
        subtitles: { type: "string", enum: ["vtt", "burnt", "none"], default: "vtt", title: "Subtitles" },
      },
    },
  });
}

export function makeEngine(change: Partial<Engine> = {}): Engine {
  return {
    kind: "flite",
    capability: "speech",
    title: "Flite (English)",
    quality: "draft",
    licence: "MIT-like",
    queue: "cpu",
    languages: ["en"],
    note: "Clear English without a model.",
    ready: true,
    reason: "",
    remedy: "",
    ...change,
  };
}
