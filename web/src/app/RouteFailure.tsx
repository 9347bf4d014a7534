import { useRouteError } from "react-router";

import { Failure } from "@/components/errors/Failure";

/** What is left where not even the frame of the page could be shown, as after an update of the server. */
export function RouteFailure() {
  const failure = useRouteError();
  return (
    <main className="mx-auto max-w-2xl p-6">
      <Failure
        failure={failure instanceof Error ? failure : new Error(String(failure))}
        onRetry={() => globalThis.location.reload()}
      />
    </main>
  );
}
