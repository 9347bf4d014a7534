import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/Button";

/** A text to be taken elsewhere: a link, a key, a command. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  }
  return (
    <div className="flex items-center gap-1 rounded-small border border-line bg-well pl-3">
      <input
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.target.select()}
        className="figures min-h-10 min-w-0 grow bg-transparent outline-none"
      />
      <IconButton label={isCopied ? t("copied") : t("copy")} onClick={() => void copy()}>
        {isCopied ? <Check aria-hidden className="size-4 text-done-ink" /> : <Copy aria-hidden className="size-4" />}
      </IconButton>
    </div>
  );
}
