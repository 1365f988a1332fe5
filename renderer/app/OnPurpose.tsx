import { FaultBanner } from "../features/faults/FaultBanner.tsx";
import { ForwardBanner } from "../features/forward/ForwardBanner.tsx";

/** What is done on purpose to the station in focus, in words under the strip: faults in red, and where it is forwarded to. */
export function OnPurpose({ identity }: { identity: string }) {
  return (
    <>
      <FaultBanner identity={identity} />
      <ForwardBanner identity={identity} />
    </>
  );
}
