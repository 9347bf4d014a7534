import { useTranslation } from "react-i18next";

import type { Job } from "../model/job";

/** A part that somebody has to answer. */
export interface WaitsFor {
  part: number;
  stage: string;
  label: string;
  item: number | null;
  reason: string;
  actions: readonly string[];
  /** When it fails without an answer. */
  dueAt: string | null;
  /** For a file or another program, and not for a person; whoever looks may still answer for it. */
  isOutside: boolean;
}

/** What waits for an answer, people's turns first. */
export function waitsOf(job: Job): WaitsFor[] {
  const waits = job.stages.flatMap((stage) =>
    stage.parts.flatMap(({ id, item, wait }) =>
      wait === null || wait.actions.length === 0
        ? []
        : [
            {
              part: id,
              stage: stage.key,
              label: stage.label,
              item,
              reason: wait.reason,
              actions: wait.actions,
              dueAt: wait.due_at,
              isOutside: wait.kind !== "manual",
            },
          ],
    ),
  );
  return waits.sort((one, other) => Number(one.isOutside) - Number(other.isOutside));
}

/** The actions that most pipelines offer, in the language of the page; others as their author named them. */
export function useActionWord(): (action: string) => string {
  const { t } = useTranslation("job");
  const words: Record<string, string> = {
    continue: t("answerContinue"),
    skip: t("answerSkip"),
    approve: t("answerApprove"),
    reject: t("answerReject"),
    retry: t("answerRetry"),
    cancel: t("answerCancel"),
  };
  return (action) => words[action] ?? sentence(action);
}

/** "skip_review" → "Skip review" */
function sentence(name: string): string {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
