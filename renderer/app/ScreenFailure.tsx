import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FailureError } from "../../src/lib/contract.ts";
import { failure, whyOf } from "../../src/station/failure.ts";
import { Failure } from "../ui/parts.tsx";
import { ScreenNotLoaded } from "./screens.ts";

/** Keeps the failure of one screen from taking the window with it. A class, because React catches only in classes. */
export class ScreenFailure extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    if (error instanceof ScreenNotLoaded) return <NotLoaded />;
    return <Failure what="" error={failure("internal", whyOf(error))} onRetry={() => this.setState({ error: null })} />;
  }
}

/** What could not be fetched is fetched anew with the whole page: half of it may be there. */
function NotLoaded() {
  const { t } = useTranslation();
  return (
    <Failure
      what={t("common.screenNotLoaded")}
      error={new FailureError("unavailable", "")}
      onRetry={() => window.location.reload()}
    />
  );
}
