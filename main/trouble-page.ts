import type { Words } from "./words.ts";

/** A plain page, complete in its own URL, for the time when there is no core to serve one. */
export function troublePage(words: Words, trouble: { times: number; reason: string; dataFolder: string }): string {
  const html = `<!doctype html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(words.troubleTitle)}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 15vh auto; padding: 0 1.5rem; }
h1 { font-size: 1.25rem; }
code { overflow-wrap: anywhere; white-space: pre-wrap; }
</style></head><body><main>
<h1>${escapeHtml(words.troubleTitle)}</h1>
<p>${escapeHtml(words.troubleText(trouble.times))}</p>
<p>${escapeHtml(words.troubleCure)}</p>
<p>${escapeHtml(words.troubleReason)}: <code>${escapeHtml(trouble.reason)}</code></p>
<p>${escapeHtml(words.dataFolder)}: <code>${escapeHtml(trouble.dataFolder)}</code></p>
</main></body></html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
