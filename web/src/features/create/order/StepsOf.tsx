import { type ComponentType, lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { Loading } from "@/components/ui/Empty";

import type { AssetFieldProps } from "../asset-field";
import { namesOf } from "../model/schema";
import type { OrderForm } from "../model/use-order-form";
import { FormatStep } from "../steps/FormatStep";
import { LookStep } from "../steps/LookStep";
import { MoreSettings } from "../steps/MoreSettings";
import { PortraitStep } from "../steps/PortraitStep";
import { RecordingStep } from "../steps/RecordingStep";
import { ScriptStep } from "../steps/ScriptStep";
import { Step } from "../steps/Step";
import { VoiceStep } from "../steps/VoiceStep";

const SchemaFields = lazy(async () => ({ default: (await import("../schema-form/SchemaFields")).SchemaFields }));

export interface StepsProps {
  form: OrderForm;
  AssetField: ComponentType<AssetFieldProps>;
}

/** The steps of a product that has a page of its own, or those that its schema gives. */
export function StepsOf({ form, AssetField }: StepsProps) {
  const { t } = useTranslation(["create", "common"]);
  switch (form.pipeline.kind) {
    case "full_pipeline":
      return <FullPipelineSteps form={form} AssetField={AssetField} />;
    case "talking_head":
      return <TalkingHeadSteps form={form} AssetField={AssetField} />;
    case "text_to_speech":
      return <TextToSpeechSteps form={form} AssetField={AssetField} />;
    default:
      return (
        <Step title={t("settings")}>
          <Suspense fallback={<Loading label={t("common:loading")} />}>
            <SchemaFields form={form} names={namesOf(form.schema)} AssetField={AssetField} />
          </Suspense>
        </Step>
      );
  }
}

function FullPipelineSteps({ form, AssetField }: StepsProps) {
  const own = [
    "portrait",
    "script",
    "voice",
    "speech_engine",
    "rate",
    "avatar_engine",
    "width",
    "height",
    "fps",
    "subtitles",
  ];
  return (
    <>
      <PortraitStep number={1} form={form} AssetField={AssetField} />
      <ScriptStep number={2} form={form} name="script" />
      <VoiceStep number={3} form={form} engineName="speech_engine" />
      <LookStep number={4} form={form} engineName="avatar_engine" />
      <MoreSettings form={form} shown={own} AssetField={AssetField} />
    </>
  );
}

function TalkingHeadSteps({ form, AssetField }: StepsProps) {
  const own = ["portrait", "audio", "engine", "width", "height", "fps"];
  return (
    <>
      <PortraitStep number={1} form={form} AssetField={AssetField} />
      <RecordingStep number={2} form={form} AssetField={AssetField} />
      <LookStep number={3} form={form} engineName="engine" />
      <MoreSettings form={form} shown={own} AssetField={AssetField} />
    </>
  );
}

function TextToSpeechSteps({ form, AssetField }: StepsProps) {
  const own = ["text", "voice", "engine", "rate", "format"];
  return (
    <>
      <ScriptStep number={1} form={form} name="text" />
      <VoiceStep number={2} form={form} engineName="engine" />
      <FormatStep number={3} form={form} />
      <MoreSettings form={form} shown={own} AssetField={AssetField} />
    </>
  );
}
