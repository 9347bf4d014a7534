import "@testing-library/jest-dom/vitest";

import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll } from "vitest";

import { queryClient } from "@/lib/query-client";
import { loadTexts, type Namespace } from "@/lib/i18n";
import { english } from "@/strings/en";
import { server } from "@/testing/server";

// jsdom knows the element but not how to open it.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

beforeAll(async () => {
  server.listen({ onUnhandledRequest: "error" });
  await loadTexts(...(Object.keys(english) as Namespace[]));
});

afterEach(() => {
  cleanup();
  queryClient.clear();
  server.resetHandlers();
  localStorage.clear();
});

afterAll(() => server.close());
