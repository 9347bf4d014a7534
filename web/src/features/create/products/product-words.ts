import type { TFunction } from "i18next";

import { FILE_FORMAT, type FieldSchema, fieldOf, paramsSchemaOf, type Pipeline } from "../model/schema";

export type CreateT = TFunction<"create">;

/** The name of a product and what it does, in the language of the page where we know it. */
export function productWords(t: CreateT, pipeline: Pipeline): { title: string; text: string } {
  switch (pipeline.kind) {
    case "full_pipeline":
      return { title: t("fullPipelineTitle"), text: t("fullPipelineText") };
    case "talking_head":
      return { title: t("talkingHeadTitle"), text: t("talkingHeadText") };
    case "text_to_speech":
      return { title: t("textToSpeechTitle"), text: t("textToSpeechText") };
    default:
      return { title: pipeline.title, text: pipeline.description };
  }
}

/** What somebody must bring, in words. */
export function needsOf(t: CreateT, pipeline: Pipeline): string[] {
  const schema = paramsSchemaOf(pipeline);
  const needs = (schema.required ?? []).map((name) => needOf(t, name, fieldOf(schema, name)));
  return needs.length === 0 ? [t("needNothing")] : [...new Set(needs)];
}

function needOf(t: CreateT, name: string, field: FieldSchema): string {
  if (field.format === FILE_FORMAT) return fileNeed(t, field.accept?.[0]);
  if (name === "script" || name === "text") return t("needScript");
  return (field.title ?? name).toLowerCase();
}

function fileNeed(t: CreateT, content: string | undefined): string {
  if (content === "image") return t("needImage");
  if (content === "audio") return t("needAudio");
  if (content === "video") return t("needVideo");
  if (content === "zip") return t("needZip");
  return t("needText");
}
