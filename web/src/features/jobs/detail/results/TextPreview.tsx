import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Loading } from "@/components/ui/Empty";

import type { Artifact } from "../../model/job";
import { textQuery } from "../queries";

/** The beginning of a text file, as it is. */
export function TextPreview({ jobId, artifact }: { jobId: string; artifact: Artifact }) {
  const { t } = useTranslation("job");
  const { data, error, refetch } = useQuery(textQuery(jobId, artifact));
  if (error !== null) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading rows={1} label={t("loading")} />;
  return (
    <div className="mt-1 mb-2">
      <pre
        dir="auto"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        tabIndex={0}
        className="max-h-72 overflow-y-auto rounded-small border border-line bg-well px-3 py-2 font-mono text-tiny leading-5 whitespace-pre-wrap wrap-anywhere"
      >
        {data.text}
      </pre>
      {data.isCut && <p className="strip mt-1">{t("cutOff")}</p>}
    </div>
  );
}
