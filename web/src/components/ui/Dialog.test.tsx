import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Dialog } from "./Dialog";

test("a dialog is named by its title, and its button closes it", async () => {
  const onClose = vi.fn();
  render(
    <Dialog isOpen onClose={onClose} title="Share" lead="With anybody who has the link">
      <p>inside</p>
    </Dialog>,
  );
  const dialog = screen.getByRole("dialog", { name: "Share", description: "With anybody who has the link" });
  expect(dialog).toHaveTextContent("inside");
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(onClose).toHaveBeenCalledOnce();
});

test("a click beside it closes it, one inside does not", async () => {
  const onClose = vi.fn();
  render(
    <Dialog isOpen onClose={onClose} title="Share">
      <p>inside</p>
    </Dialog>,
  );
  await userEvent.click(screen.getByText("inside"));
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("dialog"));
  expect(onClose).toHaveBeenCalledOnce();
});

test("closed, nothing of it is on the page", () => {
  render(<Dialog isOpen={false} onClose={() => undefined} title="Share" />);
  expect(screen.queryByText("Share")).toBeNull();
});

test("what is to be written can be written at once", async () => {
  render(
    <Dialog isOpen onClose={() => undefined} title="Pause">
      <input aria-label="Why?" />
    </Dialog>,
  );
  await userEvent.keyboard("because");
  expect(screen.getByLabelText("Why?")).toHaveValue("because");
});
