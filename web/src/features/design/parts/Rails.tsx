import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Lamp } from "@/components/ui/Lamp";
import { Rail, type RailSegment, type Tone } from "@/components/ui/Rail";

import { Part, Shown } from "./Part";

const TONES: readonly Tone[] = ["idle", "active", "done", "waiting", "failed", "paused", "skipped"];

export function Rails() {
  const { t } = useTranslation("design");
  const [selected, select] = useState("face");
  const words = useToneWords();
  const segments = useSegments(words);
  return (
    <Part title={t("rails")} lead={t("railsLead")}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 rounded-panel border border-line bg-panel p-5">
        <Shown name={`Rail size="large": ${t("railLarge")}`}>
          <Rail
            name={t("railOf")}
            percent={52}
            segments={segments}
            size="large"
            selected={selected}
            onSelect={select}
          />
        </Shown>
        <Shown name={`Rail size="small": ${t("railSmall")}`}>
          <Rail name={t("railOf")} percent={52} segments={segments} />
        </Shown>
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
          {TONES.map((tone) => (
            <Shown key={tone} name={`tone="${tone}"`}>
              <Lamp tone={tone}>{words[tone]}</Lamp>
              <Rail
                name={words[tone]}
                percent={60}
                segments={[{ key: tone, label: words[tone], weight: 1, fraction: 0.6, tone, spoken: words[tone] }]}
              />
            </Shown>
          ))}
        </div>
      </div>
    </Part>
  );
}

function useToneWords(): Record<Tone, string> {
  const { t } = useTranslation("design");
  return {
    idle: t("toneIdle"),
    active: t("toneActive"),
    done: t("toneDone"),
    waiting: t("toneWaiting"),
    failed: t("toneFailed"),
    paused: t("tonePaused"),
    skipped: t("toneSkipped"),
  };
}

function useSegments(words: Record<Tone, string>): RailSegment[] {
  const { t } = useTranslation("design");
  const ticks = [1, 1, 0.6, 0.3, 0, 0].map((fraction, index) => ({
    key: String(index),
    tone: fraction === 1 ? ("done" as const) : fraction > 0 ? ("active" as const) : ("idle" as const),
    fraction,
    label: t("item", { number: index + 1 }),
  }));
  return [
    { key: "script", label: t("stageScript"), weight: 10, fraction: 1, tone: "done", spoken: words.done },
    { key: "voice", label: t("stageVoice"), weight: 30, fraction: 1, tone: "done", spoken: words.done },
    { key: "face", label: t("stageFace"), weight: 40, fraction: 0.45, tone: "active", spoken: words.active, ticks },
    { key: "film", label: t("stageFilm"), weight: 20, fraction: 0, tone: "idle", spoken: words.idle },
  ];
}
