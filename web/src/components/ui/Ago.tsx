import { formatAgo, formatMoment } from "@/lib/format";
import { useNow } from "@/lib/scope";

/** "3 minutes ago", kept true; the exact moment on hovering. */
export function Ago({ moment }: { moment: string }) {
  const now = useNow();
  return (
    <time dateTime={moment} title={formatMoment(moment)} className="whitespace-nowrap">
      {formatAgo(moment, now)}
    </time>
  );
}
