import { type ClipboardEvent, type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { TextArea } from "@/components/ui/Field";
import { classes } from "@/lib/classes";

import { LONGEST_SHOWN_CHARACTERS } from "../model/script";
import { useTextFile } from "./use-text-file";

interface ScriptAreaProps {
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
}

export function ScriptArea({ text, error, onChange }: ScriptAreaProps) {
  const { t } = useTranslation("create");
  const [isOver, setOver] = useState(false);
  const open = useTextFile(onChange);
  function drop(event: DragEvent) {
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    void open.read(file);
  }
  return (
    <TextArea
      label={t("scriptLabel")}
      error={open.refusal ?? error}
      value={text}
      dir="auto"
      rows={10}
      spellCheck
      placeholder={t("scriptPlaceholder")}
      onChange={(event) => onChange(event.target.value)}
      onPaste={(event) => takeLongPaste(event, text, onChange)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classes("min-h-56 resize-y leading-6", isOver && "outline-2 outline-signal-strong outline-dashed")}
    />
  );
}

/** A very long text goes past the field: to lay it out would stop the page for seconds. */
function takeLongPaste(event: ClipboardEvent<HTMLTextAreaElement>, text: string, onChange: (text: string) => void) {
  const pasted = event.clipboardData.getData("text/plain");
  if (pasted.length + text.length <= LONGEST_SHOWN_CHARACTERS) return;
  event.preventDefault();
  const { selectionStart, selectionEnd } = event.currentTarget;
  onChange(text.slice(0, selectionStart) + pasted + text.slice(selectionEnd));
}
