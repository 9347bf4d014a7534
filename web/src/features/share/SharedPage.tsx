import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { Failure } from "@/components/errors/Failure";
import { Loading } from "@/components/ui/Empty";
import { useTitle } from "@/lib/scope";

import { Frame } from "./components/Frame";
import { Refusal } from "./components/Refusal";
import { Result } from "./components/Result";
import { sharedQuery, titleOf } from "./model/shared";

/** The result of a job, for whoever has the link: without an account, and without the rest of the studio. */
export function SharedPage() {
  const { t } = useTranslation("share");
  const { t: tCommon } = useTranslation();
  const { token = "" } = useParams();
  const { data, error, refetch } = useQuery(sharedQuery(token));
  useTitle(data === undefined ? t("title") : titleOf(data));
  return (
    <Frame>
      <meta name="robots" content="noindex, nofollow" />
      {data !== undefined && <Result shared={data} renew={async () => (await refetch()).data ?? null} />}
      {data === undefined && error !== null && (
        <Refusal failure={error}>
          <Failure failure={error} onRetry={() => void refetch()} />
        </Refusal>
      )}
      {data === undefined && error === null && <Loading label={tCommon("loading")} rows={4} />}
    </Frame>
  );
}
