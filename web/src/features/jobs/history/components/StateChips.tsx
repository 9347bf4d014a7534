import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Lamp } from "@/components/ui/Lamp";
import { classes } from "@/lib/classes";
import { formatNumber } from "@/lib/format";

import { JOB_STATES, type JobState } from "../../model/job";
import { countsQuery } from "../../model/queries";
import { jobStateWord, toneOfJob } from "../../model/rail";

interface StateChipsProps {
  chosen: readonly JobState[];
  onChoose: (states: readonly JobState[]) => void;
}

/** Each state as a switch, with how many jobs are in it. */
export function StateChips({ chosen, onChoose }: StateChipsProps) {
  const { t } = useTranslation(["history", "jobs"]);
  const { t: word } = useTranslation("jobs");
  const { data } = useQuery(countsQuery);
  const toggled = (state: JobState) => JOB_STATES.filter((other) => (other === state) !== chosen.includes(other));
  return (
    <ul aria-label={t("states")} className="flex flex-wrap gap-1.5">
      {JOB_STATES.map((state) => {
        const isOn = chosen.includes(state);
        const amount = data?.by_state[state];
        return (
          <li key={state}>
            <button
              type="button"
              aria-pressed={isOn}
              onClick={() => onChoose(toggled(state))}
              className={classes(
                "flex min-h-8 items-center gap-2.5 rounded-small border px-2.5 transition-colors",
                isOn ? "border-ink-soft bg-raised" : "border-line hover:bg-hover",
              )}
            >
              <Lamp tone={amount === 0 ? "idle" : toneOfJob(state)}>{jobStateWord(word, state)}</Lamp>
              <span className="figures text-ink-faint">{amount === undefined ? "" : formatNumber(amount)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
