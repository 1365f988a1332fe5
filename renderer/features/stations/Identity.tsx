import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ageOf } from "../../../src/station/age.ts";
import { clockOff } from "../../../src/station/fold/own-clock.ts";
import type { LinkState, ProgressState, StationState } from "../../../src/station/model.ts";
import { closeCodeOf, closingOf } from "../../../src/station/phrases.ts";
import { durationText } from "../../../src/words/format.ts";
import { useSpoken } from "../../i18n/index.ts";
import { useFormat } from "../../ui/format/use-format.ts";
import { Facts, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import { Aged } from "./Aged.tsx";

/** Who the station is: identity, firmware, version, link, clock. */
export function Identity({ state }: { state: StationState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useSpoken();
  const { info, link, boot } = state;
  const meter = [info.meterType, info.meterSerialNumber].filter(Boolean).join(", ");
  return (
    <section>
      <h2>
        <Told text={state.identity} />
      </h2>
      <Facts
        of={[
          [t("stations.identity.vendor"), info.vendor],
          [t("stations.identity.model"), info.model],
          [t("stations.identity.serial"), info.serialNumber],
          [t("stations.identity.box"), info.boxSerialNumber],
          [t("stations.identity.firmware"), info.firmwareVersion],
          [t("stations.identity.meter"), meter],
          [t("stations.identity.sim"), info.iccid],
          [t("stations.identity.imsi"), info.imsi],
          [t("stations.identity.version"), state.ocpp && t("common.shell.version", { version: state.ocpp })],
          [t("stations.identity.link"), <LinkWord key="link" link={link} />],
          [t("stations.identity.closed"), link.state === "offline" && link.closed ? closedBy(link.closed) : null],
          [t("stations.identity.address"), link.remoteAddress],
          [
            t(link.baudRate === undefined ? "stations.identity.host" : "stations.identity.port"),
            link.port && lineText(),
          ],
          [
            t(link.carrier === "console" ? "stations.identity.consoleProfile" : "stations.identity.profile"),
            link.profile,
          ],
          [t("stations.identity.security"), security()],
          [t("stations.identity.boot"), boot && bootText(boot)],
          [t("stations.identity.clock"), clockText(clockOff(state))],
          [t("stations.identity.firmwareStatus"), state.firmware && progressText(state.firmware)],
          [t("stations.identity.diagnosticsStatus"), state.diagnostics && progressText(state.diagnostics)],
          [
            t("stations.identity.frames"),
            t("stations.identity.framesText", {
              in: format.number(state.frames.in),
              out: format.number(state.frames.out),
            }),
          ],
        ]}
      />
    </section>
  );

  function security(): string | undefined {
    if (link.securityProfile === undefined) return undefined;
    const channel = t(link.secure ? "common.shell.secure" : "common.shell.plain");
    const words = [t("common.shell.profile", { profile: link.securityProfile }), channel];
    if (link.compressed) words.push(t("stations.identity.compressed"));
    return words.join(", ");
  }

  function lineText(): string {
    const framing = link.framing && t(`stations.identity.framing.${link.framing}`);
    const unit = link.unit !== undefined && t("stations.identity.unit", { unit: link.unit });
    const baud = link.baudRate !== undefined && `${link.baudRate} baud`;
    return [link.port, unit, baud, link.frame, framing].filter(Boolean).join(", ");
  }

  function closedBy(closed: NonNullable<LinkState["closed"]>): string {
    const how = [closeCodeOf(closed), say(closingOf(closed.reason))].filter(Boolean).join(" ");
    return t(`stations.closed.${closed.cause}`) + (how && ` (${how})`);
  }

  function progressText({ status, at, frame }: ProgressState): ReactNode {
    const age = ageOf(state, frame);
    if (!age) return status;
    return (
      <span className="muted">
        <Told text={status} />, <Aged at={at} age={age} />
      </span>
    );
  }

  function bootText(last: NonNullable<StationState["boot"]>): ReactNode {
    const asked = last.asked && t(`stations.identity.bootAsked.${last.asked}`);
    return (
      <>
        <Time at={last.at} />, <Told text={[last.reason, last.answered, asked].filter(Boolean).join(", ")} />
      </>
    );
  }

  function clockText(off: ReturnType<typeof clockOff>): string | undefined {
    if (!off) return undefined;
    const { stationMs, ownMs } = off;
    const by = durationText(Math.abs(stationMs));
    const text =
      Math.abs(stationMs) < 1500
        ? t("stations.identity.clockExact")
        : t(stationMs > 0 ? "stations.identity.ahead" : "stations.identity.behind", { by });
    if (ownMs === 0) return text;
    const own = { by: durationText(Math.abs(ownMs)) };
    return `${text}, ${t(ownMs > 0 ? "stations.identity.ownForward" : "stations.identity.ownBack", own)}`;
  }
}

function LinkWord({ link }: { link: LinkState }) {
  const { t } = useTranslation();
  if (link.state === "never" || link.since === undefined) return t("stations.identity.never");
  const words = t(link.state === "online" ? "stations.identity.online" : "stations.identity.offline", { at: "" });
  return (
    <>
      {words.trim()} <Time at={link.since} />
    </>
  );
}
