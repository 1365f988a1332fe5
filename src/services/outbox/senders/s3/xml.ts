/** The texts of all elements of a name. S3's answers are flat enough to be read so; what they hold is taken by name and never run. */
export function textsOf(xml: string, name: string): string[] {
  const found: string[] = [];
  const [begin, end] = [`<${name}>`, `</${name}>`];
  for (let at = xml.indexOf(begin); at !== -1; at = xml.indexOf(begin, at)) {
    const to = xml.indexOf(end, at);
    if (to === -1) break;
    found.push(unescaped(xml.slice(at + begin.length, to)));
    at = to;
  }
  return found;
}

/** The text of the first element of a name; null where there is none. */
export function textOf(xml: string, name: string): string | null {
  return textsOf(xml, name)[0] ?? null;
}

const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&", "#34": '"', "#39": "'" };

function unescaped(text: string): string {
  return text.replace(/&(#?\w{1,6});/g, (whole, name: string) => entities[name] ?? whole);
}

/** A text as it stands in XML. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
