import { type SubmitEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { useWords } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { TextField } from "@/components/ui/Field";

import type { Asset } from "../model/asset";
import { useChangeAsset } from "../model/changes";

const LONGEST_NAME = 255;

/** The name, to be changed where it stands: Enter keeps it, Escape takes it back. */
export function NameField({ asset }: { asset: Asset }) {
  const { t } = useTranslation("assets");
  const [draft, setDraft] = useState<string | null>(null);
  const rename = useChangeAsset(asset);
  const error = useWords(rename.error ?? new Error());
  const wanted = draft?.trim() ?? "";
  const isChanged = wanted !== "" && wanted !== asset.name;
  function keep(event: SubmitEvent) {
    event.preventDefault();
    if (isChanged) rename.mutate({ name: wanted }, { onSuccess: () => setDraft(null) });
  }
  return (
    <form onSubmit={keep} className="flex items-end gap-2">
      <div className="min-w-0 grow">
        <TextField
          label={t("name")}
          dir="auto"
          value={draft ?? asset.name}
          maxLength={LONGEST_NAME}
          error={rename.isError ? error.text : undefined}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || !isChanged) return;
            event.preventDefault(); // or the whole panel closes
            setDraft(null);
          }}
        />
      </div>
      <Button type="submit" disabled={!isChanged} isBusy={rename.isPending}>
        {t("rename")}
      </Button>
    </form>
  );
}
