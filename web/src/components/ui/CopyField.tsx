import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/Button";

/** A text to be taken elsewhere: a link, a key, a command. Where the browser does not let us copy, it is selected. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<"none" | "copied" | "selected">("none");
  async function copy() {
    field.current?.select();
    const isCopied = await writeToClipboard(value);
    setOutcome(isCopied ? "copied" : "selected");
  }
  return (
    <div>
      <div className="flex items-center gap-1 rounded-small border border-line bg-well pl-3 focus-within:border-line-strong">
        <input
          ref={field}
          readOnly
          aria-label={label}
          value={value}
          onFocus={(event) => event.target.select()}
          className="figures min-h-10 min-w-0 grow bg-transparent outline-none"
        />
        <IconButton label={outcome === "copied" ? t("copied") : t("copy")} onClick={() => void copy()}>
          {outcome === "copied" ? (
            <Check aria-hidden className="size-4 text-done-ink" />
          ) : (
            <Copy aria-hidden className="size-4" />
          )}
        </IconButton>
      </div>
      <p role="status" className={outcome === "selected" ? "mt-1 text-small text-ink-soft" : "sr-only"}>
        {outcome === "copied" && t("copied")}
        {outcome === "selected" && t("copyByHand")}
      </p>
    </div>
  );
}

/** A page that came over plain HTTP from another machine has no clipboard. */
async function writeToClipboard(text: string): Promise<boolean> {
  const { clipboard } = navigator as Partial<Navigator>;
  try {
    await clipboard?.writeText(text);
    return clipboard !== undefined;
  } catch {
    return false;
  }
}
