import type { FrameInLine } from "../../../logs/model.ts";
import { initiatorOf } from "../../../ocpp/initiators.ts";
import type { FrameDirection } from "../../../station/marks.ts";

/** A message of OCPP that a console printed, as far as the console tells. */
export type HeardFrame = {
  type: FrameInLine["type"];
  id?: string;
  /** For an answer, that of its question, where that was printed too. */
  action?: string;
  direction: FrameDirection;
  /** The question that it answers, where that was printed too. */
  answers?: HeardFrame;
  /** As it was sent; the signs that a log puts around it are taken away. */
  text: string;
};

/** Questions of which the answer may still be printed. */
const mostOpen = 64;
/** So much before a message is looked at for its way, characters. */
const lookedAt = 80;

/** What a firmware says before a message of its own, and before one that came to it. The last one before the message counts. */
const ways =
  /(?<![a-z])(?:(send(?:ing|s)?|sent|tx|transmit\w*|outgoing|outbound|to (?:the )?(?:server|csms|central system|back-?end))|(rec(?:ei)?v\w*|rcvd|rx|incoming|inbound|from (?:the )?(?:server|csms|central system|back-?end)))(?![a-z])|(->|>{2,3}|→)|(<-|<{2,3}|←)/gi;

/** Follows the messages that one console prints: which way each went, and which question it answers. What a line does not tell, and an
 * action does not either, stays unknown. */
export class Conversation {
  #open: HeardFrame[] = [];
  #before = "";

  /** Takes the messages of a line, in their order. */
  line(text: string, frames: readonly FrameInLine[]): HeardFrame[] {
    const heard = frames.map((frame, n) => {
      const from = Math.max(frames[n - 1]?.end ?? 0, frame.begin - lookedAt);
      const before = text.slice(from, frame.begin);
      // A message may stand in a line of its own, below the one that announces it.
      return this.#take(frame, wayIn(n === 0 && before.trim() === "" ? this.#before : before));
    });
    this.#before = heard.length > 0 ? "" : text.slice(-lookedAt);
    return heard;
  }

  #take({ type, id, action, text }: FrameInLine, said: FrameDirection): HeardFrame {
    const base = { type, ...(id !== undefined && { id }), text };
    // Of one that is cut off, an action means that it asks.
    const asks = type === "call" || type === "send" || action !== undefined;
    if (asks) {
      const heard = { ...base, ...(action !== undefined && { action }), direction: askedBy(action, said) };
      if (type !== "send") this.#open = [...this.#open, heard].slice(-mostOpen);
      return heard;
    }
    const open = this.#open.filter((question) => question.id === id);
    const answers = open.findLast(({ direction }) => said !== "unknown" && direction === turned(said)) ?? open.at(-1);
    if (!answers) return { ...base, direction: said };
    this.#open = this.#open.filter((question) => question !== answers);
    const direction = answers.direction === "unknown" ? said : turned(answers.direction);
    return { ...base, ...(answers.action !== undefined && { action: answers.action }), direction, answers };
  }
}

/** The action tells it for sure; where both ends have it, or nobody, the words before it do. */
function askedBy(action: string | undefined, said: FrameDirection): FrameDirection {
  const initiator = action === undefined ? undefined : initiatorOf(action);
  if (initiator === "station") return "in";
  return initiator === "central-system" ? "out" : said;
}

/** Seen from the station, which prints it. */
function wayIn(before: string): FrameDirection {
  const last = [...before.matchAll(ways)].at(-1);
  if (!last) return "unknown";
  return last[1] || last[3] ? "in" : "out";
}

function turned(direction: FrameDirection): FrameDirection {
  if (direction === "unknown") return direction;
  return direction === "in" ? "out" : "in";
}
