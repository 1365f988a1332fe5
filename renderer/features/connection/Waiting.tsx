import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import layout from "../../ui/layout.module.css";
import { WaitingList } from "../access/WaitingList.tsx";
import { Addresses } from "./Addresses.tsx";
import { Attempts } from "./Attempts.tsx";
import classes from "./connection.module.css";
import { Firewall } from "./Firewall.tsx";
import { Guide } from "./Guide.tsx";
import { VirtualOffer } from "./VirtualOffer.tsx";

/** The first thing one sees while nobody is online: all that is needed to get a station here, on the first job and on every later one.
 * @param known who was here before, below the rest */
export function Waiting({ known }: { known: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={classes.waiting}>
      <h1 className={classes.title}>{t("connection.waitingTitle")}</h1>
      <VirtualOffer />
      <WaitingList />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Addresses />
          <Firewall quiet />
          <Steps />
        </div>
        <div className={classes.column}>
          <Attempts few={5} />
        </div>
      </div>
      {known}
      <Guide />
    </div>
  );
}

/** Three short steps. */
export function Steps() {
  const { t } = useTranslation();
  return (
    <section>
      <h2>{t("connection.stepsTitle")}</h2>
      <ol className={layout.steps}>
        <li>{t("connection.step1")}</li>
        <li>{t("connection.step2")}</li>
        <li>{t("connection.step3")}</li>
      </ol>
    </section>
  );
}
