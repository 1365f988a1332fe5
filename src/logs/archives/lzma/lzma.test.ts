import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { gather } from "../../../../test/harness/bytes.ts";
import { words } from "../../../station/phrases.ts";
import { ByteReader } from "../../bytes/reader.ts";
import { usualLimits } from "../limits.ts";
import { unpackLzma2 } from "./lzma2.ts";
import { unpackXz } from "./xz.ts";

async function* streamOf(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}
const unpacked = async (bytes: Buffer, limits = {}) =>
  Buffer.concat(await gather(unpackXz(streamOf(bytes), { ...usualLimits, ...limits })));

/** Letters a and b by chance, always the same. */
function lettersByChance(count: number): string {
  let seed = 1;
  return Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return "ab"[(seed >> 16) & 1];
  }).join("");
}

/** Packed by liblzma 5.4: 3500 letters six times over, with a dictionary of 4096 bytes. */
const comesRound = Buffer.from(
  "/Td6WFoAAAFpIt42AgAhAQAAAAA3J5fW4FIHAqZdADDhh0YBERPhehdYkLEgsoiqPRevTTC8zL9fCfCd71ahsClDZQgCZVkiXci6d/HH2DKMvDp8em0CjzSn9wRVUllgMS3n7XGpzoaS2Kc0V6GrdmKaUP32RuYisYVuGDBs+jQivp/pMc0zaxkHyczMtdqdJNABWL/yLilZDw5VcJlMpI/G1HIVl40DSG4yLmirdkQPpr6JWDOjlZkl5ldf5F1X4fGp6UZi+gYWyAqbAD48mnYg2gGqorFc3CMcn/IEDtvkViDPCxnVGuvIDWNHvEFKL5o6XpFTpG3alLp6oGfY1/FTYe1jwilaPCZcpqRUD9R0RcF0GpptCC6JNHMGgT6cD+W+UsR6BSyFXczc9V+0uZHtJ6Q6eCjHilKd4LjLw+PTL1IGBQal+BGBV+cr/dotlu/uDZ7ENJiAVTR0EL1hqy2dsP/+hVRQB6dYXn0pQSpRwWmuZgMbdQsp1QXMgpo+rgd1xpboVWrdST8AA7tihCQ705uCZfOK5j3ZSQFrFw5bK2rsn+YJdZjjgF76JuyoGPTy6eaoW1E/eFrCPd9nqh0tB+TfwBI69+5h5pdk3scPpXBrVeLyVIqfjdPdojEZ2fhOYq31EUJp7hKpXzw9OWModUpWEvH79Zl7UGiROot8cefTgdRopWyH3+hhHafws1ndL3N25WlMzKqErMdAp+/B1Bv7nZ7U7ugZqQrGsgg5bPZGaNj4zHgkOnqgOvbqU9NsadBF1KTHVnhCFp65SUNmGFYOVGELNaXtt1Z+9BrCYVAmeiuEho4MQOSD1EBt3D6ZIKJgi/ouhlO+0SldcnF+5fRq1HnqExZuvGUYmETGhRaSnmF6eAc+j/Vua3irQe/mfsAx6wlRggGsrt1ycSYPy5RbGyn/RoHI5DwowS+tbTmuAAAAAGuN4i0AAb4FiKQBAIFz8sQ+MA2LAgAAAAABWVo=",
  "base64",
);
/** 400 000 zeros between two lists of numbers that are the same, with a dictionary of a megabyte. */
const reachesFar = Buffer.from(
  "/Td6WFoAAAFpIt42AgAhARAAAACocI6G5h2lAXBdABgIAmK9usRaUyBxk0Z9dRRQ4C6GUBVLSXizmwjl8jakTvwK5mdkD9yXyLoSnghEf2pTI+i/25guJJdVOKxs/Cubql94O+uY9MQifeJhPXatJcSp1xXBnymOu2TgnAiEtDA0/XV0WeBEdxSJ7sDJm/Gg/3p9U0DeDMS+M6EuWgyY+X52CzJfPu9DbQBgtvwZHRYT+4tLz6p4wn6HiZHuV9Zb1Wg+EKX+xC4ijC/5sffLUNXSk5Dm6aSmBGP67PiO6FgAZ3vbLVug6qayAt808Qch7Q+fnuHRqEBYYsUd0jiTIM8LvviX2Qxkzc4AqfbLjmRTTTcPfrix1k7za1KR84+RNdrjbBRzBigAo3evzhwCmj02xkjOfPEnt8Y1zOJQxIinr1X5DRLzNhbsixfxEoCW3bdFres5RQ6hQXKqwORrz975SRvQckBSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndR0mAw6EWC6btbAugANkVmDIAAYgDprsYAMn3BlU+MA2LAgAAAAABWVo=",
  "base64",
);
/** A line 200 times over, in two blocks that tell their sizes. */
const inBlocks = Buffer.from(
  "/Td6WFoAAAFpIt42A8AqpA0hAQAAAAAASoxGdeAGowAiXQA2mUru63r5DNX7XuiQ5v/a2nyuyO1zCfmk/dpmwUsoaPQAAAAA50A8/QPAKqQNIQEAAAAAAEqMRnXgBqMAIl0ANplK7ut6+QzV+17okOb/2tp8rsjtcwn5pP3aZsFLKGj0AAAAAOdAPP0AAj6kDT6kDdyELyE+MA2LAgAAAAABWVo=",
  "base64",
);

test("what comes again is copied from a small dictionary that has come round, and from far back in one that has grown", async () => {
  expect((await unpacked(comesRound)).toString()).toBe(lettersByChance(3500).repeat(6));
  const list = Buffer.from(Array.from({ length: 60 }, (_, n) => `${n} ${(n * 7919) % 997}\n`).join(""));
  const far = await unpacked(reachesFar);
  expect(far.equals(Buffer.concat([list, Buffer.alloc(400_000), list]))).toBe(true);
});

test("a dictionary is made up to the bound of what may be held, and no larger", async () => {
  expect((await unpacked(comesRound, { memory: 4096 })).length).toBe(21_000);
  await expect(unpacked(comesRound, { memory: 4095 })).rejects.toMatchObject({
    code: "invalid-input",
    words: words("log-dictionary-too-large", { size: 4096, limit: 4095 }),
  });
});

test("blocks that tell their sizes are read one after the other; cut off anywhere, a file is told as that", async () => {
  expect((await unpacked(inBlocks)).toString()).toBe("meter: no answer\n".repeat(200));
  const fates = new Set<unknown>();
  for (let length = 0; length < inBlocks.length; length++) {
    const cut = unpacked(inBlocks.subarray(0, length));
    fates.add(
      await cut.then(
        () => `whole at ${length}`,
        (error: { why?: string }) => error.why,
      ),
    );
  }
  expect([...fates]).toEqual(["cut"]);
});

test("a check that is not known is damage, and so is a foot that is none", async () => {
  const other = Buffer.from(inBlocks);
  other[7] = 2;
  other.writeUInt32LE(crc32(other.subarray(6, 8)), 8);
  await expect(unpacked(other)).rejects.toMatchObject({ why: "damaged" });
  const foot = Buffer.from(inBlocks);
  foot[foot.length - 1] = 0x59;
  await expect(unpacked(foot)).rejects.toMatchObject({ why: "damaged" });
});

test("a chunk of LZMA2 may go on with the properties of the one before, and needs some", async () => {
  const first = Buffer.from("e0003200185d0036994aeeeb7af90cd5fb5ee890e6ffdada7ca7397328000000", "hex").subarray(0, -1);
  const plain = Buffer.from([2, 0, 2, ...Buffer.from("ok\n")]);
  const second = Buffer.from("e0004a00165d003a1a08ce769a9d28e48de79d7a1757c5c7b8e362100000", "hex");
  // Begins anew by the same properties, which it does not tell again.
  const goesOn = Buffer.concat([Buffer.from([0xa0]), second.subarray(1, 5), second.subarray(6)]);
  const read = async (...chunks: Buffer[]) =>
    Buffer.concat(await gather(unpackLzma2(new ByteReader(streamOf(Buffer.concat(chunks))), 4096))).toString();
  expect(await read(first, plain, goesOn)).toBe(`${"meter: no answer\n".repeat(3)}ok\n${"the link is up\n".repeat(5)}`);
  await expect(read(goesOn)).rejects.toMatchObject({ why: "damaged" });
});
