import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Lamp } from "@/components/ui/Lamp";
import { paths } from "@/config/paths";
import type { components } from "@/generated/schema";
import { classes } from "@/lib/classes";
import { formatNumber } from "@/lib/format";

import { JOB_STATES } from "../../model/job";
import { jobStateWord, toneOfJob } from "../../model/rail";

/** How many jobs are in each state; each leads to them. */
export function CountStrip({ counts }: { counts: components["schemas"]["JobCounts"] }) {
  const { t } = useTranslation("dashboard");
  const { t: word } = useTranslation("jobs");
  return (
    <nav aria-label={t("counts")}>
      <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-panel border border-line bg-line sm:grid-cols-4 xl:grid-cols-8">
        <Count to={paths.history} amount={counts.total} isStrong>
          <span className="text-small font-medium text-ink-soft">{t("all")}</span>
        </Count>
        {JOB_STATES.map((state) => {
          const amount = counts.by_state[state] ?? 0;
          return (
            <Count key={state} to={`${paths.history}?state=${state}`} amount={amount}>
              <Lamp tone={amount === 0 ? "idle" : toneOfJob(state)}>{jobStateWord(word, state)}</Lamp>
            </Count>
          );
        })}
      </ul>
    </nav>
  );
}

interface CountProps {
  to: string;
  amount: number;
  isStrong?: boolean;
  children: ReactNode;
}

function Count({ to, amount, isStrong = false, children }: CountProps) {
  return (
    <li className="bg-panel">
      <Link
        to={to}
        className="flex min-h-14 flex-row-reverse items-center justify-between gap-3 px-4 py-2 -outline-offset-2 hover:bg-hover xl:flex-col xl:items-start xl:justify-center xl:gap-0"
      >
        <span className={classes("font-mono text-lead tabular-nums", amount === 0 && !isStrong && "text-ink-faint")}>
          {formatNumber(amount)}
        </span>{" "}
        {children}
      </Link>
    </li>
  );
}
