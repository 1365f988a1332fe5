import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { Facts, Time } from "../../ui/parts.tsx";
import { Addresses } from "./Addresses.tsx";
import { Attempts } from "./Attempts.tsx";
import { placeText } from "./address-list.ts";
import classes from "./connection.module.css";
import { Firewall } from "./Firewall.tsx";
import { Guide } from "./Guide.tsx";
import { OverSerial } from "./OverSerial.tsx";
import { SelfTest } from "./SelfTest.tsx";
import { VirtualOffer } from "./VirtualOffer.tsx";
import { Steps } from "./Waiting.tsx";

/** Where this laptop is reached, and how to bring a station here. */
export function ConnectionScreen() {
  const { t } = useTranslation();
  const status = useWatch("connection.status", {});
  return (
    <div className={classes.waiting}>
      <h1>{t("connection.title")}</h1>
      <VirtualOffer />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Addresses />
          <Firewall />
          <SelfTest />
          <Steps />
          <OverSerial />
        </div>
        <div className={classes.column}>
          <Attempts few={10} />
        </div>
      </div>
      <Guide />
      {status.value && (
        <Facts
          of={[
            [
              t("connection.listening"),
              status.value.listening
                .map((place) => `${placeText(place)} (${t(`network.mode.${place.mode}`)})`)
                .join(", "),
            ],
            [t("connection.data"), status.value.dataFolder],
            [t("connection.version"), status.value.version],
            [t("connection.running"), <Time key="at" at={status.value.startedAt} />],
          ]}
        />
      )}
    </div>
  );
}
