import { expect, it } from "vitest";
import { troublePage } from "./trouble-page.ts";
import { wordsOf } from "./words.ts";

it.each(["en", "sv"] as const)(
  "says why there are no screens, and what to do, in one page of its own: %s",
  async (language) => {
    const trouble = { times: 3, reason: '<exit 9> & "more"', dataFolder: "/home/it's" };
    const [head, page = ""] = troublePage(wordsOf(language), trouble).split(",");
    expect(head).toBe("data:text/html;charset=utf-8");
    const html = decodeURIComponent(page);
    expect(html).toContain("default-src 'none'");
    await expect(`${html.slice(html.indexOf("<main>"))}\n`).toMatchFileSnapshot(`told/trouble-${language}.txt`);
  },
);
