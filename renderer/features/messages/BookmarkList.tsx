import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import { Busy, Failure, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import classes from "./messages.module.css";

/** The bookmarks of the record, each leading to its place in the list. */
export function BookmarkList() {
  const { t } = useTranslation();
  const all = useWatch("bookmarks.list", {});
  if (all.state === "loading") return <Busy what={t("common.loading")} />;
  if (all.state === "failed") return <Failure what={t("messages.bookmarksFailed")} error={all.error} />;
  if (all.value.length === 0) return <p className="muted">{t("messages.noBookmarks")}</p>;
  return (
    <ul className={classes.bookmarks} aria-label={t("messages.bookmarks")}>
      {all.value
        .toSorted((a, b) => a.seq - b.seq)
        .map(({ seq, at, station, action, note }) => (
          <li key={seq}>
            <a href={routeHash("messages", { station, seq })}>
              <Time at={at} />{" "}
              <strong>
                <Told text={action ?? ""} />
              </strong>{" "}
              <span className="muted">
                <Told text={station} />
              </span>
              {note !== undefined && (
                <div>
                  <Told text={note} />
                </div>
              )}
            </a>
          </li>
        ))}
    </ul>
  );
}
