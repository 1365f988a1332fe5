import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CoreStatus, OwnAddress } from "../../../src/services/connection/contract.ts";
import { useWatch } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Busy, CopyButton, EmptyState, Failure } from "../../ui/parts.tsx";
import { QrCode } from "../../ui/QrCode.tsx";
import ui from "../../ui/ui.module.css";
import { placeText, problemText, sortAddresses, urlsFor } from "./address-list.ts";
import classes from "./connection.module.css";

/** What to type into a station, per usable address of the laptop. Follows changes of network. */
export function Addresses() {
  const { t } = useTranslation();
  const status = useWatch("connection.status", {});
  if (status.state === "failed") return <Failure what={t("connection.failed")} error={status.error} />;
  if (status.state === "loading") return <Busy what={t("connection.loading")} />;
  const { addresses } = status.value;
  const { usable, rest } = sortAddresses(addresses.filter(({ urls }) => urls.ws ?? urls.wss));
  // The laptop may be on a network, and no port open to it.
  const none = sortAddresses(addresses).usable.length === 0 ? "none" : "unreached";
  return (
    <section className={classes.addresses}>
      <PortNotice status={status.value} />
      {usable.length === 0 ? (
        <EmptyState title={t(`connection.${none}`)}>{t(`connection.${none}Hint`)}</EmptyState>
      ) : (
        <>
          <p>{t("connection.lead")}</p>
          <Ways of={usable} large />
          <p className="muted">{t("connection.identityPart")}</p>
        </>
      )}
      {rest.length > 0 && (
        <details open={usable.length === 0}>
          <summary className={ui.more}>{t("connection.more", { count: rest.length })}</summary>
          <Ways of={rest} />
        </details>
      )}
    </section>
  );
}

function PortNotice({ status }: { status: CoreStatus }) {
  const { t } = useTranslation();
  const shut = status.listening.filter(({ problem }) => problem !== undefined);
  const noTls = status.listening.filter(({ mode, problem }) => mode !== "ws" && !status.secure && !problem);
  const shadowed = status.listening.filter((place) => place.shadowed);
  const moved = status.listening.filter(({ port, wanted, problem }) => wanted !== port && problem === undefined);
  return (
    <>
      {shut.length === status.listening.length && <p className={ui.notice}>{t("connection.notListening")}</p>}
      {shut.map(({ host, port, problem, heldBy }) => (
        <p className={ui.notice} key={`${host} ${port}`}>
          {t("connection.portShut", { place: placeText({ host, port }), problem: problemText(t, problem) })}
          <Holder program={heldBy} />
        </p>
      ))}
      {noTls.map((place) => (
        <p className={ui.notice} key={`${place.host} ${place.port}`}>
          {t("connection.noTls", { place: placeText(place) })}
        </p>
      ))}
      {shadowed.map(({ host, port, heldBy }) => (
        <p className={ui.notice} key={`${host} ${port}`}>
          {t("connection.shadowed", { port: String(port) })}
          <Holder program={heldBy} />
        </p>
      ))}
      {moved.map(({ host, port, wanted, heldBy }) => (
        <p className={ui.notice} key={`${host} ${port}`}>
          {t("connection.portTaken", { port: String(port), wanted: String(wanted) })}
          <Holder program={heldBy} />
        </p>
      ))}
    </>
  );
}

/** The other program, where the system names it. */
function Holder({ program }: { program: string | undefined }) {
  const { t } = useTranslation();
  return program === undefined ? null : ` ${t("connection.heldBy", { program })}`;
}

/** What to type, first without encryption, then with it; each with when to take it. */
function Ways({ of, large }: { of: readonly OwnAddress[]; large?: boolean }) {
  const { t } = useTranslation();
  return (["ws", "wss"] as const).map((way) => {
    const urls = urlsFor(of, way);
    if (urls.length === 0) return null;
    return (
      <div className={classes.way} key={way}>
        <h2>{t(`connection.${way}.title`)}</h2>
        <p className="muted">
          {t(`connection.${way}.when`)}{" "}
          {way === "wss" && (
            <a className={classes.link} href={routeHash("certificates")}>
              {t("connection.wss.root")}
            </a>
          )}
        </p>
        <ul className={layout.list} data-gap="12">
          {urls.map(({ text, address }) => (
            <Url key={text} text={text} address={address} large={large} />
          ))}
        </ul>
      </div>
    );
  });
}

function Url({ text, address, large }: { text: string; address: OwnAddress; large?: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div className={classes.address}>
        <code className={large ? classes.url : undefined}>{text}</code>
        <CopyButton text={text} />
        <button type="button" className={ui.link} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t("network.qr")}
        </button>
      </div>
      <p className="muted small">
        {t(`connection.kind.${address.kind}`, { network: address.network })}
        {address.linkLocal && `, ${t("connection.linkLocal")}`}
        {`, ${t(`network.likelihood.${address.likelihood}`)}`}
      </p>
      {open && <QrCode text={text} label={t("network.qrOf", { text })} />}
    </li>
  );
}
