import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Empty, Loading } from "@/components/ui/Empty";
import { PageHead } from "@/components/ui/Panel";
import { language } from "@/lib/language";
import { useObservable } from "@/lib/observable";
import { useTitle } from "@/lib/scope";

import { pipelinesQuery } from "../model/queries";
import { ProductCard } from "./ProductCard";

const OURS = ["full_pipeline", "talking_head", "text_to_speech"];

export function ProductList() {
  const { t } = useTranslation("create");
  useTitle(t("title"));
  return (
    <>
      <PageHead title={t("chooseTitle")} lead={t("chooseLead")} />
      <Products />
    </>
  );
}

function Products() {
  const { t } = useTranslation(["create", "common"]);
  const pipelines = useQuery(pipelinesQuery(useObservable(language)));
  if (pipelines.isPending) return <Loading label={t("common:loading")} />;
  if (pipelines.isError) return <Failure failure={pipelines.error} onRetry={() => void pipelines.refetch()} />;
  if (pipelines.data.length === 0) return <Empty title={t("nothingInstalled")}>{t("nothingInstalledHint")}</Empty>;
  return (
    <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      {[...pipelines.data].sort(oursFirst).map((pipeline) => (
        <li key={pipeline.kind} className="grid min-w-0">
          <ProductCard pipeline={pipeline} />
        </li>
      ))}
    </ul>
  );
}

function oursFirst(one: { kind: string }, other: { kind: string }): number {
  return placeOf(one.kind) - placeOf(other.kind);
}

function placeOf(kind: string): number {
  const place = OURS.indexOf(kind);
  return place === -1 ? OURS.length : place;
}
