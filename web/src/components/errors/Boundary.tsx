import { Component, type ReactNode } from "react";

import { Failure } from "@/components/errors/Failure";

interface Props {
  children: ReactNode;
  /** When it changes, what broke is tried again. */
  resetKey?: string;
}

/** Keeps what breaks from taking the rest of the page with it. */
export class Boundary extends Component<Props, { failure: Error | null }> {
  override state: { failure: Error | null } = { failure: null };

  static getDerivedStateFromError(failure: unknown): { failure: Error } {
    return { failure: failure instanceof Error ? failure : new Error(String(failure)) };
  }

  override componentDidUpdate(before: Props): void {
    if (before.resetKey !== this.props.resetKey && this.state.failure !== null) this.setState({ failure: null });
  }

  override render(): ReactNode {
    if (this.state.failure === null) return this.props.children;
    return <Failure failure={this.state.failure} onRetry={() => this.setState({ failure: null })} />;
  }
}
