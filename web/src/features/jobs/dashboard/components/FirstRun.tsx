import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { LinkButton } from "@/components/ui/Button";
import { paths } from "@/config/paths";
import { language } from "@/lib/language";
import { useObservable } from "@/lib/observable";

import { pipelinesQuery } from "../../model/queries";

const FIRST_PIPELINE = "full_pipeline";

/** For those who have made nothing yet: what there is to make, and a sample that is two clicks away. */
export function FirstRun() {
  const { t } = useTranslation("dashboard");
  return (
    <div className="grid max-w-4xl gap-8 py-6 lg:py-14">
      <header className="grid gap-4">
        <h1 className="text-display font-semibold tracking-tight text-balance">{t("firstTitle")}</h1>
        <p className="max-w-prose text-lead text-ink-soft">{t("firstText")}</p>
      </header>
      <FirstSteps />
      <div className="flex flex-wrap gap-3">
        <LinkButton look="primary" to={`${paths.createFrom(FIRST_PIPELINE)}?sample=1`}>
          {t("firstSample")}
        </LinkButton>
        <LinkButton to={paths.create}>{t("firstOwn")}</LinkButton>
      </div>
    </div>
  );
}

/** The stages that a script goes through, as wide as they take long. */
function FirstSteps() {
  const { t } = useTranslation("dashboard");
  const { data } = useQuery(pipelinesQuery(useObservable(language)));
  const stages = data?.find(({ kind }) => kind === FIRST_PIPELINE)?.stages ?? [];
  if (stages.length === 0) return null;
  return (
    <ol aria-label={t("firstSteps")} className="grid gap-x-1 gap-y-2 sm:flex">
      {stages.map((stage) => (
        <li
          key={stage.key}
          className="flex min-w-0 items-center gap-3 sm:block sm:min-w-20"
          style={{ flexGrow: stage.weight, flexBasis: 0 }}
        >
          <span
            aria-hidden
            className="block h-3 w-8 rounded-hair bg-well ring-1 ring-line-strong/60 ring-inset sm:mb-2 sm:h-7 sm:w-full"
          />
          <span className="block text-small text-ink-soft wrap-anywhere">{stage.label}</span>
        </li>
      ))}
    </ol>
  );
}
