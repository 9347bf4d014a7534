import { useQuery } from "@tanstack/react-query";

import { language } from "@/lib/language";
import { useObservable } from "@/lib/observable";

import { pipelinesQuery } from "./queries";

/** The name of a product in the language of the page; its kind in words until that is known. */
export function usePipelineTitles(): (kind: string) => string {
  const { data } = useQuery(pipelinesQuery(useObservable(language)));
  return (kind) => data?.find((pipeline) => pipeline.kind === kind)?.title ?? kind.replaceAll("_", " ");
}
