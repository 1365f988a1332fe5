const fields = "input, select, textarea";
const apart =
  "p, div, li, h1, h2, h3, h4, tr, section, header, figure, summary, output, form, legend, caption, option, aside, pre";
/** What else a hand or a screen reader finds at an element: told where `everything` is asked for. */
const facts = [
  ...["tabindex", "aria-expanded", "aria-live", "aria-setsize", "aria-posinset", "aria-valuenow", "aria-valuemax"],
  ...["type", "placeholder", "min", "max", "step", "maxlength", "inputmode", "readonly", "required", "accept"],
  ...["download", "target", "open", "data-changed", "data-selected", "data-passed", "data-pinned", "data-stacked"],
  "data-filter",
];
/** What a field, a button or a part is where nobody said otherwise. */
const usual = new Set(["type=text", "type=button", "type=radio", "type=checkbox"]);
const markOf: Readonly<Record<string, string>> = { alert: "!", status: "…" };

/** What an element says, line by line, as somebody reads it who cannot see it: `[Button]`, `[Button] (why it cannot be pressed)`,
 * `[x] Switch`, `Field: what stands in it`, `<Link> where it leads`, `! a failure`, cells of a table between bars. A moment is told by the
 * time it is of, in UTC, wherever the test runs; a colour that means something stands as `~tone`.
 * @param everything also how it is reached and filled in, as `‹focus type=number min=0 title›` before what it says */
export function linesOf(root: Element, everything = false): string[] {
  const lines: string[] = [""];
  const say = (text: string) => {
    lines[lines.length - 1] += text;
  };
  const end = () => {
    if (!/^[!… ]*$/.test(lines.at(-1) ?? "")) lines.push("");
  };
  const alone = (text: string) => {
    if (!lines.at(-1)?.endsWith("› ")) end();
    say(text);
    end();
  };

  function read(node: Node): void {
    if (node instanceof Text) return say(node.data.replace(/\s+/g, " "));
    if (!(node instanceof Element)) return;
    const tone = node.getAttribute("data-tone");
    if (tone !== null) say(`~${tone} `);
    if (node.matches("[data-old], .old")) say("~old ");
    if (isUnseen(node)) return;
    if (node instanceof HTMLLabelElement && node.control && node.contains(node.control)) return read(node.control);
    if (node.matches("td + td, th + th, th + td, td + th")) say(" | ");
    const block = node.matches(apart);
    if (everything) {
      const found = factsOf(node);
      if (found !== "" && (block || node.matches(`button, a, [role=option], ${fields}`))) end();
      say(found);
    }
    if (node.matches("time")) return say(node.getAttribute("datetime") ?? "");
    if (node.matches("button, [role=option]")) return alone(buttonOf(node));
    if (node.matches("a")) return alone(`<${wordsOf(node)}> ${node.getAttribute("href") ?? ""}`);
    if (node.matches(fields)) return alone(fieldOf(node as HTMLInputElement));
    if (node.matches("svg")) return say(drawingOf(node));
    // A field says its label itself.
    if (node instanceof HTMLLabelElement && node.control) return;
    if (block) end();
    else if (node.previousSibling instanceof Element && !node.matches("dd")) say(" ");
    const named = node.getAttribute("aria-label");
    if (named !== null) alone(`{${named}}`);
    const mark = markOf[node.getAttribute("role") ?? ""];
    if (mark !== undefined) say(`${mark} `);
    if (node.matches("dd")) say(": ");
    for (const child of node.childNodes) read(child);
    if (mark !== undefined && lines.at(-1) === `${mark} `) lines[lines.length - 1] = "";
    if (block) end();
  }

  read(root);
  return lines.map((line) => line.replace(/\s+/g, " ").trim()).filter((line) => line !== "");
}

function factsOf(element: Element): string {
  const said = facts.flatMap((name) => {
    const value = element.getAttribute(name);
    const short = name.replace(/^(aria|data)-/, "");
    return value === null || usual.has(`${name}=${value}`) ? [] : [value === "" ? short : `${short}=${value}`];
  });
  if (element.matches("section, form, ul, fieldset")) {
    const ids = element.getAttribute("aria-labelledby")?.split(" ") ?? [];
    said.push(...ids.map((id) => `named "${document.getElementById(id)?.textContent ?? "by nothing"}"`));
  }
  // What is within a button or a link is told in one line.
  if (element.matches("button, a")) {
    const tones = [...element.querySelectorAll("[data-tone]")].map((one) => `~${one.getAttribute("data-tone")}`);
    said.push(...new Set(tones));
    said.push(...[...element.querySelectorAll("[title]")].map((one) => `"${one.getAttribute("title")}"`));
  }
  // A column of numbers stands at the right.
  if (element.matches("th[data-number=true]")) said.push("numbers");
  if (element === document.activeElement) said.unshift("focus");
  const title = element.getAttribute("title");
  if (title !== null && !element.matches(":disabled, [aria-disabled=true]")) said.push(`"${title}"`);
  return said.length === 0 ? "" : `‹${said.join(" ")}› `;
}

function isUnseen(element: Element): boolean {
  if (element.matches("script, style, template, [aria-hidden=true], [hidden], input[type=hidden]")) return true;
  return element instanceof HTMLElement && element.style.display === "none";
}

function buttonOf(button: Element): string {
  const off = button.matches(":disabled, [aria-disabled=true]");
  const on = button.matches("[aria-pressed=true], [aria-current]:not([aria-current=false]), [aria-selected=true]")
    ? "*"
    : "";
  const why = button.getAttribute("title");
  return `[${nameOf(button) || wordsOf(button)}]${on}${off ? ` (${why ?? "off"})` : ""}`;
}

function fieldOf(field: HTMLInputElement): string {
  const label = nameOf(field) || [...(field.labels ?? [])].slice(0, 1).map(wordsOf).join("") || field.placeholder;
  const off = field.disabled ? " (off)" : "";
  if (field.type === "radio") return `(${field.checked ? "o" : " "}) ${label}${off}`;
  if (field.type === "checkbox") return `[${field.checked ? "x" : " "}] ${label}${off}`;
  return `${label}: ${field.value}${off}${field.getAttribute("aria-invalid") === "true" ? " (not right)" : ""}`;
}

function nameOf(element: Element): string {
  return element.getAttribute("aria-label") ?? "";
}

/** A drawing has a name, or is kept from who cannot see it; the signs of the library's fields are its own. */
function drawingOf(svg: Element): string {
  if (svg.closest("[class*=mantine-Input], [class*=mantine-Checkbox]")) return "";
  return `{${nameOf(svg) || "a drawing without a name"}}`;
}

/** All its text, in one line. */
function wordsOf(element: Element): string {
  const words = [...element.childNodes].map((node) => {
    if (node instanceof Element && node.matches("time")) return node.getAttribute("datetime") ?? "";
    if (node instanceof Element && !isUnseen(node) && node.matches("svg")) return drawingOf(node);
    if (node instanceof Element) return isUnseen(node) ? "" : wordsOf(node);
    return node.textContent ?? "";
  });
  return words.join(" ").replace(/\s+/g, " ").trim();
}
