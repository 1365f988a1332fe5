/** True where a test has to be left out for want of something: a program, a right, a system. Where PLUGSIDE_REQUIRE names it (names with
 * commas between), it must be there, and the test file fails.
 * @param name what is wanted: electron, mount, old-node
 * @param why what is said of its absence */
export function mustSkip(name: string, isThere: boolean, why: string): boolean {
  const required = (process.env.PLUGSIDE_REQUIRE ?? "").split(",").map((one) => one.trim());
  if (!isThere && required.includes(name))
    throw new Error(`PLUGSIDE_REQUIRE names ${name}, and it is not here. ${why}`);
  return !isThere;
}
