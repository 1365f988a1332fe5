import { useTranslation } from "react-i18next";
import { ageOf, transactionFrame } from "../../../src/station/age.ts";
import type { EvseState, StationState, Transaction } from "../../../src/station/model.ts";
import { isEnergyDoubted, shownToken } from "../../../src/station/views.ts";
import { Duration, Facts, Quantity, Time } from "../../ui/parts.tsx";
import { Aged } from "./Aged.tsx";

/** The session that runs, or the last one that does not: how it stands, energy and where that comes from, duration, card. */
export function Session({ state, evse }: { state: StationState; evse: EvseState }) {
  const { t } = useTranslation();
  const { transaction } = evse;
  if (!transaction) return <p className="muted">{t("stations.session.idle")}</p>;
  return <TransactionFacts state={state} transaction={transaction} evse={evse} />;
}

type FactsProps = {
  state: StationState;
  transaction: Transaction;
  /** Where it stands now, for what is measured there. */
  evse?: EvseState;
};

/** How a transaction stands, or ended: energy and where that comes from, duration, card. */
export function TransactionFacts({ state, transaction, evse }: FactsProps) {
  const { t } = useTranslation();
  const runs = transaction.state === "running";
  const age = runs ? ageOf(state, transactionFrame(transaction)) : undefined;
  // The vehicle tells it (location EV), and so may the outlet.
  const charges = evse?.live.filter(({ measurand }) => measurand === "SoC") ?? [];
  const newest = charges.toSorted((a, b) => b.measuredAt - a.measuredAt)[0];
  const battery = runs && newest && newest.measuredAt >= transaction.startedAt ? newest : undefined;
  const notes = [
    transaction.energyFrom !== null &&
      transaction.energyFrom !== "register" &&
      t(`stations.session.from.${transaction.energyFrom}`),
    evse && isEnergyDoubted(state, evse) && t("stations.session.doubt"),
    transaction.missing && t("stations.session.missing"),
    transaction.offline && t("stations.session.offline"),
    transaction.foreign && t("stations.session.foreign"),
  ].filter((note) => note);
  return (
    <div>
      <Standing transaction={transaction} />
      {age && age !== "offline" && (
        <p className="muted">
          <Aged at={transaction.word.at} age={age} />
        </p>
      )}
      <Facts
        of={[
          [
            t("stations.session.energy"),
            transaction.energyWh === null ? (
              t("stations.session.unknown")
            ) : (
              <Quantity key="energy" value={transaction.energyWh} unit="Wh" />
            ),
          ],
          [t("stations.session.duration"), <Lasted key="lasted" state={state} transaction={transaction} />],
          [
            t("stations.session.card"),
            transaction.token ? shownToken(transaction.token) : t("stations.session.noCard"),
          ],
          [t("stations.session.soc"), battery && <Quantity key="soc" value={battery.value} unit={battery.unit} />],
          [t("stations.session.id"), transaction.id],
        ]}
      />
      {notes.length > 0 && <p className="muted small">{notes.join(", ")}</p>}
    </div>
  );
}

/** How one stands that does not run. */
function Standing({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation();
  const { endedAt, endReason, ownStop, notEnded } = transaction;
  if (transaction.state === "running") return null;
  if (notEnded)
    return (
      <p className="muted">
        {t("stations.session.last")}, {t(`stations.session.notEnded.${notEnded.because}`)} <Time at={notEnded.at} />
      </p>
    );
  if (endedAt === undefined) return <p className="muted">{t("stations.session.displaced")}</p>;
  const why = ownStop ? t("stations.session.ownStop") : (endReason ?? "");
  return (
    <p className="muted">
      {t("stations.session.last")}, {t("stations.session.ended", { why }).trim()} <Time at={endedAt} />
    </p>
  );
}

/** How long it lasts. Where nothing is known of it any more the clock stands. */
export function Lasted({ state, transaction }: { state: StationState; transaction: Transaction }) {
  const { startedAt, endedAt, notEnded, word } = transaction;
  if (transaction.state === "running" && !ageOf(state, transactionFrame(transaction)))
    return <Duration since={startedAt} />;
  const until = endedAt ?? notEnded?.at ?? (state.link.state === "offline" ? state.link.since : undefined) ?? word.at;
  return <Duration ms={Math.max(0, until - startedAt)} />;
}
