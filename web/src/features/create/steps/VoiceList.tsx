import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";

import { useHearing } from "../model/hearing";
import type { Engine, Voice } from "../model/queries";
import { keyOf, type VoiceGroup } from "../model/voices";
import { Quality } from "./Quality";
import { VoiceRow } from "./VoiceRow";

interface VoiceListProps {
  groups: readonly VoiceGroup[];
  engines: readonly Engine[];
  /** What the automatic choice means. */
  best: Engine | undefined;
  /** `engine/name`; null for the automatic choice. */
  chosen: string | null;
  onChoose: (engine: string, voice: string) => void;
  onShowAll: () => void;
}

const AUTOMATIC = { engine: "auto", name: "default" };

/** Voices below their languages, as one group of radio buttons. */
export function VoiceList({ groups, engines, best, chosen, onChoose, onShowAll }: VoiceListProps) {
  const { t } = useTranslation("create");
  const group = useId();
  const [failure, setFailure] = useState<Error | null>(null);
  const { hearing, play, stop } = useHearing();

  function rowOf(voice: { engine: string; name: string }, title: string, isChosen: boolean) {
    const isMine = hearing.state !== "silent" && hearing.key === keyOf(voice);
    return {
      group,
      title,
      isChosen,
      hearing: isMine ? hearing.state : ("silent" as const),
      onChoose: () => onChoose(voice.engine, voice.name),
      onPlay: () => {
        setFailure(null);
        play(voice.engine, voice.name).catch((reason: unknown) => setFailure(asError(reason)));
      },
      onStop: stop,
    };
  }

  return (
    <>
      <fieldset className="max-h-80 overflow-y-auto rounded-small border border-line bg-raised">
        <legend className="sr-only">{t("voiceList")}</legend>
        <VoiceRow
          {...rowOf(AUTOMATIC, t("voiceAutomatic"), chosen === null)}
          hearing={null}
          detail={
            <span className="text-small text-ink-faint">
              {best === undefined ? t("voiceAutomaticNone") : t("voiceAutomaticHint", { engine: best.title })}
            </span>
          }
        />
        {groups.map(({ language, name, voices }) => (
          <div key={language} role="group" aria-label={name}>
            <p className="strip sticky top-0 border-y border-line bg-panel px-3 py-1">{name}</p>
            {voices.map((voice) => (
              <VoiceRow
                key={keyOf(voice)}
                {...rowOf(voice, voice.title, keyOf(voice) === chosen)}
                detail={<MadeBy voice={voice} engines={engines} />}
              />
            ))}
          </div>
        ))}
        {groups.length === 0 && (
          <p className="flex flex-wrap items-center gap-3 border-t border-line px-3 py-3 text-small text-ink-soft">
            {t("voiceNone")}
            <Button size="small" onClick={onShowAll}>
              {t("voiceShowAll")}
            </Button>
          </p>
        )}
      </fieldset>
      <p className="text-small text-ink-faint pointer-coarse:hidden">{t("voiceHearHint")}</p>
      {failure !== null && <Failure failure={failure} />}
    </>
  );
}

function MadeBy({ voice, engines }: { voice: Voice; engines: readonly Engine[] }) {
  const engine = engines.find(({ kind }) => kind === voice.engine);
  return (
    <span className="flex items-center gap-2 text-small text-ink-faint">
      <span title={engine?.licence}>{engine?.title ?? voice.engine}</span>
      {engine !== undefined && <Quality quality={engine.quality} />}
    </span>
  );
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
