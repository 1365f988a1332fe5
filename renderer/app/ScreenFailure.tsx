import { Component, type ReactNode } from "react";
import { FailureError } from "../../src/lib/contract.ts";
import { Failure } from "../ui/parts.tsx";

/** Keeps the failure of one screen from taking the window with it. A class, because React catches only in classes. */
export class ScreenFailure extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Failure
        what=""
        error={new FailureError("internal", error.message)}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}
