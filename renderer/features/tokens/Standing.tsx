import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { TokenEntry, TokenList } from "../../../src/services/tokens/contract.ts";
import type { Token } from "../../../src/station/model.ts";
import { shownToken } from "../../../src/station/views.ts";
import { useCall } from "../../core/core.tsx";
import { useDrawer } from "../../navigation/drawer.tsx";
import ui from "../../ui/ui.module.css";
import { emptyDraft, lookUp } from "./draft.ts";
import { TokenForm } from "./TokenForm.tsx";
import classes from "./tokens.module.css";

/** How a token that was shown stands in the list, and what can be done at once: to block it, to let it in again, to take it in. Where it
 * is not listed the entry that has its bytes the other way round is named. */
export function Standing({ token, list }: { token: Token; list: TokenList }) {
  const { value } = token;
  const { t } = useTranslation();
  const drawer = useDrawer();
  const save = useCall("tokens.save");
  const { listed, turned } = lookUp(value, list.tokens);
  const shown = shownToken(token);
  const blocked = listed?.status === "Blocked";
  const { lastSeenAt: _, ...entry } = listed ?? { value };
  const answer = (status: TokenEntry["status"]) => void save.run({ ...entry, status });
  const add = () =>
    drawer.open(<TokenForm key={value} start={{ ...emptyDraft, value }} fixed={false} />, t("tokens.form.addTitle"));
  return (
    <div className={classes.cell}>
      <div className={classes.doing}>
        {blocked && <span>{t("tokens.decisions.blocked")}</span>}
        {listed && !blocked && <span className="muted">{t("tokens.decisions.listed")}</span>}
        {!listed && (
          <Act name={t("tokens.decisions.addNamed", { token: shown })} onAct={add}>
            {t("tokens.decisions.add")}
          </Act>
        )}
        {blocked ? (
          <Act name={t("tokens.decisions.allowNamed", { token: shown })} onAct={() => answer("Accepted")}>
            {t("tokens.decisions.allow")}
          </Act>
        ) : (
          <Act name={t("tokens.decisions.blockNamed", { token: shown })} onAct={() => answer("Blocked")}>
            {t("tokens.decisions.block")}
          </Act>
        )}
      </div>
      {save.error && (
        <span className="small" role="alert">
          {t("tokens.decisions.notSaved")}
        </span>
      )}
      {turned && <span className="small muted">{t("tokens.decisions.turned", { token: turned.value })}</span>}
    </div>
  );
}

function Act({ name, onAct, children }: { name: string; onAct: () => void; children: string }) {
  // The row behind it opens the frame.
  function press(event: MouseEvent) {
    event.stopPropagation();
    onAct();
  }
  return (
    <button type="button" className={ui.link} aria-label={name} onClick={press}>
      {children}
    </button>
  );
}
