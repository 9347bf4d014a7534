import { setupServer } from "msw/node";

/** Answers in place of the server; each test says what it answers. */
export const server = setupServer();
