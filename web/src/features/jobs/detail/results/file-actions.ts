import { useTranslation } from "react-i18next";

import { keepFile } from "@/lib/files";

import type { Artifact } from "../../model/job";
import { makeLink } from "../queries";
import { useCopy, useTellRefusal } from "../refusals";

/** Keeping a file, and taking a link to it elsewhere. The links are made when they are wanted, as they end soon. */
export function useFileActions(jobId: string, artifact: Artifact) {
  const { t } = useTranslation("job");
  const tellRefusal = useTellRefusal();
  const copy = useCopy();
  async function withLink(disposition: "inline" | "attachment", act: (url: string) => void | Promise<void>) {
    try {
      const { url } = await makeLink(jobId, artifact, disposition);
      await act(new URL(url, globalThis.location.origin).href);
    } catch (failure) {
      if (failure instanceof Error) tellRefusal(failure);
    }
  }
  return {
    download: () => withLink("attachment", (url) => keepFile(url, artifact.name)),
    copyLink: () => withLink("inline", (url) => copy(url, t("linkCopied"))),
  };
}
