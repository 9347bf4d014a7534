import { useQuery } from "@tanstack/react-query";
import { type ComponentType, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Failure } from "@/components/errors/Failure";
import { LinkButton } from "@/components/ui/Button";
import { Empty, Loading } from "@/components/ui/Empty";
import { paths } from "@/config/paths";
import { language } from "@/lib/language";
import { useObservable } from "@/lib/observable";
import { useTitle } from "@/lib/scope";

import type { AssetFieldProps } from "../asset-field";
import { BLANK } from "../model/draft";
import { emptyOrder, orderOfJob, sampleOrder } from "../model/order";
import { pipelinesQuery, sampleQuery, sourceJobQuery } from "../model/queries";
import { paramsSchemaOf, type Pipeline } from "../model/schema";
import { OrderPage } from "./OrderPage";

interface SourceProps {
  pipeline: Pipeline;
  AssetField: ComponentType<AssetFieldProps>;
}

/** Finds the pipeline, and what its form is filled with at first: nothing, the sample, or an earlier job. */
export function NewOrder({ kind, AssetField }: { kind: string; AssetField: ComponentType<AssetFieldProps> }) {
  const { t } = useTranslation(["create", "common"]);
  const [search] = useSearchParams();
  const pipelines = useQuery(pipelinesQuery(useObservable(language)));
  useTitle(t("title"));
  if (pipelines.isPending) return <Loading label={t("common:loading")} rows={5} />;
  if (pipelines.isError) return <Failure failure={pipelines.error} onRetry={() => void pipelines.refetch()} />;
  const pipeline = pipelines.data.find((known) => known.kind === kind);
  if (pipeline === undefined) return <UnknownPipeline />;
  const from = search.get("from");
  if (from !== null) return <FromJob key={from} jobId={from} pipeline={pipeline} AssetField={AssetField} />;
  if (search.get("sample") !== null) return <FromSample pipeline={pipeline} AssetField={AssetField} />;
  return <FromNothing pipeline={pipeline} AssetField={AssetField} />;
}

function FromNothing({ pipeline, AssetField }: SourceProps) {
  const initial = useMemo(() => emptyOrder(paramsSchemaOf(pipeline)), [pipeline]);
  return <OrderPage pipeline={pipeline} source={BLANK} initial={initial} AssetField={AssetField} />;
}

function FromSample({ pipeline, AssetField }: SourceProps) {
  const { t } = useTranslation(["create", "common"]);
  const sample = useQuery(sampleQuery);
  if (sample.isPending) return <Loading label={t("common:loading")} rows={5} />;
  if (sample.isError) return <Failure failure={sample.error} onRetry={() => void sample.refetch()} />;
  const initial = sampleOrder(paramsSchemaOf(pipeline), sample.data.script, sample.data.assetId, t("sampleName"));
  return <OrderPage pipeline={pipeline} source="sample" initial={initial} AssetField={AssetField} />;
}

function FromJob({ jobId, pipeline, AssetField }: SourceProps & { jobId: string }) {
  const { t } = useTranslation(["create", "common"]);
  const job = useQuery(sourceJobQuery(jobId));
  if (job.isPending) return <Loading label={t("common:loading")} rows={5} />;
  if (job.isError) return <Failure failure={job.error} onRetry={() => void job.refetch()} />;
  const initial = orderOfJob(paramsSchemaOf(pipeline), job.data);
  return <OrderPage pipeline={pipeline} source={jobId} from={job.data} initial={initial} AssetField={AssetField} />;
}

function UnknownPipeline() {
  const { t } = useTranslation("create");
  return (
    <Empty
      title={
        <span role="heading" aria-level={1}>
          {t("unknownPipeline")}
        </span>
      }
      actions={<LinkButton to={paths.create}>{t("seeAll")}</LinkButton>}
    >
      {t("unknownPipelineHint")}
    </Empty>
  );
}
