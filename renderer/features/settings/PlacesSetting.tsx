import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CoreStatus } from "../../../src/services/connection/contract.ts";
import type { Settings } from "../../../src/services/settings/contract.ts";
import { useWatch } from "../../core/core.tsx";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import layout from "../../ui/layout.module.css";
import { placeText } from "../connection/address-list.ts";
import { foldAttempts } from "../connection/attempt-list.ts";
import { PlaceForm } from "./PlaceForm.tsx";
import { PlaceState } from "./PlaceState.tsx";
import { mostPlaces, nextPlace, outcomeOf, type Place, placesBySettings, stationsThrough } from "./places.ts";
import { Setting } from "./Setting.tsx";
import classes from "./settings.module.css";
import { useSaving } from "./use-saving.ts";

/** Where stations connect: one port on every network, or the places that are named here. */
export function PlacesSetting({ values }: { values: Settings }) {
  const { t } = useTranslation();
  const id = useId();
  const saving = useSaving();
  const status = useWatch("connection.status", {});
  const [typed, setTyped] = useState<Place | null>(null);
  const { port, listeners } = values;
  const places = useMemo(() => placesBySettings({ port, listeners }), [port, listeners]);
  const named = listeners.length > 0;
  const full = places.length >= mostPlaces;
  return (
    <Setting
      nameId={`${id}-name`}
      name={t("settings.places.label")}
      help={t("settings.places.help")}
      helpId={`${id}-help`}
      saving={saving}
    >
      <ul className={classes.places} aria-labelledby={`${id}-name`}>
        {places.map((place) => (
          <PlaceRow
            key={placeText(place)}
            place={place}
            places={places}
            named={named}
            port={port}
            status={status.value}
            save={(next) => void saving.save({ listeners: next })}
          />
        ))}
      </ul>
      <ConfirmInline
        verb={t("settings.places.add")}
        disabled={full}
        why={t("settings.places.full", { count: mostPlaces })}
        incomplete={typed === null}
        onConfirm={() => typed && void saving.save({ listeners: [...places, typed] })}
      >
        <p>{t("settings.places.addSentence")}</p>
        <PlaceForm from={nextPlace(places)} others={places} onRead={setTyped} />
      </ConfirmInline>
    </Setting>
  );
}

type RowProps = {
  place: Place;
  places: readonly Place[];
  /** Whether the places are named; else this one stands for the port. */
  named: boolean;
  port: number;
  status: CoreStatus | undefined;
  save: (places: Place[]) => void;
};

function PlaceRow({ place, places, named, port, status, save }: RowProps) {
  const { t } = useTranslation();
  const attempts = useWatch("connection.attempts", {});
  const [typed, setTyped] = useState<Place | null>(null);
  const others = useMemo(() => places.filter((one) => one !== place), [places, place]);
  const outcome = outcomeOf(place, status?.listening ?? []);
  const through = stationsThrough(outcome, foldAttempts(attempts.value ?? []));
  const loss = (of: "change" | "remove") => (
    <p>
      {t(`settings.places.loss.${of}`, { place: placeText(outcome ?? place) })}{" "}
      {through.length > 0 && t("settings.places.through", { count: through.length, stations: through.join(", ") })}
    </p>
  );
  return (
    <li className={classes.place}>
      <p>
        <code>{placeText(place)}</code> {t(`network.mode.${place.mode}`)}
      </p>
      <PlaceState place={place} outcome={outcome} status={status} />
      <div className={layout.row} data-gap="12">
        <ConfirmInline
          verb={t("settings.places.change")}
          incomplete={typed === null}
          onConfirm={() => typed && save(places.map((one) => (one === place ? typed : one)))}
        >
          {loss("change")}
          <PlaceForm from={place} others={others} onRead={setTyped} />
        </ConfirmInline>
        {named && (
          <ConfirmInline verb={t("settings.places.remove")} onConfirm={() => save(others)}>
            {loss("remove")}
            {others.length === 0 && <p>{t("settings.places.removeLast", { port: String(port) })}</p>}
          </ConfirmInline>
        )}
      </div>
    </li>
  );
}
