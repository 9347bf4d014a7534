import { LayoutGrid, List, X } from "lucide-react";
import { useTranslation } from "react-i18next";

import { CONTROL } from "@/components/ui/Field";
import { classes } from "@/lib/classes";

import { kindWord } from "../components/describe";
import { ASSET_KINDS, type AssetKind } from "../model/asset";
import { type ChangeView, type Layout, LAYOUTS, type LibraryView, SORTS } from "../model/view";

const SORT_WORDS = {
  "-created": "sortNewest",
  created: "sortOldest",
  name: "sortName",
  "-name": "sortNameDown",
  "-size": "sortLargest",
  size: "sortSmallest",
} as const;

/** What is shown and how: search, kinds, tags, order, cards or rows. */
export function Toolbar({
  view,
  onChange,
  tags,
}: {
  view: LibraryView;
  onChange: ChangeView;
  tags: readonly string[];
}) {
  const { t } = useTranslation("assets");
  return (
    <div role="search" aria-label={t("toolbar")} className="mb-5 grid gap-3">
      <div className="flex flex-wrap gap-2">
        <input
          type="search"
          aria-label={t("searchNames")}
          placeholder={t("searchNames")}
          value={view.text}
          maxLength={200}
          onChange={(event) => onChange({ text: event.target.value })}
          className={classes(CONTROL, "min-h-10 min-w-full flex-1 sm:min-w-40")}
        />
        <select
          aria-label={t("sort")}
          value={view.sort}
          onChange={(event) => onChange({ sort: SORTS.find((sort) => sort === event.target.value) ?? "-created" })}
          className={classes(CONTROL, "min-h-10 flex-1 sm:max-w-44 sm:flex-none")}
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {t(SORT_WORDS[sort])}
            </option>
          ))}
        </select>
        <Layouts layout={view.layout} onChange={onChange} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Kinds chosen={view.kind} onChange={onChange} />
        <Tags chosen={view.tag} known={tags} onChange={onChange} />
      </div>
    </div>
  );
}

function Layouts({ layout, onChange }: { layout: Layout; onChange: ChangeView }) {
  const { t } = useTranslation("assets");
  return (
    <div className="flex rounded-small bg-well p-1 ring-1 ring-line ring-inset">
      {LAYOUTS.map((each) => {
        const [Sign, word] = each === "grid" ? [LayoutGrid, t("asGrid")] : [List, t("asList")];
        return (
          <button
            key={each}
            type="button"
            aria-label={word}
            title={word}
            aria-pressed={each === layout}
            onClick={() => onChange({ layout: each })}
            className={classes(
              "grid size-8 place-items-center rounded-hair",
              each === layout ? "bg-raised text-ink ring-1 ring-line" : "text-ink-soft hover:text-ink",
            )}
          >
            <Sign aria-hidden className="size-4" />
          </button>
        );
      })}
    </div>
  );
}

function Kinds({ chosen, onChange }: { chosen: readonly AssetKind[]; onChange: ChangeView }) {
  const { t } = useTranslation("assets");
  return (
    <div role="group" aria-label={t("kinds")} className="flex flex-wrap gap-1.5">
      {ASSET_KINDS.map((kind) => {
        const isOn = chosen.includes(kind);
        const next = isOn ? chosen.filter((each) => each !== kind) : [...chosen, kind];
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={isOn}
            onClick={() => onChange({ kind: next })}
            className={classes(
              "min-h-8 rounded-small border px-3 text-small font-medium",
              isOn
                ? "border-signal-strong bg-signal/15 text-ink"
                : "border-line text-ink-soft hover:border-line-strong hover:text-ink",
            )}
          >
            {kindWord(t, kind)}
          </button>
        );
      })}
    </div>
  );
}

/** The tags that are asked for, and those of the files in view to ask for. */
function Tags({
  chosen,
  known,
  onChange,
}: {
  chosen: readonly string[];
  known: readonly string[];
  onChange: ChangeView;
}) {
  const { t } = useTranslation("assets");
  const others = known.filter((tag) => !chosen.includes(tag));
  if (chosen.length === 0 && others.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {chosen.map((tag) => (
        <button
          key={tag}
          type="button"
          aria-label={t("dropTag", { tag })}
          onClick={() => onChange({ tag: chosen.filter((each) => each !== tag) })}
          className="inline-flex min-h-8 max-w-full items-center gap-1.5 rounded-full border border-signal-strong bg-signal/15 px-3 text-small"
        >
          <span dir="auto" className="truncate">
            {tag}
          </span>
          <X aria-hidden className="size-3.5 shrink-0" />
        </button>
      ))}
      {others.length > 0 && (
        <select
          aria-label={t("filterByTag")}
          value=""
          onChange={(event) => onChange({ tag: [...chosen, event.target.value] })}
          className={classes(CONTROL, "min-h-8 w-auto max-w-48 text-small")}
        >
          <option value="">{t("filterByTag")}</option>
          {others.map((tag) => (
            <option key={tag} value={tag}>
              {tag}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
