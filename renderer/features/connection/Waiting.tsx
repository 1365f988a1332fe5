import { useTranslation } from "react-i18next";
import layout from "../../ui/layout.module.css";
import { WaitingList } from "../access/WaitingList.tsx";
import { Addresses } from "./Addresses.tsx";
import { Attempts } from "./Attempts.tsx";
import classes from "./connection.module.css";
import { Guide } from "./Guide.tsx";
import { VirtualOffer } from "./VirtualOffer.tsx";

/** The first thing a new user sees: no station yet, and all that is needed to get one here. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <div className={classes.waiting}>
      <h1 className={classes.title}>{t("connection.waitingTitle")}</h1>
      <WaitingList />
      <Addresses />
      <Attempts few={5} />
      <Steps />
      <Guide />
      <VirtualOffer />
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
