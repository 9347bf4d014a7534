import { useEffect, useSyncExternalStore } from "react";

import { Audition } from "@/audio/audition";
import { fetchAsUser } from "@/lib/api";
import { problemOf } from "@/lib/problem";
import { pause } from "@/lib/scope";

const MOST_TRIES = 6;

const audition = new Audition();

/** What is heard now, and what plays or stops the sample of a voice. It falls silent with the component. */
export function useHearing() {
  const hearing = useSyncExternalStore(audition.watch, audition.get);
  useEffect(() => audition.stop, []);
  return { hearing, play: playSample, stop: audition.stop };
}

/** Raises Problem, Unreachable, and NotAllowedError where the browser plays nothing. */
function playSample(engine: string, voice: string): Promise<void> {
  return audition.play(`${engine}/${voice}`, () => loadSample(engine, voice));
}

/** A voice is first spoken by a worker: while those are busy the server says when to ask again. */
async function loadSample(engine: string, voice: string): Promise<Blob> {
  const path = `/api/voices/${encodeURIComponent(engine)}/${encodeURIComponent(voice)}/sample`;
  for (let tries = 1; ; tries += 1) {
    const response = await fetchAsUser(new Request(new URL(path, globalThis.location.origin)));
    if (response.ok) return response.blob();
    const problem = await problemOf(response);
    if (problem.retryAfterSeconds === null || tries === MOST_TRIES) throw problem;
    await pause(problem.retryAfterSeconds * 1000);
  }
}
