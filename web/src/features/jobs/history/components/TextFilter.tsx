import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { TextField } from "@/components/ui/Field";
import { useSettled } from "@/lib/scope";

import { MOST_TEXT_CHARACTERS } from "../model/filter";

/** So long nobody types until the list follows. */
const PAUSE_MS = 200;

/** Follows what is typed after a pause, and what the address says at once. */
export function TextFilter({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation("history");
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  const settled = useSettled(typed, PAUSE_MS);
  if (text !== seen) {
    setSeen(text);
    if (text !== settled) setTyped(text);
  }
  const tell = useEffectEvent(() => {
    if (settled !== text && settled === typed) onChange(settled);
  });
  useEffect(() => tell(), [settled]);
  return (
    <TextField
      type="search"
      label={t("search")}
      placeholder={t("searchHint")}
      value={typed}
      maxLength={MOST_TEXT_CHARACTERS}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
