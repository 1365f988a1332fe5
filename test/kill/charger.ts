import WebSocket from "ws";

/** A question and its answer, as texts on the wire. */
export type Exchange = { question: string; answer: string };

/** A station that charges one car after the other. It keeps what it has said until it is answered, over restarts of the core. */
export type Charger = {
  readonly identity: string;
  readonly answered: Exchange[];
  /** Talks as fast as answers come until the link is lost; what is not answered then is said again the next time.
   * @param onAnswer runs with each answer
   * @returns resolves when the link is over */
  talk(url: string, onAnswer: () => void): Promise<void>;
};

type Message = { action: string; payload: Record<string, unknown> };

/** Makes a charger of OCPP 1.6.
 * @param register what its meter shows, Wh */
export function createCharger(identity: string, register: number): Charger {
  const answered: Exchange[] = [];
  let pending: Message | null = null;
  let transactionId: number | null = null;
  let sent = 0;

  function nextMessage(): Message {
    const timestamp = new Date().toISOString();
    if (transactionId === null) {
      const payload = { connectorId: 1, idTag: identity, meterStart: register, timestamp };
      return { action: "StartTransaction", payload };
    }
    register += 5;
    if (register % 25 === 0) {
      return { action: "StopTransaction", payload: { transactionId, meterStop: register, timestamp } };
    }
    const meterValue = [{ timestamp, sampledValue: [{ value: String(register) }] }];
    return { action: "MeterValues", payload: { connectorId: 1, transactionId, meterValue } };
  }

  function settle(answer: { transactionId?: number }): void {
    if (pending?.action === "StartTransaction") transactionId = answer.transactionId ?? null;
    if (pending?.action === "StopTransaction") transactionId = null;
    pending = null;
  }

  return {
    identity,
    answered,
    talk(url, onAnswer) {
      const socket = new WebSocket(`${url}${identity}`, ["ocpp1.6"], { perMessageDeflate: false });
      let question = "";
      function say({ action, payload }: Message): void {
        sent += 1;
        question = `[2, "${identity}/${sent}", "${action}", ${JSON.stringify(payload)}]`;
        socket.send(question);
      }
      socket.on("open", () =>
        say({ action: "BootNotification", payload: { chargePointVendor: "V", chargePointModel: "M" } }),
      );
      socket.on("message", (data) => {
        const answer = String(data);
        const frame = JSON.parse(answer);
        // The core asks for a status now and then, and need not be told one.
        if (frame[0] === 2) return socket.send(JSON.stringify([3, frame[1], { status: "Rejected" }]));
        answered.push({ question, answer });
        if (JSON.parse(question)[2] !== "BootNotification") settle(frame[2]);
        pending ??= nextMessage();
        say(pending);
        onAnswer();
      });
      socket.on("error", () => undefined);
      return new Promise((resolve) => socket.on("close", () => resolve()));
    },
  };
}

/** What the exchanges say of the last transaction: told here anew, in the plainest way. */
export function lastTransaction(exchanges: readonly Exchange[]): { id: string; running: boolean; energy: number } {
  let last = { id: "", running: false, energy: 0 };
  let meterStart = 0;
  for (const { question, answer } of exchanges) {
    const [, , action, payload] = JSON.parse(question);
    if (action === "StartTransaction") {
      meterStart = payload.meterStart;
      last = { id: String(JSON.parse(answer)[2].transactionId), running: true, energy: 0 };
    } else if (action === "MeterValues") {
      last = { ...last, energy: Number(payload.meterValue[0].sampledValue[0].value) - meterStart };
    } else if (action === "StopTransaction") {
      last = { ...last, running: false, energy: payload.meterStop - meterStart };
    }
  }
  return last;
}
