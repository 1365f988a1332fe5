import { describe, expect, it } from "vitest";
import { maskFrame } from "./mask-frame.ts";

describe("a frame that others may see", () => {
  it.each([
    [
      "1.6 AuthorizationKey, and nothing else of the text",
      '[2, "1","ChangeConfiguration",{"key":"AuthorizationKey" ,"value":"s3cret\\"pass-0123"}]',
      '[2, "1","ChangeConfiguration",{"key":"AuthorizationKey" ,"value":"•••"}]',
    ],
    [
      "configured pins, beside what is none",
      '[3,"1",{"configurationKey":[{"key":"G_CardPin","value":"246810","readonly":false},{"key":"G_MaxCurrent","value":"32","readonly":false}]}]',
      '[3,"1",{"configurationKey":[{"key":"G_CardPin","value":"•••","readonly":false},{"key":"G_MaxCurrent","value":"32","readonly":false}]}]',
    ],
    [
      "2.x BasicAuthPassword, set",
      '[2,"1","SetVariables",{"setVariableData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},"attributeValue":"0123456789abcdef"}]}]',
      '[2,"1","SetVariables",{"setVariableData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},"attributeValue":"•••"}]}]',
    ],
    [
      "2.x BasicAuthPassword, reported",
      '[2,"1","NotifyReport",{"reportData":[{"variable":{"name":"BasicAuthPassword"},"variableAttribute":[{"type":"Actual","value":"0123456789abcdef"}]}]}]',
      '[2,"1","NotifyReport",{"reportData":[{"variable":{"name":"BasicAuthPassword"},"variableAttribute":[{"type":"Actual","value":"•••"}]}]}]',
    ],
    [
      "a password in an address",
      '[2,"1","GetDiagnostics",{"location":"ftp://joe:hunter22@192.0.2.1/"}]',
      '[2,"1","GetDiagnostics",{"location":"ftp://joe:•••@192.0.2.1/"}]',
    ],
    [
      "a frame that was cut in mid-secret",
      '[3,"1",{"configurationKey":[{"key":"AuthorizationKey","readonly":false,"value":"0123456789ab',
      '[3,"1",{"configurationKey":[{"key":"AuthorizationKey","readonly":false,"value":"•••',
    ],
    ["no secret", '[2,"1","Heartbeat",{}]', '[2,"1","Heartbeat",{}]'],
  ])("%s", (_about, text, masked) => {
    expect(maskFrame(text).text).toBe(masked);
  });

  it("masks in what is said about it", () => {
    const frame = maskFrame('[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"0123456789abcdef"}]');
    expect(frame.secrets("0123456789abcdef is too short")).toBe("••• is too short");
  });
});
