import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Loading } from "@/components/ui/Empty";

import { Player } from "../components/Player";
import { type Asset, contentOf } from "../model/asset";
import { linkQuery, scriptQuery } from "../model/queries";

/** What is in an asset: the picture, the film, the sound, the beginning of the text. */
export function Look({ asset }: { asset: Asset }) {
  const content = contentOf(asset.kind);
  if (content === "audio") return <Player asset={asset} />;
  if (content === "text") return <Script asset={asset} />;
  if (content === "image" || content === "video") return <Shown asset={asset} content={content} />;
  return null;
}

function Shown({ asset, content }: { asset: Asset; content: "image" | "video" }) {
  const { t } = useTranslation("assets");
  const link = useQuery(linkQuery(asset.id, "inline"));
  const [isBroken, setBroken] = useState(false);
  if (link.isError) return <Failure failure={link.error} onRetry={() => void link.refetch()} />;
  if (isBroken) return <p className="text-small text-ink-soft">{t("cannotShow")}</p>;
  const place = "mx-auto max-h-[46dvh] max-w-full rounded-small";
  return (
    <div className="grid min-h-40 place-items-center rounded-small bg-well">
      {link.data !== undefined && content === "image" && (
        <img src={link.data} alt={asset.name} className={place} onError={() => setBroken(true)} />
      )}
      {link.data !== undefined && content === "video" && (
        // eslint-disable-next-line jsx-a11y/media-has-caption -- a film of the library has no captions of its own
        <video controls src={link.data} aria-label={asset.name} className={place} onError={() => setBroken(true)} />
      )}
    </div>
  );
}

function Script({ asset }: { asset: Asset }) {
  const { t } = useTranslation("assets");
  const script = useQuery(scriptQuery(asset));
  if (script.isError) return <Failure failure={script.error} onRetry={() => void script.refetch()} />;
  if (script.isPending) return <Loading rows={2} label={t("loadingAsset")} />;
  return (
    <p
      dir="auto"
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by the keyboard
      tabIndex={0}
      className="max-h-[38dvh] overflow-y-auto rounded-small bg-well p-4 break-words whitespace-pre-wrap"
    >
      {script.data}
    </p>
  );
}
