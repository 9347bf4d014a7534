import { useState } from "react";
import { useTranslation } from "react-i18next";

import { formatBytes } from "@/lib/format";

import { isTextFile, LARGEST_FILE_BYTES, readTextFile } from "../model/script";

/** Reads a text file of this machine, or says why it is none. */
export function useTextFile(onText: (text: string) => void) {
  const { t } = useTranslation("create");
  const [refusal, setRefusal] = useState<string | null>(null);
  async function read(file: File): Promise<void> {
    if (file.size > LARGEST_FILE_BYTES) {
      setRefusal(t("scriptTooLarge", { name: file.name, limit: formatBytes(LARGEST_FILE_BYTES) }));
      return;
    }
    const text = isTextFile(file) ? await readTextFile(file) : null;
    setRefusal(text === null ? t("scriptNotText", { name: file.name }) : null);
    if (text !== null) onText(text);
  }
  return { refusal, read };
}
