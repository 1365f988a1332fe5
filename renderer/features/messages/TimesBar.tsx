import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { timeText } from "../../../src/words/format.ts";
import layout from "../../ui/layout.module.css";
import { type TimeMode, type Times, timeModes } from "./times.ts";

/** Chooses what the column of times tells, and says from which frame. */
export function TimesBar({ times, onTimes }: { times: Times; onTimes: (times: Times) => void }) {
  const { t } = useTranslation();
  const { mode, reference } = times;
  return (
    <div className={layout.row} data-gap="12">
      <Select
        w={176}
        aria-label={t("messages.times.label")}
        allowDeselect={false}
        value={mode}
        data={timeModes.map((value) => ({ value, label: t(`messages.times.${value}`) }))}
        onChange={(value) =>
          onTimes({ ...times, mode: timeModes.find((one): one is TimeMode => one === value) ?? mode })
        }
      />
      {mode === "reference" && (
        <span className="small muted" role="status">
          {reference
            ? t("messages.times.from", { seq: String(reference.seq), time: timeText(reference.at, true) })
            : t("messages.times.choose")}
        </span>
      )}
    </div>
  );
}
