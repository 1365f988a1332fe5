import { useLoad } from "../../../core/core.tsx";
import { Changed } from "../../../ui/frames/Changed.tsx";

/** What is different in the answer to a call from the last answer to the same one.
 * @param frame of the call */
export function AnswerChanges({ frame }: { frame: number }) {
  const sent = useLoad("messages.frame", { seq: frame });
  const answer = sent.value?.partner;
  return answer ? <Changed frame={answer} unfolded /> : null;
}
