import { useTranslation } from "react-i18next";
import { isStateName, type Tone, toneOf } from "./status.ts";
import { Told } from "./Told.tsx";
import classes from "./ui.module.css";

/** The shape that goes with a colour, so that neither has to be told apart alone. */
export function Shape({ tone, offline, old }: { tone: Tone; offline?: boolean; old?: boolean }) {
  return (
    <svg className={classes.shape} data-tone={old ? "quiet" : tone} viewBox="0 0 16 16" aria-hidden="true">
      {drawing(tone, offline === true)}
    </svg>
  );
}

function drawing(tone: Tone, offline: boolean) {
  if (offline) return <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" fill="none" stroke="currentColor" strokeWidth="2" />;
  switch (tone) {
    case "charging":
      return <circle cx="8" cy="8" r="7" fill="currentColor" />;
    case "available":
      return <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />;
    case "waiting":
      return (
        <>
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />
          <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
        </>
      );
    case "faulted":
      return <path d="M8 1l7.5 14H.5z" fill="currentColor" />;
    case "quiet":
      return <rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" strokeWidth="2" />;
  }
}

/** A state as shape, colour and word. A word that OCPP does not have is shown as it is. `size` huge is the 32 px one.
 * `old`: nobody knows whether it still holds, so the shape and word stay and the colour goes. */
export function StateWord({ state, size = "normal", old }: { state: string; size?: "normal" | "huge"; old?: boolean }) {
  const { t } = useTranslation();
  const tone = toneOf(state);
  const word = isStateName(state) ? t(`common.status.${state}`) : state;
  return (
    <span className={classes.state} data-tone={old ? "quiet" : tone} data-size={size}>
      <Shape tone={tone} old={old} offline={state === "Offline" || state === "Never"} />
      <span>
        <Told text={word} />
      </span>
    </span>
  );
}
