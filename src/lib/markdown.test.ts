import { expect, test } from "vitest";
import { codeBlock, codeSpan, markdownText } from "./markdown.ts";

test.each([
  ["Märke Box 22-K", "Märke Box 22-K"],
  ["1.2.3-rc1", "1.2.3-rc1"],
  ["evil.example", "`evil.example`"],
  ["# heading", "`# heading`"],
  ["**bold** _x_", "`**bold** _x_`"],
  ["![i](https://evil.example/x.png)", "`![i](https://evil.example/x.png)`"],
  ["[a](javascript:x)", "`[a](javascript:x)`"],
  ["<img src=x onerror=y>", "`<img src=x onerror=y>`"],
  ["https://evil.example", "`https://evil.example`"],
  ["www.evil.example", "`www.evil.example`"],
  ["@maker", "`@maker`"],
  ["#12", "`#12`"],
  ["a | b", "`a | b`"],
  ["a\n\n# forged", "`a\\x0a\\x0a# forged`"],
  ["a `b` ``c", "```a `b` ``c```"],
  ["`", "`` ` ``"],
  [" x ", "`  x  `"],
  ["", "` `"],
  ["-", "`-`"],
  ["\u202eabc", "`\\u202eabc`"],
])("%j within Markdown is %j", (text, markdown) => {
  expect(markdownText(text)).toBe(markdown);
});

test("a code span holds words as well", () => {
  expect(codeSpan("some-rule")).toBe("`some-rule`");
});

test("a block cannot be ended from inside, and has a line for each text", () => {
  expect(codeBlock(["a ```", "```` b\n````"])).toBe("`````\na ```\n```` b\\x0a````\n`````");
});
