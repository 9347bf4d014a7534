import { memo, useState } from "react";
import { useTranslation } from "react-i18next";

import { SelectField, TextField } from "@/components/ui/Field";
import { formatNumber } from "@/lib/format";

import type { Engine, Voice } from "../model/queries";
import { found, groupsOf, keyOf, primaryOf } from "../model/voices";
import { VoiceList } from "./VoiceList";

interface VoicePickerProps {
  voices: readonly Voice[];
  engines: readonly Engine[];
  engine: string;
  voice: string;
  onChoose: (engine: string, voice: string) => void;
}

const ALL = "";

/** The voices that are here, by language and by search. Does not follow what is typed in other steps. */
export const VoicePicker = memo(function VoicePicker({ voices, engines, engine, voice, onChoose }: VoicePickerProps) {
  const { t, i18n } = useTranslation("create");
  const chosen = voices.find((known) => known.name === voice && (engine === "auto" || known.engine === engine));
  const [language, setLanguage] = useState(() => firstLanguage(voices, chosen, i18n.language));
  const [search, setSearch] = useState("");
  const groups = groupsOf(voices, i18n.language);
  const shown = groupsOf(found(voices, engines, search), i18n.language).filter(
    (group) => language === ALL || group.language === language,
  );
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField label={t("voiceLanguage")} value={language} onChange={(event) => setLanguage(event.target.value)}>
          <option value={ALL}>{t("voiceAllLanguages", { number: formatNumber(voices.length) })}</option>
          {groups.map((group) => (
            <option key={group.language} value={group.language}>
              {`${group.name} (${formatNumber(group.voices.length)})`}
            </option>
          ))}
        </SelectField>
        <TextField
          type="search"
          label={t("voiceSearch")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <VoiceList
        groups={shown}
        engines={engines}
        best={engines.find(({ kind }) => kind === voices[0]?.engine)}
        chosen={voice === "default" ? null : keyOf(chosen ?? { engine, name: voice })}
        onChoose={onChoose}
        onShowAll={() => {
          setLanguage(ALL);
          setSearch("");
        }}
      />
      {voice !== "default" && (
        <p className="text-small text-ink-soft break-words">
          {t("voiceChosen", { name: chosen?.title ?? t("voiceGone", { name: voice }) })}
        </p>
      )}
    </>
  );
});

/** That of the chosen voice, or of the page, if there are voices for it. */
function firstLanguage(voices: readonly Voice[], chosen: Voice | undefined, pageLanguage: string): string {
  const wanted = primaryOf(chosen?.language ?? pageLanguage);
  return voices.some((voice) => primaryOf(voice.language) === wanted) ? wanted : ALL;
}
