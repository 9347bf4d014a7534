import { FileText } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";

import { useTextFile } from "./use-text-file";

export function OpenTextFile({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation("create");
  const chooser = useRef<HTMLInputElement>(null);
  const file = useTextFile(onText);
  return (
    <span className="flex items-center gap-2">
      {file.refusal !== null && (
        <span role="alert" className="text-small text-failed-ink break-words">
          {file.refusal}
        </span>
      )}
      <input
        ref={chooser}
        type="file"
        accept=".txt,.md,text/plain,text/markdown"
        className="hidden"
        aria-label={t("scriptOpen")}
        tabIndex={-1}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen !== undefined) void file.read(chosen);
          event.target.value = "";
        }}
      />
      <Button
        size="small"
        look="quiet"
        icon={<FileText aria-hidden className="size-4" />}
        onClick={() => chooser.current?.click()}
      >
        {t("scriptOpen")}
      </Button>
    </span>
  );
}
