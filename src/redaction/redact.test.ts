import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { redact, redactValue, secretsIn } from "./redact.ts";
import { isSecretName } from "./secret-names.ts";

test("secrets are known by their names, letter case and separators aside", () => {
  const secret = [
    ...[
      "AuthorizationKey",
      "authorization_key",
      "AUTHORIZATION-KEY",
      "BasicAuthPassword",
      "basicAuthPassword",
      "passwd",
    ],
    ...["WifiPSK", "wifi.key", "ApnPassword", "simPin", "G_CardPin", "sim_pin", "PIN", "pin", "pinCode", "VpnKey"],
    ...[
      "presharedKey",
      "private_key",
      "x-api-key",
      "clientSecret",
      "access_token",
      "Passphrase",
      "ftpPass",
      "pass",
      "pwd",
    ],
    ...["Authorization", "Proxy-Authorization", "Cookie", "set-cookie", "G_Authentication"],
  ];
  const open = [
    ...["AuthorizeRemoteTxRequests", "MaxKeys", "key", "idToken", "token", "publicKey", "spin", "Shipping", "compass"],
    ...[
      "MasterPassGroupId",
      "AuthorizationCacheEnabled",
      "LocalPreAuthorize",
      "apnAuthentication",
      "HeartbeatInterval",
      "pinned",
      "bypass",
    ],
  ];
  expect(secret.filter((name) => !isSecretName(name))).toEqual([]);
  expect(open.filter((name) => isSecretName(name))).toEqual([]);
  expect(isSecretName(undefined)).toBe(false);
});

describe("a text that others may see", () => {
  it.each([
    [
      "1.6 AuthorizationKey, and nothing else of the text",
      '[2, "1","ChangeConfiguration",{"key":"AuthorizationKey" ,"value":"s3cret\\"pass-0123"}]',
      '[2, "1","ChangeConfiguration",{"key":"AuthorizationKey" ,"value":"•••"}]',
    ],
    [
      "a value before its name, escapes in the name, and a number",
      '{"configurationKey":[{"value":"a","key":"authorization\\u004bey"},{"key":"CardPin","value":1234}]}',
      '{"configurationKey":[{"value":"•••","key":"authorization\\u004bey"},{"key":"CardPin","value":"•••"}]}',
    ],
    [
      "configured pins, beside what is none",
      '[3,"1",{"configurationKey":[{"key":"G_CardPin","value":"246810","readonly":false},{"key":"G_MaxCurrent","value":"32","readonly":false}]}]',
      '[3,"1",{"configurationKey":[{"key":"G_CardPin","value":"•••","readonly":false},{"key":"G_MaxCurrent","value":"32","readonly":false}]}]',
    ],
    [
      "2.x BasicAuthPassword, set",
      '{"setVariableData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},"attributeValue":"s3cret"}]}',
      '{"setVariableData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},"attributeValue":"•••"}]}',
    ],
    [
      "2.x BasicAuthPassword, reported",
      '{"reportData":[{"variableAttribute":[{"type":"Actual","value":"s3cret"}],"variable":{"name":"BasicAuthPassword"}},{"variable":{"name":"Model"},"variableAttribute":[{"value":"M"}]}]}',
      '{"reportData":[{"variableAttribute":[{"type":"Actual","value":"•••"}],"variable":{"name":"BasicAuthPassword"}},{"variable":{"name":"Model"},"variableAttribute":[{"value":"M"}]}]}',
    ],
    [
      "2.x a network profile, whole",
      '{"connectionData":{"basicAuthPassword":"a","ocppCsmsUrl":"wss://u:b@h/","apn":{"apn":"net","apnPassword":"c","simPin":1234},"vpn":{"server":"s","user":"joe","key":"d","password":"e"}}}',
      '{"connectionData":{"basicAuthPassword":"•••","ocppCsmsUrl":"wss://u:•••@h/","apn":{"apn":"net","apnPassword":"•••","simPin":"•••"},"vpn":{"server":"s","user":"joe","key":"•••","password":"•••"}}}',
    ],
    [
      "2.x pins (C04.FR.04), and no other tokens",
      '[{"idToken":{"idToken":"1234","type":"KeyCode"}},{"idToken":{"type":"ISO14443","idToken":"04AA"}},{"token":{"value":"9","type":"keycode"}}]',
      '[{"idToken":{"idToken":"•••","type":"KeyCode"}},{"idToken":{"type":"ISO14443","idToken":"04AA"}},{"token":{"value":"•••","type":"keycode"}}]',
    ],
    [
      "2.x events about a secret",
      '{"eventData":[{"actualValue":"x","variable":{"name":"Password"}}]}',
      '{"eventData":[{"actualValue":"•••","variable":{"name":"Password"}}]}',
    ],
    [
      "vendors' data, also as JSON in a text, and in depth",
      '{"messageId":"SetWifiPassword","data":"s3cret","more":"{\\"psk\\":\\"x\\",\\"n\\":1}","passwords":{"a":["b",true]}}',
      '{"messageId":"SetWifiPassword","data":"•••","more":"{\\"psk\\":\\"•••\\",\\"n\\":1}","passwords":{"a":["•••",true]}}',
    ],
    [
      "what our findings say was said there",
      '{"rule":"too-long","where":"SetNetworkProfile /connectionData/basicAuthPassword","said":"s3cret"}',
      '{"rule":"too-long","where":"SetNetworkProfile /connectionData/basicAuthPassword","said":"•••"}',
    ],
    [
      "addresses to send files to",
      '{"location":"ftp://joe:hunter2@192.0.2.1/","b":"https://s3.example/b?X-Amz-Credential=AK&X-Amz-Signature=ff&x=1","c":"https://a.example/c?sv=2&sig=aa%3D&se=3"}',
      '{"location":"ftp://joe:•••@192.0.2.1/","b":"https://s3.example/b?X-Amz-Credential=•••&X-Amz-Signature=•••&x=1","c":"https://a.example/c?sv=2&sig=•••&se=3"}',
    ],
    [
      "private keys",
      '{"pem":"-----BEGIN EC PRIVATE KEY-----\\nMHc\\n-----END EC PRIVATE KEY-----\\n","cert":"-----BEGIN CERTIFICATE-----\\nMII\\n"}',
      '{"pem":"-----BEGIN EC PRIVATE KEY-----•••-----END EC PRIVATE KEY-----\\n","cert":"-----BEGIN CERTIFICATE-----\\nMII\\n"}',
    ],
    [
      "a frame that was cut in mid-secret",
      '[3,"1",{"configurationKey":[{"key":"AuthorizationKey","readonly":false,"value":"0123456789ab',
      '[3,"1",{"configurationKey":[{"key":"AuthorizationKey","readonly":false,"value":"•••',
    ],
    [
      "JSON that is broken",
      "[2,1,SetWifi,{'password':'a b', psk: c, \"pin\": \"d\"]",
      "[2,1,SetWifi,{'password':'•••', psk: •••, \"pin\": \"•••\"]",
    ],
    ["JSON within words", 'said {"password":"x"} to "me"', 'said {"password":"•••"} to "me"'],
    ["pairs", "password=x; port=21 wifi-psk: y", "password=•••; port=21 wifi-psk: •••"],
    ["a header", "GET / HTTP/1.1\nAuthorization: Basic a b\nHost: x", "GET / HTTP/1.1\nAuthorization: •••\nHost: x"],
    ["schemes", "sent Basic dTpw and Bearer 0123456789abcdef", "sent Basic dTpw and Bearer •••"],
    ["credentials of HTTP", "sent Basic am9lOmh1bnRlcjI=", "sent Basic •••"],
    ["signed tokens", "t eyJhbGciOiJI.eyJzdWIiOiIx.c2ln", "t •••"],
    ["a token for a user", "https://ghp_abc@host/x", "https://•••@host/x"],
  ])("has no secret: %s", (_about, text, told) => {
    expect(redact(text)).toBe(told);
    expect(redact(told)).toBe(told);
  });

  it.each([
    '[2,"1","Heartbeat",{}]',
    '{ "key" : "HeartbeatInterval",  "value":"10" , "n": 9223372036854775807, "e": 1e400 }',
    '{"key":"AuthorizationKey","readonly":false}',
    "It listens on ws://127.0.0.1:9000.",
    "Write it tcp://host:port or rfc2217://HOST:PORT.",
    "http://10.0.0.1:8080/a@b mailto:a@b 12:30:01 key=value",
    '{"vendor":"Basic Charger","model":"Bearer: none"}',
    "no json",
    "",
    "]}],:{",
  ])("is as it was where there is none: %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  it("may be nested as deep as it likes", () => {
    const deep = `${'{"a":['.repeat(100_000)}{"password":"x"}`;
    expect(redact(deep)).toBe(`${'{"a":['.repeat(100_000)}{"password":"•••"}`);
  });

  test("is JSON of the same shape, and the secret is not in it, wherever it stood", () => {
    const secret = "hunter2-hunter2";
    const places: ((value: string) => unknown)[] = [
      (value) => ({ key: "AuthorizationKey", value }),
      (value) => ({ variable: { name: "BasicAuthPassword" }, attributeValue: value }),
      (value) => ({ variable: { name: "x.Password" }, variableAttribute: [{ value }] }),
      (value) => ({ connectionData: { vpn: { key: value } } }),
      (value) => ({ idToken: { type: "KeyCode", idToken: value } }),
      (value) => ({ location: `ftp://u:${value}@h/` }),
      (value) => ({ data: JSON.stringify({ inner: JSON.stringify({ psk: value }) }) }),
      (value) => ({ wifi_password: { list: [value, { deep: value }] } }),
    ];
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(...places), fc.json(), (before, place, after) => {
        const text = `[2,${before},${JSON.stringify(place(secret))},${after}]`;
        const told = redact(text);
        expect(told).not.toContain(secret);
        expect(JSON.parse(told)).toHaveLength(4);
        // Nor where the text is cut behind it.
        expect(redact(text.slice(0, text.indexOf(secret) + secret.length))).not.toContain(secret);
      }),
    );
  });

  test("never throws, and what was told once is told again", () => {
    const pieces = fc.constantFrom(
      ...'{}[]",:\\ \n'.split(""),
      '"password"',
      '"value"',
      '"key"',
      "•••",
      "=",
      "//a:b@",
      "pin",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
        const told = redact(parts.join(""));
        expect(redact(told)).toBe(told);
      }),
    );
  });
});

test("a value is told without its secrets", () => {
  expect(redactValue({ args: { payload: '{"password":"x"}' }, n: 1 })).toEqual({
    args: { payload: '{"password":"•••"}' },
    n: 1,
  });
  expect(redactValue(undefined)).toBeUndefined();
});

test("secrets and cards get the stand-ins that are given", () => {
  const standIns = { secret: (value: string) => `s(${value})`, card: (value: string) => `c(${value})` };
  const text = '{"idTag":"04AA","idToken":{"idToken":"1","type":"KeyCode"},"token":{"value":"04BB"},"password":"x"}';
  expect(redact(text, standIns)).toBe(
    '{"idTag":"c(04AA)","idToken":{"idToken":"s(1)","type":"KeyCode"},"token":{"value":"c(04BB)"},"password":"s(x)"}',
  );
});

test("the secrets of a frame are found as they were meant", () => {
  expect(secretsIn('[2,"1","A",{"password":"a\\u0041\\n","pin":7,"n":8}]')).toEqual(["aA\n", "7"]);
});

test("a text that shows no sign of a secret is told as one that is looked through", () => {
  const looked = (text: string) => redact(text, { secret: () => "•••", card: (value) => value });
  const words = [
    "a",
    "text",
    "KeyCode",
    "token",
    "idToken",
    "pass",
    '{"a":',
    '"b"',
    "}",
    "[",
    "]",
    ",",
    "//u:p@h",
    "eyJhbGciOi.eyJzdWIiOiI",
  ];
  const more = ['\\"', "\\u0070assword", "\\/\\/", "basic YTpiY2Rl", "pin", "x=1", "\\\\", "\\n"];
  const text = fc.array(fc.constantFrom(...words, ...more), { maxLength: 12 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (given) => redact(given) === looked(given)),
    { numRuns: 2000 },
  );
});

test("what stands bare in broken JSON is looked at as text", () => {
  const token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0";
  expect(redact(`{"a":${token},"b":"x"}`)).toBe('{"a":•••,"b":"x"}');
  expect(redact(`{"a":true,"b":null,"c":false,"d":-1.5e3}`)).toBe('{"a":true,"b":null,"c":false,"d":-1.5e3}');
});

test("JSON within JSON is looked into eight deep", () => {
  const nested = (depth: number): string => {
    let text = JSON.stringify({ password: "hunter2" });
    for (let level = 0; level < depth; level++) text = JSON.stringify({ data: text });
    return text;
  };
  for (const depth of [0, 1, 7]) expect(redact(nested(depth))).not.toContain("hunter2");
});
