import { X } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { useWords } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { TextField } from "@/components/ui/Field";

import type { Asset } from "../model/asset";
import { useChangeAsset } from "../model/changes";

const LONGEST_TAG = 50;

/** The tags: each leads to all that have it; added by name, several by commas. */
export function TagsField({ asset, onTag }: { asset: Asset; onTag: (tag: string) => void }) {
  const { t } = useTranslation("assets");
  const [text, setText] = useState("");
  const change = useChangeAsset(asset);
  const error = useWords(change.error ?? new Error());
  function add(event: SubmitEvent) {
    event.preventDefault();
    const added = text.split(",").map((tag) => tag.trim());
    const tags = [...new Set([...asset.tags, ...added])].filter((tag) => tag !== "");
    if (tags.length > asset.tags.length) change.mutate({ tags });
    setText("");
  }
  return (
    <div className="grid gap-2">
      {asset.tags.length > 0 && (
        <ul aria-label={t("tags")} className="flex flex-wrap gap-1.5">
          {asset.tags.map((tag) => (
            <li key={tag} className="flex max-w-full items-center rounded-full border border-line bg-raised pl-3">
              <button type="button" dir="auto" className="min-h-8 truncate text-small" onClick={() => onTag(tag)}>
                {tag}
              </button>
              <button
                type="button"
                aria-label={t("removeTag", { tag })}
                className="grid size-8 shrink-0 place-items-center rounded-full text-ink-soft hover:text-ink"
                onClick={() => change.mutate({ tags: asset.tags.filter((each) => each !== tag) })}
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add} className="flex items-end gap-2">
        <div className="min-w-0 grow">
          <TextField
            label={t("addTags")}
            dir="auto"
            value={text}
            maxLength={LONGEST_TAG * 4}
            placeholder={t("addTagsExample")}
            error={change.isError ? error.text : undefined}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <Button type="submit" disabled={text.trim() === ""}>
          {t("add")}
        </Button>
      </form>
    </div>
  );
}
