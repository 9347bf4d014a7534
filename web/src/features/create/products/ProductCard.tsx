import { useTranslation } from "react-i18next";

import { LinkButton } from "@/components/ui/Button";
import { paths } from "@/config/paths";

import type { Pipeline } from "../model/schema";
import { needsOf, productWords } from "./product-words";
import { StageWeights } from "./StageWeights";

/** A product: what it makes, from what, and through which stages. */
export function ProductCard({ pipeline }: { pipeline: Pipeline }) {
  const { t, i18n } = useTranslation("create");
  const { title, text } = productWords(t, pipeline);
  const needs = new Intl.ListFormat(i18n.language, { type: "unit" }).format(needsOf(t, pipeline));
  const to = paths.createFrom(pipeline.kind);
  return (
    <article className="flex min-w-0 flex-col gap-5 rounded-panel border border-line bg-panel p-5">
      <div className="grid gap-1.5">
        <h2 className="text-lead font-semibold break-words">{title}</h2>
        <p className="text-small text-ink-soft break-words">{text}</p>
      </div>
      <StageWeights stages={pipeline.stages} />
      <p className="mt-auto text-small break-words">
        <span className="text-ink-faint">{t("needs")}: </span>
        {needs}
      </p>
      <div className="flex flex-wrap gap-2">
        <LinkButton to={to} look="primary" aria-label={`${t("choose")}: ${title}`}>
          {t("choose")}
        </LinkButton>
        {pipeline.kind === "full_pipeline" && (
          <LinkButton to={`${to}?sample=1`} look="quiet">
            {t("trySample")}
          </LinkButton>
        )}
      </div>
    </article>
  );
}
