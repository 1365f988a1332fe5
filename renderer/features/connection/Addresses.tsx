import { useTranslation } from "react-i18next";
import type { CoreStatus, OwnAddress } from "../../../src/services/connection/contract.ts";
import { useWatch } from "../../core/core.tsx";
import { Busy, CopyButton, EmptyState, Failure } from "../../ui/parts.tsx";
import { QrCode } from "../../ui/QrCode.tsx";
import { sortAddresses } from "./addresses.ts";
import classes from "./connection.module.css";

/** What to type into a station, per usable address of the laptop. Follows changes of network. */
export function Addresses() {
  const { t } = useTranslation();
  const status = useWatch("connection.status", {});
  if (status.state === "failed") return <Failure what={t("connection.failed")} error={status.error} />;
  if (status.state === "loading") return <Busy what={t("connection.loading")} />;
  const { usable, rest } = sortAddresses(status.value.addresses);
  return (
    <section className={classes.addresses}>
      <PortNotice status={status.value} />
      {usable.length === 0 ? (
        <EmptyState title={t("connection.none")}>{t("connection.noneHint")}</EmptyState>
      ) : (
        <>
          <p>{t("connection.lead")}</p>
          <AddressList of={usable} large />
          <p className="muted">{t("connection.identityPart")}</p>
        </>
      )}
      {rest.length > 0 && (
        <details open={usable.length === 0}>
          <summary className={classes.more}>{t("connection.more", { count: rest.length })}</summary>
          <AddressList of={rest} />
        </details>
      )}
    </section>
  );
}

function PortNotice({ status }: { status: CoreStatus }) {
  const { t } = useTranslation();
  const shut = status.listening.filter(({ problem }) => problem !== undefined);
  const moved = status.listening.filter(({ port, wanted, problem }) => wanted !== port && problem === undefined);
  return (
    <>
      {shut.length === status.listening.length && <p className={classes.notice}>{t("connection.notListening")}</p>}
      {shut.map(({ host, port, problem }) => (
        <p className={classes.notice} key={`${host} ${port}`}>
          {t("connection.portShut", { place: `${host}:${port}`, problem })}
        </p>
      ))}
      {moved.map(({ host, port, wanted }) => (
        <p className={classes.notice} key={`${host} ${port}`}>
          {t("connection.portTaken", { port: String(port), wanted: String(wanted) })}
        </p>
      ))}
    </>
  );
}

function AddressList({ of, large }: { of: readonly OwnAddress[]; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.list}>
      {of.map((address) => (
        <li key={address.url}>
          <div className={classes.address}>
            <code className={large ? classes.url : undefined}>{address.url}</code>
            <CopyButton text={address.url} />
            <span className="muted small">
              {t(`connection.kind.${address.kind}`, { network: address.network })}
              {address.linkLocal && `, ${t("connection.linkLocal")}`}
              {`, ${t(`network.likelihood.${address.likelihood}`)}`}
            </span>
          </div>
          <details>
            <summary className={classes.more}>{t("network.qr")}</summary>
            <QrCode text={address.url} label={t("network.qrOf", { text: address.url })} />
          </details>
        </li>
      ))}
    </ul>
  );
}
