import { useTranslation } from "react-i18next";
import { Told } from "../Told.tsx";
import classes from "../ui.module.css";
import type { Change } from "./changes.ts";

/** Differences, place by place, in words and not by colour alone. */
export function ChangeList({ of: changes }: { of: readonly Change[] }) {
  const { t } = useTranslation();
  if (changes.length === 0) return <p className="muted">{t("common.frame.noChange")}</p>;
  return (
    <dl className={classes.changes}>
      {changes.map(({ path, before, after }) => (
        <div key={path}>
          <dt>
            <code>
              <Told text={path} />
            </code>
          </dt>
          <dd>
            {before !== undefined && after === undefined && `${t("common.frame.gone")} `}
            {before === undefined && `${t("common.frame.come")} `}
            {before !== undefined && (
              <del>
                <Told text={before} />
              </del>
            )}
            {before !== undefined && after !== undefined && " → "}
            {after !== undefined && (
              <ins>
                <Told text={after} />
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
