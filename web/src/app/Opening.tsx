import { useCallback } from "react";

import { VisitorDesk } from "@/app/VisitorFrame";
import { Failure } from "@/components/errors/Failure";
import { useInterval } from "@/lib/scope";
import { restoreSession } from "@/lib/session";

const ASK_AGAIN_MS = 3_000;

/** While it is not known who is there. It takes a moment; where the server is away, that is said, and it is asked again. */
export function Opening({ failure }: { failure: Error | null }) {
  const ask = useCallback(() => void restoreSession(), []);
  useInterval(ask, failure === null ? null : ASK_AGAIN_MS);
  if (failure === null) return null;
  return (
    <VisitorDesk>
      <Failure failure={failure} onRetry={ask} />
    </VisitorDesk>
  );
}
