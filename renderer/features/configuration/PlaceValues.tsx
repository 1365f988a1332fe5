import { useState } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import { type ConfiguredValue, nameOf } from "../../../src/station/fold/configuration.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { FrameView } from "../../ui/frames/FrameView.tsx";
import { type Column, DataTable } from "../../ui/lists/DataTable.tsx";
import { Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import classes from "./configuration.module.css";
import type { ConfigurationGroup } from "./groups.ts";

/** The values of one place, folded up where there are many places. A row opens the frame that told it.
 * @param open whether it begins unfolded: give it another key where that changes */
export function PlaceValues({ group, open }: { group: ConfigurationGroup; open: boolean }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const [unfolded, setUnfolded] = useState(open);
  const columns: Column<ConfiguredValue>[] = [
    { id: "name", head: t("configuration.name"), cell: nameOf },
    { id: "value", head: t("configuration.value"), cell: (one) => <Value of={one} /> },
    {
      id: "access",
      head: t("configuration.access"),
      cell: ({ mutability }) => <span className={classes.access}>{accessWord(mutability)}</span>,
    },
    { id: "told", head: t("configuration.told"), cell: ({ at }) => <Time at={at} /> },
  ];
  const table = (
    <DataTable
      rows={group.values}
      columns={columns}
      rowKey={(one) => `${one.name}|${one.instance}|${one.attribute}`}
      label={group.place === "" ? t("common.screens.configuration") : shownText(group.place)}
      onOpen={({ frame }) => drawer.open(<FrameView seq={frame} />, t("common.frame.title", { seq: String(frame) }))}
    />
  );
  if (group.place === "") return table;
  return (
    <details open={open} onToggle={(event) => setUnfolded(event.currentTarget.open)}>
      <summary className={classes.place}>
        <strong>
          <Told text={group.place} />
        </strong>{" "}
        <span className="muted">{t("configuration.count", { count: group.values.length })}</span>
      </summary>
      {unfolded && table}
    </details>
  );

  function accessWord(mutability: string | undefined): string {
    if (mutability === "ReadOnly" || mutability === "ReadWrite" || mutability === "WriteOnly")
      return t(`configuration.mutability.${mutability}`);
    return shownText(mutability ?? "");
  }
}

/** A value as it was told; one that was not told is not empty. */
function Value({ of: { value, unit, mutability } }: { of: ConfiguredValue }) {
  const { t } = useTranslation();
  if (value === undefined)
    return (
      <span className="muted">{t(mutability === "WriteOnly" ? "configuration.hidden" : "configuration.notTold")}</span>
    );
  if (value === "") return <span className="muted">{t("configuration.empty")}</span>;
  return (
    <span className={classes.value}>
      <Told text={unit ? `${value} ${unit}` : value} />
    </span>
  );
}
