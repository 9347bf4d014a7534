import type { components } from "@/generated/schema";

type ProblemBody = components["schemas"]["Problem"];

/** What the server answers where it refuses: `code` never changes, `message` and `hint` are for people. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string;
  readonly retryAfterSeconds: number | null;
  readonly body: Partial<ProblemBody>;

  constructor(status: number, body: Partial<ProblemBody>, retryAfterSeconds: number | null = null) {
    super(body.detail ?? body.title ?? `The server answered with ${status}.`);
    this.name = "Problem";
    this.status = status;
    this.code = body.code ?? "unknown";
    this.hint = body.hint ?? "";
    this.retryAfterSeconds = retryAfterSeconds;
    this.body = body;
  }
}

/** There was no answer: the network or the server is away. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("Soundstage does not answer.", { cause });
    this.name = "Unreachable";
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const seconds = Number(response.headers.get("retry-after"));
  const retryAfter = seconds > 0 ? seconds : null;
  try {
    return new Problem(response.status, (await response.json()) as Partial<ProblemBody>, retryAfter);
  } catch {
    return new Problem(response.status, {}, retryAfter);
  }
}
